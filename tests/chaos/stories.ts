import * as jobs from '#contract/routes/jobs.ts';
import * as lifecycle from '#contract/routes/lifecycle.ts';
import type { TemplateName } from '#domain/job/job.ts';
import {
  bringToEnd,
  command,
  insist,
  inspected,
  make,
  offer,
  pay,
  request,
  type Lane,
} from './order-lane.ts';

/** What somebody decided about a job, and what has to have come of it. */
export interface Story {
  name: string;
  template: TemplateName;
  /** Needs the lane's printer. */
  prints: number;
  play: (lane: Lane) => Promise<Played>;
}
export interface Played {
  jobId: string;
  runIds: string[];
  paid: { invoiceId: string; totalMinor: number }[];
}

const approval = { version: 1, name: 'Cleo Customer' };
const ring = [{ name: 'Ring, 14k yellow', quantity: 1, unitMinor: 90_000 }];
const nothing = (jobId: string): Played => ({ jobId, runIds: [], paid: [] });
const promisedDate = '2099-01-01';

/** The four templates, to their ends and out of the middle. */
export const stories: readonly Story[] = [
  {
    name: 'made and paid',
    template: 'fabrication',
    prints: 1,
    async play(lane) {
      const { jobId, runId, invoiceId, totalMinor } = await bringToEnd(lane);
      return { jobId, runIds: [runId], paid: [{ invoiceId, totalMinor }] };
    },
  },
  {
    name: 'failed its check and made again',
    template: 'fabrication',
    prints: 2,
    async play(lane) {
      const { id: jobId, parts } = await offer(lane);
      const [params, partId] = [{ jobId }, parts[0]?.id ?? ''];
      await command(lane.customer.call, jobs.approveQuote, { params, body: approval });
      const first = await make(lane, jobId, partId);
      const body = { partId, count: 1, reason: 'layer shift' };
      await command(lane.owner, jobs.failCheck, { params, body });
      const second = await make(lane, jobId, partId);
      await inspected(lane, jobId);
      await command(lane.owner, jobs.passCheck, { params, body: {} });
      await command(lane.owner, jobs.handOver, { params, body: {} });
      const { invoiceId, totalMinor } = await pay(lane, jobId);
      return { jobId, runIds: [first, second], paid: [{ invoiceId, totalMinor }] };
    },
  },
  {
    name: 'declined',
    template: 'fabrication',
    prints: 0,
    async play(lane) {
      const { id: jobId } = await offer(lane);
      const body = { version: 1, reason: 'too dear' };
      await command(lane.customer.call, jobs.declineQuote, { params: { jobId }, body });
      return nothing(jobId);
    },
  },
  {
    name: 'held, resumed and canceled',
    template: 'fabrication',
    prints: 0,
    async play(lane) {
      const { id: jobId } = await offer(lane);
      const params = { jobId };
      await command(lane.owner, jobs.holdJob, { params, body: { reason: 'out of raw material' } });
      await command(lane.owner, jobs.resumeJob, { params, body: {} });
      await command(lane.owner, jobs.cancelJob, { params, body: { reason: 'no material to be had' } });
      return nothing(jobId);
    },
  },
  {
    name: 'ordered at the instant price, paid and made',
    template: 'order',
    prints: 1,
    async play(lane) {
      const jobId = await request(lane, 'order');
      const params = { jobId };
      const { totalMinor: price } = await insist('getPrice', () =>
        lane.customer.call(jobs.getPrice, { params }),
      );
      const body = { totalMinor: price ?? 0, name: 'Cleo Customer' };
      const { parts } = await command(lane.customer.call, lifecycle.placeOrder, { params, body });
      const { invoiceId, totalMinor } = await pay(lane, jobId);
      await command(lane.owner, lifecycle.releaseJob, { params, body: {} });
      const runId = await make(lane, jobId, parts[0]?.id ?? '');
      await command(lane.owner, jobs.handOver, { params, body: {} });
      return { jobId, runIds: [runId], paid: [{ invoiceId, totalMinor }] };
    },
  },
  {
    name: 'a piece by a vendor, approved and picked up',
    template: 'custom',
    prints: 0,
    async play(lane) {
      const jobId = await piece(lane, 'custom');
      const params = { jobId };
      await command(lane.owner, jobs.sendQuote, { params, body: { lines: ring } });
      await command(lane.customer.call, jobs.approveQuote, { params, body: approval });
      return pickedUp(lane, jobId);
    },
  },
  {
    name: 'a repair at the price of the counter',
    template: 'repair',
    prints: 0,
    async play(lane) {
      const jobId = await piece(lane, 'repair');
      const params = { jobId };
      await command(lane.owner, lifecycle.recordPrice, { params, body: { lines: ring } });
      await command(lane.owner, lifecycle.beginWork, { params, body: {} });
      return pickedUp(lane, jobId);
    },
  },
];

async function piece({ owner, customer }: Lane, template: 'custom' | 'repair'): Promise<string> {
  const body = { title: 'Under fire', template, promisedDate, customerId: customer.customerId };
  return (await command(owner, jobs.createJob, { body })).id;
}

async function pickedUp(lane: Lane, jobId: string): Promise<Played> {
  const params = { jobId };
  await command(lane.owner, lifecycle.markReady, { params, body: {} });
  const { invoiceId, totalMinor } = await pay(lane, jobId);
  await command(lane.owner, jobs.handOver, { params, body: { receivedBy: 'Cleo Customer' } });
  return { jobId, runIds: [], paid: [{ invoiceId, totalMinor }] };
}
