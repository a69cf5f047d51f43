import { randomUUID } from 'node:crypto';
import { roles, type Role } from '#domain/actor.ts';
import type { Call, Credential } from '#contract/client.ts';
import { createClaim, createMachine } from '#contract/routes/farm.ts';
import * as jobs from '#contract/routes/jobs.ts';
import { createPhoto } from '#contract/routes/quality.ts';
import { writeMessage } from '#contract/routes/mail.ts';
import * as lifecycle from '#contract/routes/lifecycle.ts';
import { visitShop } from '#contract/routes/console.ts';
import { getMe, getPriceBook } from '#contract/routes/shops.ts';
import type { BodyInputOf } from '#contract/route.ts';
import type { replacePriceBook } from '#contract/routes/shops.ts';
import type { JobView } from '#contract/views/job.ts';
import type { RunningCloud } from '#local/cloud.ts';
import { payAtCheckout } from '../../scripts/walk/checkout.ts';
import { callerOf, mailWith, openInstance, until, type Instance } from '../../scripts/walk/instance.ts';
import { hireOperator, type Operator } from '../support/operator.ts';
import {
  allowInstantOrders,
  openShop,
  signInCustomer,
  signUpPerson,
  type OpenShop,
} from '../../scripts/walk/people.ts';
import { createPurchaseOrder } from '#contract/routes/documents.ts';
import { createVendor } from '#contract/routes/vendors.ts';
import { openCheckout } from '#contract/routes/billing.ts';
import { addAdjustment, getAccount, getStoredMethod, recordPayment } from '#contract/routes/money.ts';
import {
  addFile,
  driveTo,
  holed,
  openDraft,
  openPiece,
  square,
  type People,
  type Wish,
} from '../support/drive.ts';
import { openFloor, produce, type ShopFloor } from '../support/shop-floor.ts';
import { inspect } from '../../scripts/walk/quality.ts';

/** A shop with its people, and one job for every step that a route takes. */
export interface Populated extends Money {
  shop: OpenShop;
  slug: string;
  staff: Record<Role, Credential>;
  customer: { id: string; email: string; credential: Credential };
  floor: ShopFloor;
  freeMachineId: string;
  /** A machine with a run on it. */
  busyMachineId: string;
  jobs: Record<JobName, JobView>;
  /** The instant price of `jobs.basket`. */
  basketMinor: number;
  paidInvoiceId: string;
  openInvoiceId: string;
  /** Of `jobs.paid`. */
  photoId: string;
  /** In the conversation about `jobs.paid`. */
  messageId: string;
  /** Mailed for `jobs.approvable`, `jobs.declinable` and `jobs.paid`. */
  links: { approvable: Credential; declinable: Credential; paid: Credential };
  vendorId: string;
  /** Mailed to the vendor of `jobs.askedByLink` and `jobs.askedOtherwise`. */
  vendorLinks: { askedByLink: Credential; askedOtherwise: Credential; order: Credential };
  /** Of `jobs.askedByLink`. */
  purchaseOrderId: string;
  /** A member in sales. */
  salesPersonId: string;
  priceBook: BodyInputOf<typeof replacePriceBook>;
  priceBookVersion: number;
  /** Kerf's support has been here. */
  visitId: string;
  /** On the operators' list. */
  troubleIds: { retried: string; dismissed: string };
}

const jobNames = [
  'draft',
  'editable',
  'approvable',
  'changeable',
  'declinable',
  'running',
  'byHand',
  'finishable',
  'passable',
  'deliverable',
  'paid',
  'invoiced',
  'basket',
  'owed',
  'faulty',
  'piece',
  'priced',
  'askedFirst',
  'askedNext',
  'askedLast',
  'askedByLink',
  'askedOtherwise',
  'pickedUp',
] as const;
export type JobName = (typeof jobNames)[number];

