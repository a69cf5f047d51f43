/** The browser's upload: POST of a form whose signed policy says what is allowed. */
import { S3Error } from './error.ts';
import { readForm } from './form.ts';
import { keptHeaders } from './kept-headers.ts';
import { checkPostPolicy } from './post-policy.ts';
import { claimedChecksums, receive } from './receive.ts';
import { bodyOf, checkKey, type S3Context, type S3Request, type S3Response } from './request.ts';
import { demand } from './rights.ts';
import { tagsOf } from './tags.ts';
import { xmlDocument } from './xml.ts';

/** Answers 204, or 200/201 as `success_action_status` asks. A refused upload leaves nothing behind. */
export async function postObject(request: S3Request, context: S3Context): Promise<S3Response> {
  const { bucket, bucketName, incoming } = request;
  const form = await readForm(request.headers.get('content-type') ?? '', bodyOf(incoming));
  const { fields } = form;
  const allowed = checkPostPolicy(fields, bucketName, context.secretOf);
  if (fields.has('success_action_redirect'))
    throw new S3Error(501, 'NotImplemented', 'success_action_redirect is not served here.');
  const keyField = fields.get('key');
  if (keyField === undefined)
    throw new S3Error(400, 'InvalidArgument', "Bucket POST must contain a field named 'key'.");
  const key = checkKey(keyField.replaceAll('${filename}', form.filename));
  const principal = context.principalOf(allowed.accessKeyId, fields.get('x-amz-security-token'));
  demand({ principal }, 's3:PutObject', `${bucketName}/${key}`);
  if (fields.has('tagging')) demand({ principal }, 's3:PutObjectTagging', `${bucketName}/${key}`);
  const checksums = claimedChecksums(fields);
  const tags = tagsOf(fields.get('tagging'));

  const received = await receive(bucket, form.file, allowed.maxBytes);
  let kept: Record<string, string>;
  try {
    if (received.size < allowed.minBytes)
      throw new S3Error(
        400,
        'EntityTooSmall',
        'Your proposed upload is smaller than the minimum allowed size',
        {
          ProposedSize: received.size,
          MinSizeAllowed: allowed.minBytes,
        },
      );
    kept = { ...keptHeaders(fields), ...received.verify(checksums) };
  } catch (error) {
    bucket.discard(received.file);
    throw error;
  }
  const { etag, size } = bucket.commit(key, received, kept, tags);
  await context.onObjectCreated({
    bucket: bucketName,
    key,
    size,
    etag,
    eventName: 'ObjectCreated:Post',
    accessKeyId: allowed.accessKeyId,
    requestId: request.requestId,
  });
  const location = `http://${incoming.headers.host ?? ''}/${bucketName}/${key.split('/').map(encodeURIComponent).join('/')}`;
  const headers = { etag: `"${etag}"`, location };
  switch (fields.get('success_action_status')) {
    case '200':
      return { status: 200, headers };
    case '201':
      return {
        status: 201,
        headers: { ...headers, 'content-type': 'application/xml' },
        body: xmlDocument(
          'PostResponse',
          { Location: location, Bucket: bucketName, Key: key, ETag: `"${etag}"` },
          false,
        ),
      };
    default:
      return { status: 204, headers };
  }
}
