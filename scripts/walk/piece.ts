import * as jobs from '#contract/routes/jobs.ts';
import * as lifecycle from '#contract/routes/lifecycle.ts';
import type { JobView } from '#contract/views/job.ts';
import { advanceClock, mailWith, until } from './instance.ts';
import { money, paramsOf, payInvoice, tell, type Stage } from './stage.ts';

const dayMs = 86_400_000;
const vendor = { name: 'Casting House', email: 'casting@vendor.example' };
const ring = [{ name: 'Ring, 14k yellow, 6 mm cushion center', quantity: 1, unitMinor: 185_000 }];
const resize = [{ name: 'Resize by two', quantity: 1, unitMinor: 6500 }];

async function openPiece(
  { shop, customer }: Stage,
  template: 'custom' | 'repair',
  title: string,
): Promise<JobView> {
  const promisedDate = new Date(Date.now() + 365 * dayMs).toISOString().slice(0, 10);
  const body = { title, template, promisedDate, customerId: customer.customerId };
  return shop.owner(jobs.createJob, { body });
}

/** A bespoke ring: a vendor's price, an offer that expires under the moved clock, a new one that is approved, made and picked up. */
export async function walkCustom(stage: Stage): Promise<JobView> {
  const { instance, shop, customer, report } = stage;
  const owner = shop.owner;
  const piece = tell(stage, await openPiece(stage, 'custom', 'Yellow gold engagement ring'));
  const here = paramsOf(piece);
  tell(stage, await owner(lifecycle.askVendor, { ...here, body: { vendor } }), vendor.name);
  const [subject] = await mailWith(instance, vendor.email, /Quote request for .*/);
  report('  mail to the vendor', subject);
  tell(
    stage,
    await owner(lifecycle.recordVendorPrice, { ...here, body: { costMinor: 92_000 } }),
    money(92_000, 'USD'),
  );
  tell(stage, await owner(jobs.sendQuote, { ...here, body: { lines: ring } }), 'version 1');
  await advanceClock(instance, 31 * dayMs);
  const expired = await until('the expiry', async () => {
    const now = await owner(jobs.getJob, here);
    return now.status === 'review' && now;
  });
  tell(stage, expired, 'the offer has expired after 31 days');
  const second = tell(stage, await owner(jobs.sendQuote, { ...here, body: { lines: ring } }), 'version 2');
  const yes = { version: second.quote?.version ?? 0, name: 'Cleo Customer' };
  await customer.call(jobs.approveQuote, { ...here, body: yes });
  tell(stage, await owner(jobs.getJob, here));
  return finish(stage, piece);
}

/** A repair at the counter's price, held for the customer's stone on the way. */
export async function walkRepair(stage: Stage): Promise<JobView> {
  const owner = stage.shop.owner;
  const piece = tell(stage, await openPiece(stage, 'repair', 'Resize a wedding band'));
  const here = paramsOf(piece);
  const priced = await owner(lifecycle.recordPrice, { ...here, body: { lines: resize } });
  tell(stage, priced, `price recorded, ${money(priced.quote?.totalMinor ?? 0, 'USD')}`);
  tell(stage, await owner(lifecycle.beginWork, { ...here, body: {} }));
  const held = await owner(jobs.holdJob, { ...here, body: { reason: 'waits for the stone' } });
  tell(stage, held, 'waits for the stone');
  tell(stage, await owner(jobs.resumeJob, { ...here, body: {} }), 'taken off hold');
  return finish(stage, piece);
}

async function finish(stage: Stage, piece: JobView): Promise<JobView> {
  const owner = stage.shop.owner;
  const here = paramsOf(piece);
  tell(stage, await owner(lifecycle.markReady, { ...here, body: {} }));
  await payInvoice(stage, piece);
  return tell(
    stage,
    await owner(jobs.handOver, { ...here, body: { receivedBy: 'Cleo Customer' } }),
    'signed for',
  );
}
