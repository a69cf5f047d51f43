/** The notification S3 sends to a function. */
import { randomBytes } from 'node:crypto';

export interface ObjectCreated {
  bucket: string;
  key: string;
  size: number;
  etag: string;
  eventName: 'ObjectCreated:Put' | 'ObjectCreated:Post' | 'ObjectCreated:Copy';
  /** Access key that wrote it. */
  accessKeyId: string;
  requestId: string;
}

let lastSequencer = 0n;

/** Greater with every call, also across restarts: what a reader orders events of one key by. */
function nextSequencer(): string {
  const fromClock = BigInt(Date.now()) << 20n;
  lastSequencer = fromClock > lastSequencer ? fromClock : lastSequencer + 1n;
  return lastSequencer.toString(16).toUpperCase().padStart(16, '0');
}

/** Builds `{Records: [...]}` of event version 2.1. The key is form-encoded as by S3: blanks become `+`, slashes stay. */
export function s3Event(created: ObjectCreated, { region = 'us-east-1', time = new Date() } = {}) {
  return {
    Records: [
      {
        eventVersion: '2.1',
        eventSource: 'aws:s3',
        awsRegion: region,
        eventTime: time.toISOString(),
        eventName: created.eventName,
        userIdentity: { principalId: `AWS:${created.accessKeyId}` },
        requestParameters: { sourceIPAddress: '127.0.0.1' },
        responseElements: {
          'x-amz-request-id': created.requestId,
          'x-amz-id-2': randomBytes(48).toString('base64'),
        },
        s3: {
          s3SchemaVersion: '1.0',
          configurationId: 'ObjectCreated',
          bucket: {
            name: created.bucket,
            ownerIdentity: { principalId: '000000000000' },
            arn: `arn:aws:s3:::${created.bucket}`,
          },
          object: {
            key: encodeURIComponent(created.key)
              .replace(/[!'()]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
              .replaceAll('%20', '+')
              .replaceAll('%2F', '/'),
            size: created.size,
            eTag: created.etag,
            sequencer: nextSequencer(),
          },
        },
      },
    ],
  };
}
