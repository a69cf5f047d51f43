import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { sha256Hex, signText, signingKeyOf, type VerifiedSignature } from '../wire/sigv4.ts';
import { decodeAwsChunked } from './aws-chunked.ts';

const scope = { accessKeyId: 'local', date: '20261121', region: 'us-east-1', service: 's3' };
const verified: VerifiedSignature = {
  ...scope,
  presigned: false,
  signature: 'a'.repeat(64),
  signingKey: signingKeyOf('secret', scope),
  amzDate: '20261121T000000Z',
  scope: '20261121/us-east-1/s3/aws4_request',
};

/** A body as a signing SDK frames it: each chunk's signature covers the one before. */
function frame(chunks: string[], trailer?: string): string {
  let previous = verified.signature;
  const link = (label: string, ...hashes: string[]) => {
    const text = [label, verified.amzDate, verified.scope, previous, ...hashes].join('\n');
    return (previous = signText(verified.signingKey, text));
  };
  const framed = [...chunks, ''].map((chunk) => {
    const signature = link('AWS4-HMAC-SHA256-PAYLOAD', sha256Hex(''), sha256Hex(chunk));
    return `${chunk.length.toString(16)};chunk-signature=${signature}\r\n${chunk === '' ? '' : `${chunk}\r\n`}`;
  });
  if (trailer === undefined) return `${framed.join('')}\r\n`;
  const signature = link('AWS4-HMAC-SHA256-TRAILER', sha256Hex(`${trailer}\n`));
  return `${framed.join('')}${trailer}\r\nx-amz-trailer-signature:${signature}\r\n\r\n`;
}

async function decode(kind: string, text: string) {
  const trailers = new Map<string, string>();
  const source = Readable.from(text.match(/[^]{1,7}/g)!.map((piece) => Buffer.from(piece)));
  const pieces: Buffer[] = [];
  const onTrailers = (found: Map<string, string>) =>
    found.forEach((value, name) => trailers.set(name, value));
  for await (const piece of decodeAwsChunked(source, { kind, verified, onTrailers })) pieces.push(piece);
  return { body: Buffer.concat(pieces).toString(), trailers };
}

const SIGNED = 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD';

test('signed chunks are joined, and their signed trailer is read', async () => {
  expect((await decode(SIGNED, frame(['hello ', 'world']))).body).toBe('hello world');
  const { body, trailers } = await decode(
    `${SIGNED}-TRAILER`,
    frame(['hi'], 'x-amz-checksum-crc32:AAAAAA=='),
  );
  expect(body).toBe('hi');
  expect([...trailers]).toEqual([['x-amz-checksum-crc32', 'AAAAAA==']]);
});

test('a changed, dropped or swapped chunk and a changed trailer are refused', async () => {
  const refused = { name: 'SignatureDoesNotMatch' };
  await expect(decode(SIGNED, frame(['hello', 'world']).replace('world', 'wurld'))).rejects.toMatchObject(
    refused,
  );
  const whole = frame(['hello', 'world']);
  const secondAt = whole.indexOf('5;chunk', 1);
  await expect(decode(SIGNED, whole.slice(secondAt))).rejects.toMatchObject(refused);
  const trailed = frame(['hi'], 'x-amz-checksum-crc32:AAAAAA==').replace('AAAAAA', 'BAAAAA');
  await expect(decode(`${SIGNED}-TRAILER`, trailed)).rejects.toMatchObject(refused);
});

test('a body that ends early, lies about a size or has an unknown framing is refused', async () => {
  const kind = 'STREAMING-UNSIGNED-PAYLOAD-TRAILER';
  await expect(decode(kind, '5\r\nhel')).rejects.toMatchObject({ name: 'IncompleteBody' });
  await expect(decode(kind, '2\r\nhello\r\n0\r\n\r\n')).rejects.toMatchObject({
    name: 'InvalidChunkSizeError',
  });
  await expect(decode(kind, 'zz\r\n')).rejects.toMatchObject({ name: 'InvalidChunkSizeError' });
  await expect(decode('STREAMING-OTHER', '0\r\n\r\n')).rejects.toMatchObject({ name: 'NotImplemented' });
});
