import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { UnreadableFile } from '#domain/geometry/unreadable-file.ts';

const deepestElement = 64;

export interface XmlHandlers {
  /** @param name without its namespace prefix @param attributes by their full names */
  open: (name: string, attributes: Readonly<Record<string, string>>) => void;
  close?: (name: string) => void;
}

/**
 * Reads XML as it comes. Document types, and with them entities of one's own, are refused, as is deep nesting; nothing outside
 * the bytes is ever fetched.
 * @param what the file's kind, for the refusal
 */
export function openXml(
  what: string,
  { open, close }: XmlHandlers,
): { push(bytes: Uint8Array): void; end(): void } {
  const parser = new SaxesParser();
  const text = new TextDecoder();
  let depth = 0;
  parser.on('error', (error) => {
    throw malformed(what, error.message.slice(0, 120));
  });
  parser.on('doctype', () => {
    throw malformed(what, 'it declares a document type, which these files have no use for');
  });
  parser.on('opentag', (tag: SaxesTagPlain) => {
    if (++depth > deepestElement) throw malformed(what, 'its elements are nested too deeply');
    open(localName(tag.name), tag.attributes);
  });
  parser.on('closetag', (tag: SaxesTagPlain) => {
    depth--;
    close?.(localName(tag.name));
  });
  return {
    push: (bytes) => void parser.write(text.decode(bytes, { stream: true })),
    end: () => {
      parser.write(text.decode());
      parser.close();
    },
  };
}

export function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function malformed(what: string, why: string): UnreadableFile {
  return new UnreadableFile('malformed', `This ${what} can not be read: ${why}. Export it again.`);
}