/** Movements of money in a shop. */
export interface Money {
  /** What is owed of the open invoice. */
  openInvoiceMinor: number;
  /** Of the invoiced job. */
  cashPaymentId: string;
  /** Of the paid job. */
  onlinePaymentId: string;
  /** Of the running job, waiting for an answer. */
  adjustmentId: string;
}

export interface World {
  cloud: RunningCloud;
  instance: Instance;
  /** Runs Kerf. */
  operator: Credential;
  /** A fresh visit of support: one lasts a quarter of an hour only. */
  visitOf(of: Populated): Promise<Credential>;
  a: Populated;
  b: Populated;
  /** A second customer of shop A with a quoted job of their own, and the link to it. */
  neighbour: { customerId: string; credential: Credential; jobId: string; link: Credential };
}

/** Two whole shops side by side, everything made by ordinary calls. */
export async function buildWorld(cloud: RunningCloud): Promise<World> {
  const instance = await openInstance(cloud.url);
  const operator = await hireOperator(cloud, instance);
  const [a, b] = await Promise.all([
    populate(cloud, instance, operator, 'Alpha Works'),
    populate(cloud, instance, operator, 'Beta Forge'),
  ]);
  const second = await signInCustomer(instance, a.slug, undefined, 'Nora Neighbour');
  const people = { owner: a.shop.owner, customer: second.call, floor: a.floor };
  const quoted = await driveTo(people, 'quoted', { title: 'Neighbour' });
  const link = await linkTo(instance, second.email, quoted);
  return {
    cloud,
    instance,
    operator: { kind: 'staff', token: operator.token },
    async visitOf({ shop }) {
      const { token } = await operator.call(visitShop, {
        params: { shopId: shop.shopId },
        body: { reason: 'A look around.' },
      });
      return { kind: 'staff', token };
    },
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

async function populate(
  cloud: RunningCloud,
  instance: Instance,
  operator: Operator,
  name: string,
): Promise<Populated> {
  const shop = await openShop(instance, name);
  const { owner } = shop;
  await allowInstantOrders(owner);
  const [staff, customer, floor, book] = await Promise.all([
    hire(instance, shop, name),
    signInCustomer(instance, shop.slug),
    openFloor(cloud, owner, 5),
    owner(getPriceBook, {}),
  ]);
  const people: People = { owner, customer: customer.call, floor };
  const made = await makeJobs(people, customer.customerId, name);

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
  const message = await owner(writeMessage, {
    params: { jobId: made.paid.id },
    body: { text: 'All went well.' },
  });
  const { url } = await customer.call(openCheckout, {
    params: { invoiceId: paidInvoiceId },
    body: { returnPath: '/', keepMethod: true },
  });
  await payAtCheckout(url);
  await until('the payment', async () => {
    const job = await owner(jobs.getJob, { params: { jobId: made.paid.id } });
    return job.payment === 'paid';
  });
  await until('the kept card', async () => (await customer.call(getStoredMethod, {})).method);
  const money = await makeMoney(owner, made);
  const [approvable, declinable, paid] = await Promise.all(
    [made.approvable, made.declinable, made.paid].map((job) => linkTo(instance, customer.email, job)),
  );
  const [askedByLink, askedOtherwise] = await Promise.all(
    [made.askedByLink, made.askedOtherwise].map((job) => vendorLinkTo(instance, job)),
  );
  const vendor = await owner(createVendor, {
    body: { name: 'Setting Ltd', email: 'office@setting.example' },
  });
  const order = await owner(createPurchaseOrder, {
    params: { jobId: made.askedByLink.id },
    body: {
      vendor: { name: 'Casting House', email: `${shop.shopId}@vendor.example` },
      lines: [{ label: 'Casting', quantity: 1 }],
    },
  });
  const [, secret = ''] = await mailWith(
    instance,
    `${shop.shopId}@vendor.example`,
    /Purchase order[\s\S]*#link=(\S+)/,
  );
  const orderLink: Credential = { kind: 'vendor', secret };
  const salesPerson = await callerOf(instance, staff.sales)(getMe, {});
  const basket = await customer.call(jobs.getPrice, { params: { jobId: made.basket.id } });
  const visit = await operator.call(visitShop, {
    params: { shopId: shop.shopId },
    body: { reason: 'A look around.' },
  });
  const troubleIds = await makeTroubles(shop, made.draft.id);
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
    basketMinor: basket.totalMinor ?? 0,
    ...money,
    paidInvoiceId,
    openInvoiceId,
    photoId: photo.id,
    messageId: message.id,
    links: { approvable: approvable!, declinable: declinable!, paid: paid! },
    vendorId: vendor.id,
    vendorLinks: { askedByLink: askedByLink!, askedOtherwise: askedOtherwise!, order: orderLink },
    purchaseOrderId: order.id,
    salesPersonId: salesPerson.personId,
    priceBook,
    priceBookVersion: version,
    visitId: visit.visitId,
    troubleIds,
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
      const person = { personId, name: `Member ${role}` };
      const employer = { id: shop.shopId, name: shopName, slug: shop.slug };
      await commitDirectory([memberships.write(person, employer, role)]);
      return [role, { kind: 'staff', token, shopId: shop.shopId }];
    }),
  );
  return Object.fromEntries(entries) as Record<Role, Credential>;
}

