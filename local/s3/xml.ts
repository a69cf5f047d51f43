/** The few XML documents S3 speaks. */

type XmlValue = string | number | boolean | XmlElement | (string | XmlElement)[] | undefined;
export interface XmlElement {
  [name: string]: XmlValue;
}

const escapeXml = (text: string): string => text.replace(/[&<>"'\r\n]/g, (c) => `&#${c.charCodeAt(0)};`);

function element(name: string, value: XmlValue): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) return value.map((item) => element(name, item)).join('');
  const inner = typeof value === 'object' ? elements(value) : escapeXml(String(value));
  return `<${name}>${inner}</${name}>`;
}

const elements = (content: XmlElement): string =>
  Object.entries(content)
    .map(([name, value]) => element(name, value))
    .join('');

/** A document; arrays become repeated elements, undefined ones are left out. */
export function xmlDocument(root: string, content: XmlElement, namespace = true): string {
  const attribute = namespace ? ' xmlns="http://s3.amazonaws.com/doc/2006-03-01/"' : '';
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root}${attribute}>${elements(content)}</${root}>`;
}

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const unescapeXml = (text: string): string =>
  text.replace(/&(#x[0-9a-f]+|#\d+|\w+);/gi, (whole, name: string) => {
    if (name.startsWith('#x')) return String.fromCodePoint(parseInt(name.slice(2), 16));
    if (name.startsWith('#')) return String.fromCodePoint(Number(name.slice(1)));
    return NAMED[name] ?? whole;
  });

/** The keys and the quiet flag of a `<Delete>` request; undefined when it is not one. */
export function parseDelete(xml: string): { keys: string[]; quiet: boolean } | undefined {
  if (!/<Delete[\s>]/.test(xml) || !xml.includes('</Delete>')) return undefined;
  const keys = [...xml.matchAll(/<Object>.*?<Key>(.*?)<\/Key>.*?<\/Object>/gs)].map((m) =>
    unescapeXml(m[1] ?? ''),
  );
  return { keys, quiet: /<Quiet>\s*true\s*<\/Quiet>/.test(xml) };
}
