import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, test } from 'vitest';
import { TABLE } from '#contract/table.ts';
import { listMachines } from '#contract/routes/farm.ts';
import { getShop } from '#contract/routes/shops.ts';
import { until } from '../../scripts/walk/instance.ts';
import { openShop } from '../../scripts/walk/people.ts';
import { printerWithDevice } from './support/device.ts';
import { minutes, startKerf, type Kerf } from './support/kerf.ts';
import { operatorTable } from './support/table.ts';

let kerf: Kerf;
beforeAll(async () => {
  kerf = await startKerf();
}, 120_000);
afterAll(() => kerf?.stop());

test('rows of a watch list that nobody can help, or read, hold up none behind them, however many they are', async () => {
  const { owner } = await openShop(kerf.instance, 'Shop Behind The Ghosts');
  const { id: shopId } = await owner(getShop, {});
  const { watched } = await import('#lambdas/adapters/dynamo/system.ts');
  const table = operatorTable(kerf.cloud);
  const long = '2020-01-01T00:00:00.000Z';
  const ghosts = Array.from({ length: 220 }, (_, index) => ({
    pk: `SHOP#${shopId}#GHOSTS`,
    sk: `GHOST#${index}`,
    // Every other one says nothing that can be understood.
    ...(index % 2 ? { shopId, id: `agt_nobody${index}` } : { shopId: 'no shop' }),
    ...watched('AGENT', `ghost ${index}`, long),
  }));
  for (const Item of ghosts) await table.send(new PutCommand({ TableName: TABLE.name, Item }));
  table.destroy();

  const { device, printer } = await printerWithDevice(kerf.instance, owner);
  await device.snapshot([{ machineId: printer.id, state: 'idle' }]);
  const state = async () =>
    (await owner(listMachines, {})).machines.find(({ id }) => id === printer.id)?.live?.state;
  await until('the first word of the agent', async () => (await state()) === 'idle');
  await device.close();
  kerf.cloud.clock.advance(minutes(5));
  await until('the sweep to notice the silence', async () => (await state()) === 'unknown', 30);
});