/** Failures as functions note them; the adapter is loaded late, as above. */
async function makeTroubles(shop: OpenShop, jobId: string): Promise<Populated['troubleIds']> {
  const { noteTrouble } = await import('#lambdas/use-cases/note-trouble.ts');
  const event = await until('an event of the log', async () => {
    const { events } = await shop.owner(jobs.listEvents, { query: { limit: 500 } });
    return events.find((each) => each.jobId === jobId);
  });
  const at = { shopId: shop.shopId, jobId };
  await noteTrouble('send-mails', { ...at, subject: event.id }, new Error('no answer'));
  await noteTrouble('workflow-step', { ...at, subject: jobId }, new Error('no answer'));
  return { retried: `send-mails.${event.id}`, dismissed: `workflow-step.${jobId}` };
}

/** An order at the instant price. */
async function placed(people: People, wish: Wish): Promise<JobView> {
  const { id: jobId } = await openDraft(people, { ...wish, template: 'order' });
  const { totalMinor } = await people.customer(jobs.getPrice, { params: { jobId } });
  const body = { totalMinor: totalMinor ?? 0, name: 'Cleo' };
  return people.customer(lifecycle.placeOrder, { params: { jobId }, body });
}

async function makeJobs(
  people: People,
  customerId: string,
  shopName: string,
): Promise<Record<JobName, JobView>> {
  const promisedDate = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  const opened = ({ title }: Wish) =>
    openPiece(people.owner, { title, template: 'custom', customerId, promisedDate });
  const asked = async (wish: Wish) => {
    const { id: jobId } = await opened(wish);
    const vendor = { name: 'Casting House', email: 'casting@vendor.example' };
    return people.owner(lifecycle.askVendor, { params: { jobId }, body: { vendor } });
  };
  const recipes: Record<JobName, (wish: Wish) => Promise<JobView>> = {
    draft: async (wish) => {
      const { id: jobId } = await openDraft(people, wish);
      await addFile(people.customer, jobId, holed);
      return people.customer(jobs.getJob, { params: { jobId } });
    },
    editable: async (wish) => {
      const { id: jobId } = await openDraft(people, wish);
      await addFile(people.customer, jobId, square);
      return people.customer(jobs.getJob, { params: { jobId } });
    },
    approvable: (wish) => driveTo(people, 'quoted', wish),
    changeable: (wish) => driveTo(people, 'quoted', wish),
    declinable: (wish) => driveTo(people, 'quoted', wish),
    running: (wish) => driveTo(people, 'ready_to_make', wish),
    byHand: async (wish) => {
      const job = await driveTo(people, 'ready_to_make', wish);
      const { id: machineId } = await people.owner(createMachine, {
        body: { name: 'Printer without an agent', volumeMm: { x: 200, y: 200, z: 200 } },
      });
      return start(people, job, machineId);
    },
    finishable: (wish) => driveTo(people, 'post_production', { ...wish, byHand: true }),
    passable: async (wish) => {
      const job = await driveTo(people, 'quality_check', wish);
      await inspect(people.owner, job.id);
      return job;
    },
    deliverable: (wish) => driveTo(people, 'ready', { ...wish, delivery: 'shipping' }),
    paid: (wish) => driveTo(people, 'completed', wish),
    invoiced: (wish) => driveTo(people, 'completed', wish),
    basket: (wish) => openDraft(people, { ...wish, template: 'order' }),
    owed: async (wish) => {
      const { id: jobId } = await placed(people, wish);
      await people.customer(lifecycle.providePurchaseOrder, { params: { jobId }, body: { number: 'PO-1' } });
      return people.owner(lifecycle.releaseJob, { params: { jobId }, body: {} });
    },
    faulty: async (wish) => {
      const { id: jobId } = await placed(people, { ...wish, byHand: true });
      await people.owner(lifecycle.releaseJob, { params: { jobId }, body: { override: 'on trust' } });
      return produce(people.floor, people.owner, jobId);
    },
    piece: (wish) => opened(wish),
    priced: (wish) => opened(wish),
    askedFirst: (wish) => asked(wish),
    askedNext: (wish) => asked(wish),
    askedLast: (wish) => asked(wish),
    askedByLink: (wish) => asked(wish),
    askedOtherwise: (wish) => asked(wish),
    pickedUp: async (wish) => {
      const { id: jobId } = await opened(wish);
      const params = { jobId };
      const lines = [{ name: 'Ring', quantity: 1, unitMinor: 90_000 }];
      await people.owner(lifecycle.recordPrice, { params, body: { lines } });
      await people.owner(lifecycle.beginWork, { params, body: {} });
      await people.owner(lifecycle.markReady, { params, body: {} });
      return people.owner(jobs.handOver, { params, body: { receivedBy: 'Cleo' } });
    },
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

/** Movements of money for the routes that change them. */
async function makeMoney(owner: Call, made: Record<JobName, JobView>): Promise<Money> {
  const invoiced = { jobId: made.invoiced.id };
  const cash = await owner(recordPayment, { params: invoiced, body: { amountMinor: 100, method: 'cash' } });
  const online = await owner(getAccount, { params: { jobId: made.paid.id } });
  const dear = { label: 'More material', unitMinor: 100_000, reason: 'rework' };
  const asked = await owner(addAdjustment, { params: { jobId: made.running.id }, body: dear });
  return {
    openInvoiceMinor: cash.owedMinor,
    cashPaymentId: cash.payments[0]?.id ?? '',
    onlinePaymentId: online.payments[0]?.id ?? '',
    adjustmentId: asked.adjustments[0]?.id ?? '',
  };
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

/** The link in the mail that asked a vendor for this job's price. */
async function vendorLinkTo(instance: Instance, { title }: JobView): Promise<Credential> {
  const mailed = new RegExp(`- ${title}\\n[\\s\\S]*#link=(\\S+)`);
  const [, secret = ''] = await mailWith(instance, 'casting@vendor.example', mailed);
  return { kind: 'vendor', secret };
}

/** A fresh one-time code for a machine of the shop. */
export async function freshClaim({ shop }: Populated): Promise<string> {
  const machine = await shop.owner(createMachine, {
    body: { name: 'Late printer', volumeMm: { x: 100, y: 100, z: 100 } },
  });
  const { code } = await shop.owner(createClaim, { body: { machineIds: [machine.id] } });
  return code;
}
