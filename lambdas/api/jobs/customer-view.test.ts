import { expect, test } from 'vitest';
import { eventTypes } from '#domain/event.ts';
import type { Job } from '#domain/job/job.ts';
import { fabrication } from '#domain/job/templates/fabrication.ts';
import type { Quote } from '#domain/quote/quote.ts';
import type { Run } from '#domain/run/run.ts';
import {
  customerEvent,
  customerPart,
  customerQuotes,
  customerRuns,
  customerStay,
  customerSummary,
  type EventRow,
} from './customer-view.ts';

const secret = 'for the shop only';
const at = '2026-03-01T09:00:00.000Z';

const event = (type: EventRow['type'], actor: EventRow['actor']): EventRow => ({
  id: 'evt_1',
  jobId: 'job_1',
  type,
  at,
  actor,
  transition: { from: 'quoted', to: 'quoting', visit: 3 },
  data: { reason: secret, machineId: secret, note: secret, brandNew: secret, message: 'mine', version: 1 },
});
const staff = { kind: 'staff', personId: secret, name: secret, role: 'owner' } as const;

test('no type of event lets a fact out that is not listed for it', () => {
  const reasonTold = (type: string) => type === 'quote.declined' || type.startsWith('adjustment.');
  for (const type of eventTypes) {
    const { reason: _, ...rest } = event(type, staff).data;
    const row = { ...event(type, staff), data: reasonTold(type) ? rest : event(type, staff).data };
    expect(JSON.stringify(customerEvent(row, 'The Shop') ?? {}), type).not.toContain(secret);
  }
});

test('a type of event that nobody listed is not told', () => {
  expect(customerEvent(event('brand.new' as EventRow['type'], staff), 'The Shop')).toBeUndefined();
  expect(customerEvent(event('job.held', staff), 'The Shop')).toBeUndefined();
});

test('whoever of the shop acted, it was the shop; a customer keeps their name', () => {
  const system = { kind: 'system', name: secret } as const;
  for (const actor of [staff, system])
    expect(customerEvent(event('quote.sent', actor), 'The Shop')?.actor.name).toBe('The Shop');
  const customer = { kind: 'customer', customerId: 'cus_1', name: 'Cleo' } as const;
  expect(customerEvent(event('quote.approved', customer), 'The Shop')?.actor.name).toBe('Cleo');
});

test('a field that is added to a row stays inside until its view lists it', () => {
  const added = { brandNew: secret };
  const job = {
    ...added,
    status: 'draft',
    reworkCycle: 1,
    customer: { customerId: 'cus_1', name: 'Cleo', email: 'c@mail.example', ...added },
    quote: { version: 1, state: 'sent', totalMinor: 1, currency: 'EUR', validUntil: at, ...added },
  } as unknown as Job;
  const part = { ...added, name: 'gear', made: 2, scrapped: 1 } as unknown as Parameters<
    typeof customerPart
  >[0];
  const run = { ...added, state: 'finished', machineId: secret, reason: secret } as unknown as Run;
  const stay = { ...added, visit: 1, status: 'draft', enteredAt: at, due: [] } as Parameters<
    typeof customerStay
  >[0];
  const views = [
    customerSummary(job, fabrication),
    customerPart(part),
    customerRuns([run]),
    customerStay(stay, fabrication),
  ];
  const told = JSON.stringify(views);
  expect(told).not.toContain(secret);
  expect(told).not.toMatch(/reworkCycle|scrapped|"made"|"due"/);
});

test('a version that has not been sent does not exist for the customer', () => {
  expect(customerQuotes([{ version: 2, state: 'draft' } as Quote])).toEqual([]);
});

test('a run that failed is not told', () => {
  expect(customerRuns([{ state: 'failed' } as Run, { state: 'canceled' } as Run])).toEqual([]);
});
