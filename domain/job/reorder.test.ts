import { expect, test } from 'vitest';
import { emptyBox, type MeshReport } from '../geometry/report.ts';
import type { JobFile } from '../file/file.ts';
import { seedPriceBook } from '../price/seed-books.ts';
import type { Part } from './job.ts';
import { job, now, part } from './job-for-test.ts';
import { reorder } from './reorder.ts';
import { custom } from './templates/custom.ts';
import { fabrication } from './templates/fabrication.ts';

const report = {
  kind: 'mesh',
  verdict: 'fine',
  problems: [],
  boundingBoxMm: emptyBox,
} as unknown as MeshReport;
const file = (id: string, changes: Partial<JobFile> = {}): JobFile => ({
  id,
  jobId: 'job_1',
  name: `${id}.stl`,
  bytes: 684,
  state: 'checked',
  sha256: 'ab'.repeat(32),
  report,
  createdAt: '2026-01-01T00:00:00.000Z',
  ...changes,
});
const book = seedPriceBook('USD', 'print_farm', '2026-05-04');

function again(parts: Part[], files: JobFile[], change: { status?: 'draft'; template?: typeof custom } = {}) {
  let count = 0;
  return reorder(
    {
      job: job({ status: change.status ?? 'completed' }),
      template: change.template ?? fabrication,
      parts,
      files,
    },
    book,
    { jobId: 'job_2', newId: (kind) => `${kind}_new${(count += 1)}`, now },
  );
}

test('lines and files come again under new ids, with their counts at nothing', () => {
  const choices = { infillPercent: 30, orientation: 'as_uploaded' } as const;
  const parts = [part({ made: 6, scrapped: 2, ...choices })];
  expect(again(parts, [file('file_1')])).toEqual({
    files: [{ ...file('file_1'), id: 'file_new1', jobId: 'job_2', createdAt: now }],
    parts: [
      {
        ...part(choices),
        id: 'part_new2',
        fileId: 'file_new1',
      },
    ],
  });
});

test('a line whose material is no longer offered is left for a new choice; its file comes along', () => {
  const begun = again([part({ materialId: 'unobtainium' })], [file('file_1')]);
  expect(begun).toMatchObject({ files: [{ id: 'file_new1' }], parts: [] });
});

test('repaired copies point to the copies of their originals; refused files stay behind', () => {
  const files = [
    file('file_0'),
    file('file_1', { repairedFrom: 'file_0' }),
    file('file_2', { state: 'refused' }),
  ];
  expect(again([part()], files)).toMatchObject({
    files: [
      { id: 'file_new1', name: 'file_1.stl', repairedFrom: 'file_new2' },
      { id: 'file_new2', name: 'file_0.stl' },
    ],
  });
});

test('drafts are changed and bespoke pieces asked for anew', () => {
  expect(again([part()], [file('file_1')], { status: 'draft' })).toMatchObject({
    refused: 'not_allowed_now',
  });
  expect(again([part()], [file('file_1')], { template: custom })).toMatchObject({ refused: 'not_ready' });
  expect(again([], [])).toMatchObject({ refused: 'not_ready' });
});
