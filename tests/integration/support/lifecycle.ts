import type { Call } from '#contract/client.ts';
import type { TemplateName } from '#domain/job/job.ts';
import { getInvoice, openCheckout, type InvoiceView } from '#contract/routes/billing.ts';
import * as jobs from '#contract/routes/jobs.ts';
import * as lifecycle from '#contract/routes/lifecycle.ts';
import type { JobView } from '#contract/views/job.ts';
import { payAtCheckout } from '../../../scripts/walk/checkout.ts';
import { mailWith, until } from '../../../scripts/walk/instance.ts';
import {
  allowInstantOrders,
  openShop,
  signInCustomer,
  type OpenShop,
  type SignedInCustomer,
} from '../../../scripts/walk/people.ts';
import { openDraft, openPiece, type People, type Wish } from '../../support/drive.ts';
import { openFloor, produce } from '../../support/shop-floor.ts';
import type { Kerf } from './kerf.ts';

/** A shop, its customer and its floor, and the steps that the lifecycle tests take over HTTP. */
export interface Lifecycle {
  shop: OpenShop;
  customer: SignedInCustomer;
  people: People;
  draft(wish?: Partial<Wish>): Promise<JobView>;
  piece(template?: 'custom' | 'repair', promisedInDays?: number): Promise<JobView>;
  look(job: JobView): Promise<JobView>;
  untilIn(job: JobView, status: JobView['status']): Promise<JobView>;
  events(job: JobView): Promise<string[]>;
  /** By the bench's customer, or by another. */
  place(job: JobView, by?: Call): Promise<JobView>;
  approve(job: JobView): Promise<JobView>;
  produce(job: JobView): Promise<JobView>;
  invoice(job: JobView): Promise<InvoiceView>;
  pay(job: JobView): Promise<void>;
  /** A mail of this subject about the job is in the box. */
  mailed(address: string, subject: RegExp): Promise<string>;
}

export const oneRing = [{ name: 'Ring, 14k yellow', quantity: 1, unitMinor: 90_000 }];
export const caster = { name: 'Casting House', email: 'casting@vendor.example' };

const params = ({ id }: JobView) => ({ params: { jobId: id } });

export async function openLifecycle(kerf: Kerf, template: TemplateName, name: string): Promise<Lifecycle> {
  const { instance, cloud } = kerf;
  const shop = await openShop(instance, name);
  await allowInstantOrders(shop.owner);
  const [customer, floor] = await Promise.all([
    signInCustomer(instance, shop.slug),
    openFloor(cloud, shop.owner, 2),
  ]);
  const people: People = { owner: shop.owner, customer: customer.call, floor };
  const look = (job: JobView) => shop.owner(jobs.getJob, params(job));
  const invoiceId = (job: JobView) => until('the invoice', async () => (await look(job)).invoiceId);
  return {
    shop,
    customer,
    people,
    look,
    draft: (wish = {}) => openDraft(people, { title: 'Cube', template, ...wish }),
    piece(kind = 'custom', days = 30) {
      const promised = new Date(cloud.clock.now().getTime() + days * 86_400_000);
      const promisedDate = promised.toISOString().slice(0, 10);
      const wish = {
        title: 'Engagement ring',
        template: kind,
        customerId: customer.customerId,
        promisedDate,
      };
      return openPiece(shop.owner, wish);
    },
    untilIn: (job, status) =>
      until(`${job.title} in ${status}`, async () => {
        const now = await look(job);
        return now.status === status && now;
      }),
    async events(job) {
      return (await shop.owner(jobs.listJobEvents, params(job))).events.map(({ type }) => type);
    },
    async place(job, by = customer.call) {
      const { totalMinor } = await by(jobs.getPrice, params(job));
      const body = { totalMinor: totalMinor ?? 0, name: 'Cleo Customer' };
      return by(lifecycle.placeOrder, { ...params(job), body });
    },
    approve: (job) =>
      customer.call(jobs.approveQuote, {
        ...params(job),
        body: { version: job.quote?.version ?? 0, name: 'Cleo Customer' },
      }),
    produce: (job) => produce(floor, shop.owner, job.id),
    async invoice(job) {
      return customer.call(getInvoice, { params: { invoiceId: await invoiceId(job) } });
    },
    async pay(job) {
      const { url } = await customer.call(openCheckout, {
        params: { invoiceId: await invoiceId(job) },
        body: { returnPath: '/' },
      });
      await payAtCheckout(url);
      await until('the payment', async () => (await look(job)).payment === 'paid');
    },
    mailed: async (address, subject) => (await mailWith(instance, address, subject)).input,
  };
}
