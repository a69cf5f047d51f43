/** multipart/form-data as browsers post it: fields first, then one file that is streamed. */
import { S3Error } from './error.ts';
import { StreamReader } from './stream-reader.ts';

export interface PostedForm {
  /** By lower-case name. */
  fields: Map<string, string>;
  filename: string;
  /** Ends at the boundary; what follows the file is ignored, as S3 does. */
  file: AsyncIterable<Buffer>;
}

const MOST_FIELD_BYTES = 20 * 1024;

/** Reads the fields and stops where the file begins; `contentType` is the request's. */
export async function readForm(contentType: string, body: AsyncIterable<Buffer>): Promise<PostedForm> {
  const boundary = /^multipart\/form-data\s*;.*boundary=(?:"([^"]{1,70})"|([^\s;]{1,70}))/i.exec(contentType);
  if (!boundary)
    throw new S3Error(
      412,
      'PreconditionFailed',
      'Bucket POST must be of the enclosure-type multipart/form-data',
    );
  const delimiter = Buffer.from(`\r\n--${boundary[1] ?? boundary[2]}`);
  const reader = new StreamReader(body, '\r\n');
  const fields = new Map<string, string>();
  let fieldBytes = 0;
  // Whatever stands before the first boundary is no part of the form.
  for await (const _ of reader.until(delimiter)) continue;
  for (;;) {
    if ((await reader.line()).startsWith('--'))
      throw new S3Error(400, 'InvalidArgument', 'POST requires exactly one file upload per request.', {
        ArgumentName: 'file',
        ArgumentValue: 0,
      });
    const { name, filename } = await readPartHead(reader);
    const content = reader.until(delimiter);
    if (name === 'file') return { fields, filename, file: content };
    const pieces: Buffer[] = [];
    for await (const piece of content) {
      fieldBytes += piece.length;
      if (fieldBytes > MOST_FIELD_BYTES)
        throw new S3Error(
          400,
          'MaxPostPreDataLengthExceeded',
          `Your POST request fields preceding the upload file were too large.`,
          { MaxPostPreDataLengthBytes: MOST_FIELD_BYTES },
        );
      pieces.push(piece);
    }
    if (fields.has(name)) throw new S3Error(400, 'InvalidArgument', `The field "${name}" is given twice.`);
    fields.set(name, Buffer.concat(pieces).toString('utf8'));
  }
}

async function readPartHead(reader: StreamReader): Promise<{ name: string; filename: string }> {
  let disposition = '';
  for (let line = await reader.line(); line !== ''; line = await reader.line())
    if (/^content-disposition:/i.test(line)) disposition = Buffer.from(line, 'latin1').toString('utf8');
  const quoted = (parameter: string) => new RegExp(`;\\s*${parameter}="([^"]*)"`, 'i').exec(disposition)?.[1];
  const name = quoted('name');
  if (!name) throw new S3Error(400, 'MalformedPOSTRequest', 'A part of the form has no name.');
  // Some browsers send the whole path.
  const filename = (quoted('filename') ?? '').split(/[\\/]/).at(-1) ?? '';
  return { name: name.toLowerCase(), filename };
}
