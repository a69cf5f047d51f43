/** The four calls of DynamoDB Streams, in the JSON protocol: its records are already in the shape Lambda receives. */
import { REGION } from '../engine/names.ts';

export interface StreamRecord {
  eventID: string;
  eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  eventVersion: string;
  eventSource: 'aws:dynamodb';
  awsRegion: string;
  dynamodb: {
    ApproximateCreationDateTime: number;
    Keys: AttributeMap;
    NewImage?: AttributeMap;
    OldImage?: AttributeMap;
    SequenceNumber: string;
    SizeBytes: number;
    StreamViewType: string;
  };
}

/** AttributeValue JSON as DynamoDB writes it: `{"S": "x"}`. */
export type AttributeMap = Record<string, Record<string, unknown>>;

export interface StreamsApi {
  /** Shard ids, parents before children. */
  shards(streamArn: string): Promise<string[]>;
  iterator(streamArn: string, shardId: string, afterSequenceNumber?: string): Promise<string>;
  /** `next` is undefined once a closed shard is read to its end. */
  records(iterator: string, limit: number): Promise<{ records: StreamRecord[]; next: string | undefined }>;
}

/** Neither engine checks the signature, but both want the headers well-formed. */
const AUTHORIZATION = `AWS4-HMAC-SHA256 Credential=local/20260101/${REGION}/dynamodb/aws4_request, SignedHeaders=host, Signature=0`;

/** Calls reject with the service's error code as the error's name. */
export function streamsApi(url: string): StreamsApi {
  const call = async <T>(operation: string, input: object): Promise<T> => {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `DynamoDBStreams_20120810.${operation}`,
        authorization: AUTHORIZATION,
        'x-amz-date': `${new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`,
      },
      body: JSON.stringify(input),
    });
    const body = (await response.json()) as { __type?: string; message?: string };
    if (response.ok) return body as T;
    const error = new Error(`${operation}: ${body.message ?? `status ${response.status}`}`);
    error.name = body.__type?.split('#').at(-1) ?? 'UnknownError';
    throw error;
  };
  return {
    async shards(StreamArn) {
      const found: string[] = [];
      let last: string | undefined;
      do {
        const page = await call<{
          StreamDescription: { Shards?: { ShardId: string }[]; LastEvaluatedShardId?: string };
        }>('DescribeStream', { StreamArn, ...(last === undefined ? {} : { ExclusiveStartShardId: last }) });
        found.push(...(page.StreamDescription.Shards ?? []).map((shard) => shard.ShardId));
        last = page.StreamDescription.LastEvaluatedShardId;
      } while (last !== undefined);
      return found;
    },
    async iterator(StreamArn, ShardId, afterSequenceNumber) {
      const start =
        afterSequenceNumber === undefined
          ? { ShardIteratorType: 'TRIM_HORIZON' }
          : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: afterSequenceNumber };
      const { ShardIterator } = await call<{ ShardIterator: string }>('GetShardIterator', {
        StreamArn,
        ShardId,
        ...start,
      });
      return ShardIterator;
    },
    async records(ShardIterator, Limit) {
      const page = await call<{ Records: StreamRecord[]; NextShardIterator?: string | null }>('GetRecords', {
        ShardIterator,
        Limit,
      });
      return { records: page.Records, next: page.NextShardIterator ?? undefined };
    },
  };
}
