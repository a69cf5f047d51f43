import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { functions } from '#contract/functions.ts';
import { besideBundle } from '#lib/constructs/beside-bundle.ts';
import { stepBoxes } from '../support/step-box.ts';

const output = mkdtempSync(join(tmpdir(), 'kerf-bundle-'));

beforeAll(() => {
  const { beside } = functions.find(({ name }) => name === 'check-geometry')!;
  for (const command of besideBundle(beside!).afterBundling(process.cwd(), output))
    execFileSync('bash', ['-c', command], { stdio: 'ignore' });
}, 60_000);
afterAll(() => rmSync(output, { recursive: true, force: true }));

test.each([
  ['step', stepBoxes([{ size: [10, 20, 30] }]), { kind: 'mesh', unit: 'mm' }],
  [
    'dxf',
    '0\nSECTION\n2\nENTITIES\n0\nLINE\n10\n0\n20\n0\n11\n9\n21\n0\n0\nENDSEC\n0\nEOF\n',
    { kind: 'drawing' },
  ],
])('the bundled thread of the check reads %s in a folder of its own', async (format, text, expected) => {
  const thread = new Worker(pathToFileURL(join(output, 'cad-thread.mjs')), {
    workerData: { format, bytes: Buffer.from(text), mostTriangles: 1000 },
    execArgv: [],
    stdout: true,
  });
  const answer = await new Promise((done, fail) => thread.once('message', done).once('error', fail));
  expect(answer).toMatchObject(expected);
  await thread.terminate();
});
