import { randomUUID } from 'node:crypto';
import { roles, type Role } from '#domain/actor.ts';
import type { Credential } from '#contract/client.ts';
import { createClaim, createMachine } from '#contract/routes/farm.ts';
import * as jobs from '#contract/routes/jobs.ts';
import { createPhoto } from '#contract/routes/quality.ts';
import { getMe, getPriceBook } from '#contract/routes/shops.ts';
import type { BodyInputOf } from '#contract/route.ts';
import type { replacePriceBook } from '#contract/routes/shops.ts';
import type { JobView } from '#contract/views/job.ts';
import type { RunningCloud } from '#local/cloud.ts';
import { payAtCheckout } from '../../scripts/walk/fabrication.ts';
import { callerOf, mailWith, openInstance, until, type Instance } from '../../scripts/walk/instance.ts';
import { openShop, signInCustomer, signUpPerson, type OpenShop } from '../../scripts/walk/people.ts';
import { openCheckout } from '#contract/routes/billing.ts';
import { addFile, driveTo, openDraft, square, type People, type Wish } from '../support/drive.ts';
import { openFloor, type ShopFloor } from '../support/shop-floor.ts';

/** A shop with its people, and one job for every step that a route takes. */
export interface Populated {
  shop: OpenShop;
  slug: string;
  staff: Record<Role, Credential>;
  customer: { id: string; email: string; credential: Credential };
  floor: ShopFloor;
  freeMachineId: string;
  /** A machine with a run on it. */
  busyMachineId: string;
  jobs: Record<JobName, JobView>;
  paidInvoiceId: string;
  openInvoiceId: string;
  /** Of `jobs.paid`. */
  photoId: string;
  /** Mailed for `jobs.approvable`, `jobs.declinable` and `jobs.paid`. */
  links: { approvable: Credential; declinable: Credential; paid: Credential };
  priceBook: BodyInputOf<typeof replacePriceBook>;
  priceBookVersion: number;
}

const jobNames = [
  'draft',
  'editable',
  'approvable',
  'changeable',
  'declinable',
  'running',
  'finishable',
  'passable',
  'deliverable',
  'paid',
  'invoiced',
] as const;
export type JobName = (typeof jobNames)[number];

export interface World {
  cloud: RunningCloud;
  instance: Instance;
  a: Populated;
  b: Populated;
  /** A second customer of shop A with a quoted job of their own, and the link to it. */
  neighbour: { customerId: string; credential: Credential; jobId: string; link: Credential };
}

/** Two whole shops side by side, everything made by ordinary calls. */
export async function buildWorld(cloud: RunningCloud): Promise<World> {
  const instance = await openInstance(cloud.url);
  const [a, b] = await Promise.all([
    populate(cloud, instance, 'Alpha Works'),
    populate(cloud, instance, 'Beta Forge'),
  ]);
  const second = await signInCustomer(instance, a.slug, undefined, 'Nora Neighbour');
  const people = { owner: a.shop.owner, customer: second.call, floor: a.floor };
  const quoted = await driveTo(people, 'quoted', { title: 'Neighbour' });
  const link = await linkTo(instance, second.email, quoted);
  return {
    cloud,
    instance,
    a,
    b,
    neighbour: {
      customerId: second.customerId,
      credential: { kind: 'customer', token: second.token },
      jobId: quoted.id,
      link,
    },
  };
}

async function populate(cloud: RunningCloud, instance: Instance, name: string): Promise<Populated> {
  const shop = await openShop(instance, name);
  const { owner } = shop;
  const [staff, customer, floor, book] = await Promise.all([
    hire(instance, shop, name),
    signInCustomer(instance, shop.slug),
    openFloor(cloud, owner, 5),
    owner(getPriceBook, {}),
  ]);
  const people: People = { owner, customer: customer.call, floor };
  const made = await makeJobs(people, name);

  const [freeMachineId, busyMachineId] = [await floor.takeMachine(), await floor.takeMachine()];
  await start(people, made.running, busyMachineId);
  const [openInvoiceId, paidInvoiceId] = await Promise.all([
    invoiceOf(people, made.invoiced),
    invoiceOf(people, made.paid),
  ]);
  const { photo } = await owner(createPhoto, {
    params: { jobId: made.paid.id },
    body: { name: 'side.jpg', bytes: 1000 },
  });
  const { url } = await customer.call(openCheckout, {
    params: { invoiceId: paidInvoiceId },
    body: { returnPath: '/' },
  });
  await payAtCheckout(url);
  await until('the payment', async () => {
    const job = await owner(jobs.getJob, { params: { jobId: made.paid.id } });
    return job.payment === 'paid';
  });
  const [approvable, declinable, paid] = await Promise.all(
    [made.approvable, made.declinable, made.paid].map((job) => linkTo(instance, customer.email, job)),
  );
  const { version, currency: _, ...priceBook } = book;
  return {
    shop,
    slug: shop.slug,
    staff,
    customer: {
      id: customer.customerId,
      email: customer.email,
      credential: { kind: 'customer', token: customer.token },
    },
    floor,
    freeMachineId,
    busyMachineId,
    jobs: made,
    paidInvoiceId,
    openInvoiceId,
    photoId: photo.id,
    links: { approvable: approvable!, declinable: declinable!, paid: paid! },
    priceBook,
    priceBookVersion: version,
  };
}

