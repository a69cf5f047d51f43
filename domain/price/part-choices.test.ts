import { describe, expect, it } from 'vitest';
import type { GeometryReport } from '#domain/geometry/report.ts';
import type { Part } from '#domain/job/job.ts';
import { chooseAnew, choosePart } from './part-choices.ts';
import { seedPriceBook } from './seed-books.ts';

const book = seedPriceBook('USD', 'print_farm', '2026-05-04');
const report = { kind: 'mesh' } as GeometryReport;
const wish = { materialId: 'pla', finishId: 'as-printed' };
const part = (choices: object) => ({ ...wish, process: 'fdm', ...choices }) as Part;

describe('the way a line lies', () => {
  it('is kept as uploaded when somebody says so, and else not said', () => {
    expect(choosePart(book, report, { ...wish, orientation: 'as_uploaded' })).toMatchObject({
      orientation: 'as_uploaded',
    });
    expect(choosePart(book, report, { ...wish, orientation: 'best' })).not.toHaveProperty('orientation');
    expect(choosePart(book, report, wish)).not.toHaveProperty('orientation');
  });

  it('stays with other choices, and goes back to the best way when that is asked for', () => {
    const lying = part({ orientation: 'as_uploaded', infillPercent: 40 });
    expect(chooseAnew(book, report, lying, { infillPercent: 30 })).toMatchObject({
      orientation: 'as_uploaded',
      infillPercent: 30,
    });
    const back = chooseAnew(book, report, lying, { orientation: 'best' });
    expect(back).toMatchObject({ infillPercent: 40 });
    expect(back).not.toHaveProperty('orientation');
    expect(chooseAnew(book, report, lying, {})).toBeUndefined();
  });

  it('is for filament prints alone', () => {
    const resin = seedPriceBook('USD', 'resin_studio', '2026-05-04');
    const { id: materialId } = resin.materials.find(({ process }) => process === 'resin')!;
    const finishId = resin.finishes[0]!.id;
    expect(
      choosePart(resin, report, { materialId, finishId, orientation: 'as_uploaded' }),
    ).not.toHaveProperty('orientation');
  });
});
