import { createHash } from 'node:crypto';
import { CopyObjectCommand, GetObjectCommand, HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import * as jobs from '#contract/routes/jobs.ts';
import { until } from '../../scripts/walk/instance.ts';
import { openShop, signInCustomer } from '../../scripts/walk/people.ts';
import { postForm } from '../../scripts/walk/request.ts';
import { cube, startKerf, type Kerf } from './support/kerf.ts';
import { jobOf, type Players } from './support/orders.ts';

let kerf: Kerf;
let players: Players;

beforeAll(async () => {
  kerf = await startKerf();
  const { instance } = kerf;
  const shop = await openShop(instance, 'Careful Prints');
  players = { instance, shop, customer: await signInCustomer(instance, shop.slug) };
});
afterAll(() => kerf?.stop());

const sha256 = (content: Uint8Array) => createHash('sha256').update(content).digest('hex');
const bucket = () => process.env['BUCKET_NAME'] ?? '';

/** The same cube with a word in its header: another file of the same size. */
function marked(mark: string): Uint8Array<ArrayBuffer> {
  const content = new Uint8Array(cube().content);
  content.set(new TextEncoder().encode(mark));
  return content;
}

async function awaitedUpload(content: Uint8Array<ArrayBuffer>) {
  const { call } = players.customer;
  const { id: jobId } = await call(jobs.createJob, { body: { title: 'Upload', delivery: 'pickup' } });
  const { file, upload } = await call(jobs.createFile, {
    params: { jobId },
    body: { name: 'cube.stl', bytes: content.length },
  });
  const stateOf = async () => (await jobOf(call, jobId)).files.find(({ id }) => id === file.id);
  return { upload, stateOf, ids: { shopId: players.shop.shopId, jobId, fileId: file.id } };
}

test('an upload replaced while it is being checked is never stored as what was checked; the replacement is checked itself', async () => {
  const [first, second] = [marked('first '), marked('second')];
  const { upload, stateOf, ids } = await awaitedUpload(first);
  kerf.cloud.host.pause('check-geometry');
  expect(await postForm(upload, first)).toBe(204);

  // eslint-disable-next-line @typescript-eslint/unbound-method -- it is applied to its own client below
  const { send: original } = S3Client.prototype;
  const send = vi.spyOn(S3Client.prototype, 'send').mockImplementation(async function (
    this: S3Client,
    command: unknown,
  ) {
    if (command instanceof CopyObjectCommand) {
      send.mockRestore();
      expect(await postForm(upload, second)).toBe(204);
    }
    return Reflect.apply(original, this, [command]) as never;
  } as never);
  const { checkUpload } = await import('#lambdas/use-cases/check-upload.ts');
  const { keys } = await import('#lambdas/adapters/s3/files.ts');
  await checkUpload(ids, keys.quarantine(ids.shopId, ids.jobId, ids.fileId));
  expect((await stateOf())?.state).toBe('awaiting_upload');

  kerf.cloud.host.resume('check-geometry');
  await until('the check', async () => (await stateOf())?.state === 'checked');
  expect((await stateOf())?.sha256).toBe(sha256(second));
  const s3 = new S3Client({ forcePathStyle: true, credentials: kerf.cloud.operator });
  const Key = keys.checked(ids.shopId, sha256(second));
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket(), Key }));
  expect(sha256((await Body?.transformToByteArray()) ?? new Uint8Array())).toBe(sha256(second));
  await expect(
    s3.send(new HeadObjectCommand({ Bucket: bucket(), Key: keys.checked(ids.shopId, sha256(first)) })),
  ).rejects.toMatchObject({ name: 'NotFound' });
});

test('an upload carries the tag by which it expires, can not be made without it, and a checked file does not', async () => {
  const content = marked('tagged');
  const { upload, stateOf, ids } = await awaitedUpload(content);
  const { keys } = await import('#lambdas/adapters/s3/files.ts');
  const s3 = new S3Client({ forcePathStyle: true, credentials: kerf.cloud.operator });
  const tagsAt = async (Key: string) =>
    (await s3.send(new GetObjectCommand({ Bucket: bucket(), Key }))).TagCount ?? 0;
  kerf.cloud.host.pause('check-geometry');
  const { tagging: _, ...untagged } = upload.fields;
  expect(await postForm({ ...upload, fields: untagged }, content)).toBe(403);
  expect(await postForm(upload, content)).toBe(204);
  expect(await tagsAt(keys.quarantine(ids.shopId, ids.jobId, ids.fileId))).toBe(1);
  kerf.cloud.host.resume('check-geometry');
  await until('the check', async () => (await stateOf())?.state === 'checked');
  expect(await tagsAt(keys.checked(ids.shopId, sha256(content)))).toBe(0);
});

test('an upload of what the shop has already leaves the stored object alone', async () => {
  const content = marked('twice ');
  const uploaded = async () => {
    const { upload, stateOf, ids } = await awaitedUpload(content);
    expect(await postForm(upload, content)).toBe(204);
    await until('the check', async () => (await stateOf())?.state === 'checked');
    return ids.shopId;
  };
  const { keys } = await import('#lambdas/adapters/s3/files.ts');
  const s3 = new S3Client({ forcePathStyle: true, credentials: kerf.cloud.operator });
  const Key = keys.checked(await uploaded(), sha256(content));
  const before = await s3.send(new HeadObjectCommand({ Bucket: bucket(), Key }));
  // The store's dates know whole seconds.
  await until('the next second', async () => Date.now() > (before.LastModified?.getTime() ?? 0) + 1000);
  await uploaded();
  const after = await s3.send(new HeadObjectCommand({ Bucket: bucket(), Key }));
  expect(after.LastModified).toEqual(before.LastModified);
});
