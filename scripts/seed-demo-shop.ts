import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { apiClient } from '#contract/client.ts';
import { operatorGroup } from '#contract/operator.ts';
import { createClaim, listMachines } from '#contract/routes/farm.ts';
import * as jobs from '#contract/routes/jobs.ts';
import { getMe } from '#contract/routes/shops.ts';
import type { RunningCloud } from '#local/cloud.ts';
import { addPrinter, runAgent } from './walk/farm.ts';
import { openInstance, until, type Instance } from './walk/instance.ts';
import {
  openShopOf,
  signInCustomer,
  signInPerson,
  signUpPerson,
  walkPassword,
  type OpenShop,
} from './walk/people.ts';
import { draftWithPart } from './walk/request.ts';

export const demoLogin = { email: 'demo@kerf.example', password: walkPassword };
/** Runs Kerf in the demo: signs up like anybody, and is put into the operators’ group by whoever runs the cloud. */
export const demoOperator = { email: 'operator@kerf.example', password: walkPassword };
export interface DemoShop {
  slug: string;
}

const models = join(import.meta.dirname, '..', 'tests', 'models', 'sound');
const model = (name: string) => ({ name, content: new Uint8Array(readFileSync(join(models, name))) });

/**
 * The demo shop, made by ordinary commands at the first start: an owner, two printers on a simulated farm, a customer and a
 * job in each of the first stages. Later starts find it there.
 */
export async function seedDemoShop(
  { url, addToGroup }: Pick<RunningCloud, 'url' | 'addToGroup'>,
  agentDir: string,
): Promise<DemoShop> {
  const instance = await openInstance(url);
  const known = await signInDemoOwner(instance);
  if (known) return known;
  console.log('kerf: seeding the demo shop');
  await signUpPerson(instance, demoOperator.email, 'Olga Operator');
  addToGroup(demoOperator.email, operatorGroup);
  const token = await signUpPerson(instance, demoLogin.email, 'Dana Demo');
  const shop = await openShopOf(instance, token, demoLogin.email, 'Demo Print Farm');
  await startFarm(url, shop, agentDir);
  await seedJobs(instance, shop);
  return { slug: shop.slug };
}

async function signInDemoOwner(instance: Instance): Promise<DemoShop | undefined> {
  const token = await signInPerson(instance, demoLogin.email).catch(() => undefined);
  if (!token) return undefined;
  const me = await apiClient(instance.url, () => ({ kind: 'staff', token }))(getMe, {});
  return me.shops[0];
}

async function startFarm(url: string, shop: OpenShop, agentDir: string): Promise<void> {
  const printers = [
    await addPrinter(shop.owner, 'Prusa MK4 left'),
    await addPrinter(shop.owner, 'Prusa MK4 right'),
  ];
  const { code } = await shop.owner(createClaim, {
    body: { machineIds: printers.map((printer) => printer.id) },
  });
  const agent = runAgent(agentDir, { speed: 60 }, { api: url, code });
  await until('the demo farm to enrol', async () => {
    if (agent.process.exitCode !== null) throw new Error('The simulated farm could not enrol.');
    const { machines } = await shop.owner(listMachines, {});
    return machines.every((machine) => machine.live !== undefined);
  });
  await agent.stop();
}

async function seedJobs(instance: Instance, shop: OpenShop): Promise<void> {
  const customer = await signInCustomer(instance, shop.slug, 'cleo@customer.example', 'Cleo Customer');
  await draftWithPart(customer.call, 'Gear for the old mixer', model('gear28.stl'));
  const asked = await draftWithPart(customer.call, 'Drawer knobs', model('knob.stl'), 6);
  await customer.call(jobs.submitJob, { params: { jobId: asked.id }, body: {} });
  const offered = await draftWithPart(customer.call, 'Sensor enclosure', model('enclosure.stl'), 2);
  await customer.call(jobs.submitJob, { params: { jobId: offered.id }, body: {} });
  await shop.owner(jobs.sendQuote, {
    params: { jobId: offered.id },
    body: { message: 'Two pieces in PLA, ready in three days.' },
  });
  const ordered = await draftWithPart(customer.call, 'Shelf brackets', model('bracket.stl'), 2);
  await customer.call(jobs.submitJob, { params: { jobId: ordered.id }, body: {} });
  await shop.owner(jobs.sendQuote, { params: { jobId: ordered.id }, body: {} });
  await customer.call(jobs.approveQuote, {
    params: { jobId: ordered.id },
    body: { version: 1, name: 'Cleo Customer' },
  });
}
