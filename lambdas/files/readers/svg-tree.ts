import { SaxesParser } from 'saxes';
import { UnreadableFile } from '#domain/geometry/unreadable-file.ts';
import { formatCount } from '#domain/geometry/words.ts';

export interface SvgNode {
  /** Without a namespace prefix. */
  name: string;
  attributes: Record<string, string>;
  children: SvgNode[];
  /** Of style sheets only. */
  text: string;
}

const mostElements = 500_000;
const mostLevels = 200;
const mostEntities = 200;
const longestEntity = 1000;

/**
 * The elements of an SVG file. Entities of its document type count as plain text only, so none can blow up.
 * @throws UnreadableFile
 */
export function parseSvg(text: string): SvgNode {
  const parser = new SaxesParser();
  const root: SvgNode = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  let elements = 0;
  const tooComplex = () =>
    new UnreadableFile(
      'too_complex',
      `This SVG has more than ${formatCount(mostElements)} elements, or they lie more than ${mostLevels} deep in each other. Export it with less detail.`,
    );
  parser.on('doctype', (doctype) => {
    let taken = 0;
    for (const [, name, value] of doctype.matchAll(/<!ENTITY\s+([\w.:-]+)\s+(?:"([^"&]*)"|'[^']*')\s*>/g))
      if (name && value !== undefined && value.length <= longestEntity && ++taken <= mostEntities)
        parser.ENTITIES[name] = value;
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (++elements > mostElements || open.length > mostLevels) throw tooComplex();
    const node = { name: name.replace(/^.*:/, ''), attributes, children: [], text: '' };
    open.at(-1)!.children.push(node);
    open.push(node);
  });
  parser.on('closetag', () => void open.pop());
  const takeText = (part: string) => {
    const node = open.at(-1)!;
    if (node.name === 'style') node.text += part;
  };
  parser.on('text', takeText);
  parser.on('cdata', takeText);
  try {
    parser.write(text).close();
  } catch (error) {
    if (error instanceof UnreadableFile) throw error;
    throw damaged();
  }
  const svg = root.children.find(({ name }) => name === 'svg');
  if (!svg) throw damaged();
  return svg;
}

const damaged = () =>
  new UnreadableFile(
    'malformed',
    'This SVG drawing is damaged or cut off: it is not well-formed XML. Export it again and send the new file.',
  );
