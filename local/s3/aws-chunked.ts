/** `aws-chunked`: the framing the SDKs put around streamed bodies, with signed chunks, trailers, or both. */
import { sha256Hex, signText, equalSignatures, type VerifiedSignature } from '../wire/sigv4.ts';
import { S3Error } from './error.ts';
import { StreamReader } from './stream-reader.ts';

const LARGEST_CHUNK = 64 * 1024 * 1024;
const EMPTY_HASH = sha256Hex('');

export interface ChunkedOptions {
  /** Value of x-amz-content-sha256, `STREAMING-...`. */
  kind: string;
  /** The request's own signature, the first link of the chain of chunk signatures. */
  verified: VerifiedSignature;
  /** Receives the trailing headers, lower-cased, after the last chunk. */
  onTrailers: (trailers: Map<string, string>) => void;
}

/** Yields the body without its framing; throws S3Error on bad framing or a wrong chunk or trailer signature. */
export async function* decodeAwsChunked(
  source: AsyncIterable<Buffer>,
  { kind, verified, onTrailers }: ChunkedOptions,
): AsyncGenerator<Buffer> {
  const signed = kind.startsWith('STREAMING-AWS4-HMAC-SHA256-PAYLOAD');
  const hasTrailers = kind.endsWith('-TRAILER');
  if (!signed && kind !== 'STREAMING-UNSIGNED-PAYLOAD-TRAILER')
    throw new S3Error(501, 'NotImplemented', `x-amz-content-sha256 "${kind}" is not served here.`);
  const reader = new StreamReader(source);
  let previous = verified.signature;

  function checkLink(label: string, hashes: string[], given: string): void {
    const text = [label, verified.amzDate, verified.scope, previous, ...hashes].join('\n');
    const expected = signText(verified.signingKey, text);
    if (!equalSignatures(expected, given))
      throw new S3Error(403, 'SignatureDoesNotMatch', 'A chunk does not match its signature.');
    previous = expected;
  }

  for (;;) {
    const [sizeText = '', ...extensions] = (await reader.line()).split(';');
    const size = /^[0-9a-f]{1,8}$/i.test(sizeText) ? parseInt(sizeText, 16) : Number.NaN;
    if (!(size <= LARGEST_CHUNK))
      throw new S3Error(400, 'InvalidChunkSizeError', `"${sizeText}" is no valid chunk size.`);
    if (signed) {
      // A chunk is released only after its signature is checked, hence held whole.
      const pieces: Buffer[] = [];
      for await (const piece of reader.exactly(size)) pieces.push(piece);
      const chunk = Buffer.concat(pieces);
      const given = extensions.find((text) => text.startsWith('chunk-signature='))?.slice(16) ?? '';
      checkLink('AWS4-HMAC-SHA256-PAYLOAD', [EMPTY_HASH, sha256Hex(chunk)], given);
      if (size > 0) yield chunk;
    } else {
      yield* reader.exactly(size);
    }
    if (size === 0) break;
    if ((await reader.line()) !== '')
      throw new S3Error(400, 'InvalidChunkSizeError', 'A chunk does not end where its size says.');
  }
  if (!hasTrailers) return;

  const trailers = new Map<string, string>();
  for (let line = await reader.line(); line !== ''; line = await reader.line()) {
    const at = line.indexOf(':');
    trailers.set(line.slice(0, at).toLowerCase(), line.slice(at + 1).trim());
  }
  const signature = trailers.get('x-amz-trailer-signature');
  trailers.delete('x-amz-trailer-signature');
  if (signed) {
    const text = [...trailers].map(([name, value]) => `${name}:${value}\n`).join('');
    checkLink('AWS4-HMAC-SHA256-TRAILER', [sha256Hex(text)], signature ?? '');
  }
  onTrailers(trailers);
}