/**
 * One member per role. There is no invitation yet: the membership rows are written through the adapter that the sign-up
 * uses. It is loaded late, since it reads the environment that the running cloud sets.
 */
async function hire(instance: Instance, shop: OpenShop, shopName: string): Promise<Record<Role, Credential>> {
  const { commitDirectory, memberships } = await import('#lambdas/adapters/dynamo/directory.ts');
  const entries = await Promise.all(
    roles.map(async (role): Promise<[Role, Credential]> => {
      if (role === 'owner') return [role, { kind: 'staff', token: shop.ownerToken, shopId: shop.shopId }];
      const token = await signUpPerson(instance, `${role}-${randomUUID()}@shop.example`, `Member ${role}`);
      const { personId } = await callerOf(instance, { kind: 'staff', token })(getMe, {});
      const employer = { id: shop.shopId, name: shopName, slug: shop.slug };
      await commitDirectory([memberships.write(personId, employer, role)]);
      return [role, { kind: 'staff', token, shopId: shop.shopId }];
    }),
  );
  return Object.fromEntries(entries) as Record<Role, Credential>;
}

async function makeJobs(people: People, shopName: string): Promise<Record<JobName, JobView>> {
  const recipes: Record<JobName, (wish: Wish) => Promise<JobView>> = {
    draft: (wish) => openDraft(people, wish),
    editable: async (wish) => {
      const { id: jobId } = await openDraft(people, wish);
      await addFile(people.customer, jobId, square);
      return people.customer(jobs.getJob, { params: { jobId } });
    },
    approvable: (wish) => driveTo(people, 'quoted', wish),
    changeable: (wish) => driveTo(people, 'quoted', wish),
    declinable: (wish) => driveTo(people, 'quoted', wish),
    running: (wish) => driveTo(people, 'ready_to_make', wish),
    finishable: (wish) => driveTo(people, 'post_production', { ...wish, byHand: true }),
    passable: (wish) => driveTo(people, 'quality_check', wish),
    deliverable: (wish) => driveTo(people, 'ready', { ...wish, delivery: 'shipping' }),
    paid: (wish) => driveTo(people, 'completed', wish),
    invoiced: (wish) => driveTo(people, 'completed', wish),
  };
  const entries: [JobName, JobView][] = [];
  const waiting = [...jobNames];
  // A few at a time: more only wait for each other.
  const worker = async () => {
    for (let name = waiting.shift(); name; name = waiting.shift())
      entries.push([name, await recipes[name]({ title: `${name} of ${shopName}` })]);
  };
  await Promise.all([worker(), worker(), worker()]);
  return Object.fromEntries(entries) as Record<JobName, JobView>;
}

const start = ({ owner }: People, job: JobView, machineId: string) =>
  owner(jobs.startRun, {
    params: { jobId: job.id },
    body: { partId: job.parts[0]?.id ?? '', machineId, quantity: 1 },
  });

const invoiceOf = ({ owner }: People, job: JobView): Promise<string> =>
  until(`the invoice of ${job.title}`, async () => {
    const { invoiceId } = await owner(jobs.getJob, { params: { jobId: job.id } });
    return invoiceId;
  });

/** The link in the mail that offered this job's quote. */
async function linkTo(instance: Instance, email: string, job: JobView): Promise<Credential> {
  const mailed = new RegExp(`${job.number}[\\s\\S]*Review and approve: \\S+#link=(\\S+)`);
  const [, secret = ''] = await mailWith(instance, email, mailed);
  return { kind: 'link', secret };
}

/** A fresh one-time code for a machine of the shop. */
export async function freshClaim({ shop }: Populated): Promise<string> {
  const machine = await shop.owner(createMachine, {
    body: { name: 'Late printer', volumeMm: { x: 100, y: 100, z: 100 } },
  });
  const { code } = await shop.owner(createClaim, { body: { machineIds: [machine.id] } });
  return code;
}
