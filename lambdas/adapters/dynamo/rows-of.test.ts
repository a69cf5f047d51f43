import { expect, test } from 'vitest';
import type { Run } from '#domain/run/run.ts';
import { invoiceEntity } from './entities/invoice.ts';
import { runEntity } from './entities/run.ts';
import type { EntityConfig } from './keys.ts';
import type { StoredRow } from './read-rows.ts';
import { rowsOf } from './rows-of.ts';

const config = { table: 'Kerf', client: { send: () => undefined } } as unknown as EntityConfig;
const shopId = 'shop_1';
const run = runEntity(config, shopId);
const invoice = invoiceEntity(config, shopId);
const aRun = {
  id: 'run_1',
  jobId: 'job_1',
  partId: 'part_1',
  machineId: 'mac_1',
  quantity: 2,
  state: 'paused',
  requestedAt: '2026-01-01T00:00:00.000Z',
  estimatedSeconds: 3600,
  pauses: [{ from: '2026-01-01T01:00:00.000Z' }],
} as const satisfies Run & { jobId: string };
const anInvoice = {
  id: 'inv_1',
  jobId: 'job_1',
  quoteVersion: 1,
  jobNumber: 'K-1',
  number: 'I-1',
  customer: { customerId: 'cus_1', name: 'Ada', email: 'ada@example.com' },
  currency: 'EUR',
  lines: [],
  subtotalMinor: 100,
  taxMinor: 19,
  totalMinor: 119,
  state: 'open' as const,
  issuedAt: '2026-01-01T00:00:00.000Z',
};
const stored = (write: { Item: Record<string, unknown> }) => write.Item as StoredRow;

test('rows of many kinds are told apart and read as ElectroDB reads them', () => {
  const rows = [
    stored(run.put(aRun).params()),
    stored(invoice.put(anInvoice).params()),
    stored(run.put({ ...aRun, id: 'run_2', pauses: undefined }).params()),
  ];
  const mine = { ignoreOwnership: false };
  expect(rowsOf(run, rows)).toEqual(run.parse({ Items: rows }, mine).data);
  expect(rowsOf(run, rows)).toEqual([aRun, { ...aRun, id: 'run_2', pauses: undefined }]);
  expect(rowsOf(invoice, rows)).toEqual(invoice.parse({ Items: rows }, mine).data);
});

test('whoever writes an invoice: its customer is found by what it says of them', () => {
  expect(stored(invoice.put(anInvoice).params())).toMatchObject({
    customerId: 'cus_1',
    customer: JSON.stringify(anInvoice.customer),
  });
});

test('a number that is none is refused, not stored as nothing', () => {
  const customer = { ...anInvoice.customer, creditLimitMinor: Number.NaN };
  expect(() => invoice.put({ ...anInvoice, customer }).params()).toThrow(/NaN as creditLimitMinor/);
});
