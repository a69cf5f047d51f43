import * as jobs from '#contract/routes/jobs.ts';
import * as lifecycle from '#contract/routes/lifecycle.ts';
import type { JobView } from '#contract/views/job.ts';
import type { ModelFile } from './request.ts';
import { draftOf, money, paramsOf, payInvoice, print, tell, type RefusedFile, type Stage } from './stage.ts';

/** A firm offer that is declined, then an order at the instant price: held, backed by a purchase order, made, shipped, paid. */
export async function walkOrder(stage: Stage, model: ModelFile): Promise<JobView | RefusedFile> {
  const { shop, customer, report } = stage;
  const owner = shop.owner;
  const draft = await draftOf(stage, 'order', model);
  if ('refused' in draft) return draft;
  const first = paramsOf(draft);
  await customer.call(jobs.submitJob, { ...first, body: {} });
  tell(stage, await owner(jobs.getJob, first));
  const offered = tell(stage, await owner(jobs.sendQuote, { ...first, body: {} }));
  const no = { version: offered.quote?.version ?? 0, reason: 'too dear' };
  await customer.call(jobs.declineQuote, { ...first, body: no });
  tell(stage, await owner(jobs.getJob, first), 'declined: too dear');

  const again = await draftOf(stage, 'order', model);
  if ('refused' in again) return again;
  const here = paramsOf(again);
  const { totalMinor, currency } = await customer.call(jobs.getPrice, here);
  const body = { totalMinor: totalMinor ?? 0, name: 'Cleo Customer' };
  await customer.call(lifecycle.placeOrder, { ...here, body });
  tell(stage, await owner(jobs.getJob, here), money(body.totalMinor, currency));
  const held = await owner(jobs.holdJob, { ...here, body: { reason: 'out of raw material' } });
  tell(stage, held, 'out of raw material');
  tell(stage, await owner(jobs.resumeJob, { ...here, body: {} }), 'taken off hold');
  await customer.call(lifecycle.providePurchaseOrder, { ...here, body: { number: 'PO-4711' } });
  tell(stage, await owner(jobs.getJob, here), 'PO-4711');
  const free = tell(stage, await owner(lifecycle.releaseJob, { ...here, body: {} }));
  await print(stage, free);
  tell(stage, await owner(jobs.handOver, { ...here, body: {} }));
  tell(stage, await owner(lifecycle.callPaymentDue, { ...here, body: {} }), 'purchase order');
  await payInvoice(stage, again);
  report('Delivered', 'and paid');
  return owner(jobs.getJob, here);
}
