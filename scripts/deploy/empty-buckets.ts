import {
  DeleteObjectsCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3';

/** Deletes every object of the buckets whose names begin so; answers with how many. CloudFormation removes empty buckets only. */
export async function emptyBuckets(config: S3ClientConfig, prefix: string): Promise<number> {
  const s3 = new S3Client(config);
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({ Prefix: prefix }));
  let deleted = 0;
  for (const { Name: Bucket } of Buckets) {
    if (!Bucket?.startsWith(prefix)) continue;
    for (;;) {
      const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
      if (Contents.length === 0) break;
      await s3.send(
        new DeleteObjectsCommand({ Bucket, Delete: { Objects: Contents.map(({ Key }) => ({ Key })) } }),
      );
      deleted += Contents.length;
    }
  }
  return deleted;
}
