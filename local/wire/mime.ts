/** Reads a raw mail (RFC 5322, MIME) as far as a mailbox page needs it. */

export interface MimeHeader {
  name: string;
  value: string;
}

export interface MimeAttachment {
  filename: string;
  contentType: string;
  content: Buffer;
}

export interface ParsedMail {
  headers: MimeHeader[];
  text: string | null;
  html: string | null;
  attachments: MimeAttachment[];
}

const DEEPEST_NESTING = 10;

/** Parses a whole message; parts it does not understand become attachments. */
export function parseMail(raw: Buffer): ParsedMail {
  // latin1 keeps every byte, so bodies can be cut as text and decoded afterwards.
  const { headers, body } = splitHead(raw.toString('latin1'));
  const mail: ParsedMail = { headers, text: null, html: null, attachments: [] };
  readPart(headers, body, mail, 0);
  return mail;
}

/** First value of a header, by its case-insensitive name. */
export function headerValue(headers: readonly MimeHeader[], name: string): string | undefined {
  return headers.find((header) => header.name.toLowerCase() === name.toLowerCase())?.value;
}

function splitHead(message: string): { headers: MimeHeader[]; body: string } {
  const end = /\r?\n\r?\n/.exec(message);
  const head = end ? message.slice(0, end.index) : message;
  const headers = head
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)
    .filter((line) => line.includes(':'))
    .map((line) => {
      const at = line.indexOf(':');
      return { name: line.slice(0, at).trim(), value: decodeWords(line.slice(at + 1).trim()) };
    });
  return { headers, body: end ? message.slice(end.index + end[0].length) : '' };
}

function readPart(headers: MimeHeader[], body: string, mail: ParsedMail, depth: number): void {
  const contentType = headerValue(headers, 'content-type') ?? 'text/plain';
  const type = (contentType.split(';', 1)[0] ?? '').trim().toLowerCase();
  const boundary = parameter(contentType, 'boundary');
  if (type.startsWith('multipart/') && boundary && depth < DEEPEST_NESTING) {
    const [, ...parts] = `\r\n${body}`.split(`\n--${boundary}`);
    for (const part of parts) {
      if (part.startsWith('--')) break;
      const inner = splitHead(part.replace(/^[ \t]*\r?\n/, '').replace(/\r$/, ''));
      readPart(inner.headers, inner.body, mail, depth + 1);
    }
    return;
  }
  const content = decodeBody(body, headerValue(headers, 'content-transfer-encoding') ?? '7bit');
  const disposition = headerValue(headers, 'content-disposition') ?? '';
  const attached = disposition.toLowerCase().startsWith('attachment');
  const charset = parameter(contentType, 'charset') ?? 'utf-8';
  if (type === 'text/plain' && !attached && mail.text === null) mail.text = decodeText(content, charset);
  else if (type === 'text/html' && !attached && mail.html === null) mail.html = decodeText(content, charset);
  else {
    const filename = parameter(disposition, 'filename') ?? parameter(contentType, 'name') ?? 'attachment';
    mail.attachments.push({ filename, contentType: type, content });
  }
}

function parameter(value: string, name: string): string | undefined {
  const match = new RegExp(`;\\s*${name}="?([^";]+)"?`, 'i').exec(value);
  return match?.[1]?.trim();
}

function decodeBody(body: string, encoding: string): Buffer {
  switch (encoding.toLowerCase()) {
    case 'base64':
      return Buffer.from(body, 'base64');
    case 'quoted-printable':
      return decodeQuotedPrintable(body.replace(/[ \t]*=\r?\n/g, ''));
    default:
      return Buffer.from(body, 'latin1');
  }
}

function decodeQuotedPrintable(text: string): Buffer {
  return Buffer.from(
    text.replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  );
}

function decodeText(content: Buffer, charset: string): string {
  try {
    return new TextDecoder(charset).decode(content);
  } catch {
    return content.toString('latin1');
  }
}

/** RFC 2047 encoded words; a header without them may be plain UTF-8. */
function decodeWords(value: string): string {
  const plain = Buffer.from(value, 'latin1').toString('utf8');
  return plain
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?([^?]+)\?([bq])\?([^?]*)\?=/gi, (_, charset: string, kind: string, text: string) => {
      const content =
        kind.toLowerCase() === 'b'
          ? Buffer.from(text, 'base64')
          : decodeQuotedPrintable(text.replaceAll('_', ' '));
      return decodeText(content, charset);
    });
}
