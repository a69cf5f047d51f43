import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as jobs from '#contract/routes/jobs.ts';
import { TABLE } from '#contract/table.ts';
import type { JobView } from '#contract/views/job.ts';
import { checkFile } from '#lambdas/files/check-file.ts';
import { openShop, signInCustomer } from '../../scripts/walk/people.ts';
import { postForm, type ModelFile } from '../../scripts/walk/request.ts';
import { as3mf, asAsciiPly, asBinaryPly, asObj, threeMfModel } from '../support/mesh-files.ts';
import { cube, model, startKerf, type Kerf } from './support/kerf.ts';
import { untilJob } from './support/orders.ts';
import { processorTime } from '#tests/support/processor-time.ts';

let kerf: Kerf;
let customer: Awaited<ReturnType<typeof signInCustomer>>;

beforeAll(async () => {
  kerf = await startKerf();
  const shop = await openShop(kerf.instance, 'Geometry Fabrication');
  customer = await signInCustomer(kerf.instance, shop.slug);
});
afterAll(() => kerf?.stop());

/** Uploads to a new draft and waits for the check's word. */
async function upload({ name, content }: ModelFile): Promise<JobView['files'][number]> {
  const { id: jobId } = await customer.call(jobs.createJob, { body: { title: name } });
  const { file, upload: form } = await customer.call(jobs.createFile, {
    params: { jobId },
    body: { name, bytes: content.length },
  });
  expect(await postForm(form, content)).toBe(204);
  const job = await untilJob(customer.call, jobId, `the check of ${name}`, ({ files }) =>
    files.some(({ id, checkedAt }) => id === file.id && checkedAt !== undefined),
  );
  return job.files.find(({ id }) => id === file.id) ?? file;
}

async function* whole(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  yield bytes;
}

describe('the check of an upload', () => {
  test('CO-07 every mesh format is measured by itself, whatever its name says, and says whose unit it is', async () => {
    const { content } = cube();
    const { mesh } = await checkFile(whole(content), { totalBytes: content.length, keepMesh: true });
    const files: [string, Uint8Array<ArrayBuffer>, string, string][] = [
      ['a.stl', content, 'stl-binary', 'assumed'],
      ['b.stl', asObj(mesh!), 'obj', 'assumed'],
      ['c.ply', asAsciiPly(mesh!), 'ply', 'assumed'],
      ['d.ply', asBinaryPly(mesh!, false), 'ply', 'assumed'],
      ['e.3mf', as3mf(threeMfModel(mesh!)), '3mf', 'stated'],
    ];
    for (const [name, bytes, format, source] of files) {
      expect(await upload({ name, content: bytes })).toMatchObject({
        state: 'checked',
        report: {
          kind: 'mesh',
          format,
          unit: { name: 'mm', source },
          triangles: 12,
          volumeMm3: 8000,
          boundingBoxMm: { size: [20, 20, 20] },
          watertight: true,
          verdict: 'fine',
        },
      });
    }
  });

  test.each<[string, string, string, number]>([
    ['broken/cubes-share-edge.stl', 'warning', 'non_manifold_edges', 2],
    ['broken/duplicates100.stl', 'needs_repair', 'unbalanced_edges', 2],
    ['broken/flipped40.stl', 'needs_repair', 'inconsistent_winding', 2],
    ['broken/holes25.stl', 'needs_repair', 'open_edges', 2],
    ['broken/duplicates100.stl', 'needs_repair', 'duplicate_faces', 3],
    ['broken/cubes-overlap.stl', 'warning', 'overlapping_shells', 3],
    ['sound/twist-vase-hollow.stl', 'warning', 'thin_walls', 2],
  ])(
    'CO-08 %s is flagged as %s for %s, in plain words and with its places',
    async (path, verdict, code, points) => {
      const { report } = await upload(model(path));
      expect(report?.verdict).toBe(verdict);
      const problem = report?.problems.find((each) => each.code === code);
      expect(problem?.message).toMatch(/^.{40,}\.$/s);
      expect(problem?.places?.length).toBeGreaterThan(0);
      expect(problem?.places?.length).toBeLessThanOrEqual(200);
      for (const place of problem?.places ?? []) expect(place).toHaveLength(points);
    },
  );

  test.each([
    ['broken/random-bytes.stl', 'not_a_model'],
    ['broken/zipbomb.3mf', 'too_large'],
    ['broken/truncated.stl', 'truncated'],
    ['broken/nan-inf.stl', 'non_finite'],
  ])('CO-09 %s is refused with what to do, within seconds', async (path, code) => {
    const spent = processorTime();
    const { state, report } = await upload(model(path));
    expect(state).toBe('refused');
    expect(report?.problems.map((problem) => problem.code)).toEqual([code]);
    expect(report?.problems[0]?.message).toMatch(/Export|Send/i);
    expect(spent()).toBeLessThan(30_000);
  });

  test('the same content is not checked a second time', async () => {
    const first = await upload(model('sound/knob.stl'));
    const client = DynamoDBDocumentClient.from(new DynamoDBClient({ credentials: kerf.cloud.operator }));
    for await (const page of paginateScan({ client }, { TableName: TABLE.name, ConsistentRead: true }))
      for (const row of page.Items ?? []) {
        if (row['__edb_e__'] !== 'checkedContent' || row['sha256'] !== first.sha256) continue;
        await client.send(
          new UpdateCommand({
            TableName: TABLE.name,
            Key: { pk: row['pk'] as string, sk: row['sk'] as string },
            UpdateExpression: 'SET report = :marked',
            ExpressionAttributeValues: {
              ':marked': JSON.stringify({
                ...(JSON.parse(row['report'] as string) as object),
                triangles: 4711,
              }),
            },
          }),
        );
      }
    client.destroy();
    const second = await upload(model('sound/knob.stl', 'again.stl'));
    expect(second).toMatchObject({ state: 'checked', sha256: first.sha256, report: { triangles: 4711 } });
    expect(await upload(model('broken/inside-out.stl'))).toMatchObject({ report: { triangles: 1724 } });
  });
});
