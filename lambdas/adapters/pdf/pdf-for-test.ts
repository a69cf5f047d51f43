import { inflateSync } from 'node:zlib';

/** The text of a PDF as its fonts' own maps read it, without regard to place: enough to find every word and figure again. */
export function textOf(pdf: Uint8Array): string {
  const raw = Buffer.from(pdf).toString('latin1');
  const objects = new Map<string, string>();
  for (const [, id = '', body = ''] of raw.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g))
    objects.set(id, body);
  const streamOf = (body: string): string => {
    const start = /stream\r?\n/.exec(body);
    const length = /\/Length (\d+)/.exec(body)?.[1];
    if (!start || length === undefined) return '';
    // By its length: the last byte of what is packed may be a line's end itself.
    const from = start.index + start[0].length;
    const content = Buffer.from(body.slice(from, from + Number(length)), 'latin1');
    return (body.includes('/FlateDecode') ? inflateSync(content) : content).toString('latin1');
  };
  const maps = new Map<string, Map<string, string>>();
  for (const [, name = '', id = ''] of raw.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
    const map = /\/ToUnicode (\d+) 0 R/.exec(objects.get(id) ?? '')?.[1];
    if (map !== undefined) maps.set(name, charactersOf(streamOf(objects.get(map) ?? '')));
  }
  let text = '';
  for (const body of objects.values()) {
    if (!/stream/.test(body) || /\/Type|\/Length1|\/Subtype/.test(body.split('stream')[0] ?? '')) continue;
    const content = streamOf(body);
    let map = new Map<string, string>();
    for (const [token, font, array] of content.matchAll(
      /\/(F\d+) [\d.]+ Tf|\[((?:<[0-9a-f]*>|[-\d.\s])*)\] TJ|\bET\b/g,
    )) {
      if (font !== undefined) map = maps.get(font) ?? map;
      else if (array !== undefined)
        for (const [, codes = ''] of array.matchAll(/<([0-9a-f]*)>/g))
          for (const [code] of codes.matchAll(/.{4}/g)) text += map.get(code) ?? '?';
      else if (token === 'ET') text += ' ';
    }
  }
  return text.replaceAll('\u200b', '').replaceAll(/[ \u00a0]+/g, ' ');
}

export const pageCount = (pdf: Uint8Array): number =>
  [
    ...Buffer.from(pdf)
      .toString('latin1')
      .matchAll(/\/Type \/Page\b/g),
  ].length;

function charactersOf(cmap: string): Map<string, string> {
  const characters = new Map<string, string>();
  const read = (hex: string) => Buffer.from(hex.replaceAll(/\s/g, ''), 'hex').swap16().toString('utf16le');
  for (const [, first = '', , list = ''] of cmap.matchAll(/<([0-9a-f]{4})> <([0-9a-f]{4})> \[([^\]]*)\]/g))
    [...list.matchAll(/<([0-9a-f\s]+)>/g)].forEach(([, hex = ''], index) =>
      characters.set((parseInt(first, 16) + index).toString(16).padStart(4, '0'), read(hex)),
    );
  return characters;
}
