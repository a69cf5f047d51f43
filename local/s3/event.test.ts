import type { S3Event } from 'aws-lambda';
import { expect, test } from 'vitest';
import { s3Event } from './event.ts';

test('the notification is version 2.1 with a form-encoded key and a growing sequencer', () => {
  const key = "t/shop a/ü+(1)'.stl";
  const of = () =>
    s3Event({
      bucket: 'b',
      key,
      size: 3,
      etag: 'e',
      eventName: 'ObjectCreated:Post',
      accessKeyId: 'local',
      requestId: 'r',
    });
  const event: S3Event = of();
  const [record] = event.Records;
  expect(record).toMatchObject({
    eventVersion: '2.1',
    eventSource: 'aws:s3',
    eventName: 'ObjectCreated:Post',
    s3: { bucket: { name: 'b', arn: 'arn:aws:s3:::b' }, object: { size: 3, eTag: 'e' } },
  });
  const encoded = record!.s3.object.key;
  expect(encoded).toBe('t/shop+a/%C3%BC%2B%281%29%27.stl');
  expect(decodeURIComponent(encoded.replaceAll('+', ' '))).toBe(key);
  expect(of().Records[0]!.s3.object.sequencer > record!.s3.object.sequencer).toBe(true);
});
