import { expect, test } from 'vitest';
import { ownLine } from './own-line.ts';

const ulid = '01m7zw344j0hyvdcb4kpescdg6';
const shop = { id: `shop_${ulid}`, slug: 'ana-prints' };
const other = `shop_${ulid.replace(/^../, '02')}`;

test('a row of another shop, and one of a kind that no export holds, is refused by name', () => {
  expect(() => ownLine(shop, { entity: 'run', row: { id: 'run_1', shopId: other } })).toThrow(
    /"run run_1" belongs to another shop/,
  );
  for (const entity of [
    'attempt',
    'closing',
    'idempotency',
    'shopExport',
    'signInCode',
    'trouble',
    'callCount',
  ])
    expect(() => ownLine(shop, { entity, row: {} })).toThrow(/no export holds/);
});

test('the row of the shop says what the manifest says', () => {
  const row = { ...shop, name: 'Ana', email: 'ana@shop.example', createdAt: '2026-11-21T10:00:00.000Z' };
  expect(ownLine(shop, { entity: 'shop', row })).toEqual({ entity: 'shop', row });
  for (const bent of [{ id: other }, { slug: 'bens-prints' }])
    expect(() => ownLine(shop, { entity: 'shop', row: { ...row, ...bent } })).toThrow(/than the manifest/);
});

test('what sweeps and look-ups of all shops read has the form that they expect', () => {
  const bent: [string, object][] = [
    ['workflow', { jobId: 'job_1', generation: 1 }],
    ['workflow', { jobId: `job_${ulid}`, generation: 0 }],
    ['agent', { id: 'agt_1', machineIds: [] }],
    ['membership', { personId: 'a#b', personName: 'Ana', role: 'owner' }],
    ['membership', { personId: 'ana', personName: 'Ana', role: 'king' }],
    ['shop', { ...shop, name: 'Ana', email: 'ana@shop.example', createdAt: 'yesterday' }],
  ];
  for (const [entity, row] of bent)
    expect(() => ownLine(shop, { entity, row: { ...row } })).toThrow(/is not as Kerf writes it/);
});

test('a row gives itself no place in the table, on an index or on a watch list', () => {
  const places = { pk: 'p', sk: 's', gsi1pk: 'g', syspk: 'SYS#MAIL#1', syssk: 'x', __edb_e__: 'job' };
  expect(ownLine(shop, { entity: 'run', row: { id: 'run_1', ...places } }).row).toEqual({ id: 'run_1' });
});
