import { describe, expect, test } from 'vitest';
import type { Actor } from '../actor.ts';
import { editJob, editPart } from './edit.ts';
import { endedStatuses, statuses, type Job, type Part } from './job.ts';

const staff: Actor = { kind: 'staff', personId: 'p', name: 'Ana', role: 'sales' };
const customer: Actor = { kind: 'customer', customerId: 'cus_1', name: 'Cleo' };
const job = { status: 'draft', version: 4, title: 'Old', delivery: 'pickup', note: 'n' } as Job;
const part = { id: 'part_1', name: 'gear', wanted: 1, materialId: 'pla', finishId: 'raw' } as Part;
const offer = (state: NonNullable<Job['quote']>['state']): Job => ({
  ...job,
  status: 'quoting',
  quote: { version: 1, state, totalMinor: 100, currency: 'EUR', validUntil: '2026-01-01T00:00:00.000Z' },
});

describe('editing a job', () => {
  test('changes what is named and keeps the rest; null takes away', () => {
    expect(editJob(job, { title: 'New' }, 4, customer)).toEqual({ ...job, title: 'New' });
    const { note: _, ...bare } = job;
    expect(editJob(job, { note: null }, 4, customer)).toEqual(bare);
    expect(editJob(job, { wantedBy: '2027-01-31' }, 4, customer)).toMatchObject({ wantedBy: '2027-01-31' });
  });

  test.each(statuses)(
    'in %s is for the customer while it is a draft, for the shop while it is live',
    (status) => {
      const by = (actor: Actor) => 'refused' in editJob({ ...job, status }, { title: 'New' }, 4, actor);
      expect(by(customer)).toBe(status !== 'draft');
      expect(by(staff)).toBe(endedStatuses.includes(status));
    },
  );

  test('is refused on a version that is not the newest, and says which is', () => {
    expect(editJob(job, { title: 'New' }, 3, staff)).toMatchObject({
      refused: 'stale',
      message: expect.stringContaining('version 4') as string,
    });
  });

  test('leaves the way out of the shop alone once the order is ready', () => {
    const ready: Job = { ...job, status: 'ready_for_pickup' };
    expect(editJob(ready, { delivery: 'shipping' }, 4, staff)).toMatchObject({ field: 'delivery' });
    expect(editJob(ready, { delivery: 'pickup', title: 'New' }, 4, staff)).toMatchObject({ title: 'New' });
  });
});

describe('editing a line', () => {
  test('changes what is named and keeps the rest', () => {
    expect(editPart(job, part, { wanted: 5 }, customer)).toEqual({ ...part, wanted: 5 });
    const choices = {
      process: 'laser',
      materialId: 'mdf-3',
      finishId: 'as-cut',
      postProduction: false,
    } as const;
    const filled = { ...part, infillPercent: 40 };
    expect(editPart(job, filled, { name: 'wheel' }, staff)).toEqual({ ...filled, name: 'wheel' });
    expect(editPart(job, filled, { choices }, staff)).toEqual({ ...part, ...choices });
  });

  test.each([
    ['sent', true],
    ['approved', true],
    ['changes_requested', false],
    ['expired', false],
    ['superseded', false],
  ] as const)('by the shop while the offer is %s: refused %s', (state, refused) =>
    expect('refused' in editPart(offer(state), part, { wanted: 2 }, staff)).toBe(refused),
  );

  test('is for the customer while it is a draft', () =>
    expect(editPart({ ...job, status: 'review' }, part, { wanted: 2 }, customer)).toMatchObject({
      refused: 'not_allowed_now',
    }));
});
