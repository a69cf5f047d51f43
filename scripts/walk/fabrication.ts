import { getInvoice } from '#contract/routes/billing.ts';
import * as jobs from '#contract/routes/jobs.ts';
import type { JobView } from '#contract/views/job.ts';
import { callerOf, mailWith } from './instance.ts';
import type { ModelFile } from './request.ts';
import {
  draftOf,
  money,
  paramsOf,
  payInvoice,
  print,
  tell,
  untilInvoiced,
  type RefusedFile,
  type Stage,
} from './stage.ts';
import { inspectAndPass } from './quality.ts';

/** A request through every stage, with a failed check and its rework, each step by its own actor's command over HTTP. */
export async function walkFabrication(stage: Stage, model: ModelFile): Promise<JobView | RefusedFile> {
  const { instance, shop, customer, report } = stage;
  const draft = await draftOf(stage, 'fabrication', model);
  if ('refused' in draft) return draft;
  const here = paramsOf(draft);
  const owner = shop.owner;
  await customer.call(jobs.submitJob, { ...here, body: {} });
  tell(stage, await owner(jobs.getJob, here));
  tell(stage, await owner(jobs.startQuoting, { ...here, body: {} }));
  const quoted = await owner(jobs.sendQuote, { ...here, body: { message: 'Thank you for your request.' } });
  const version = quoted.quote?.version ?? 0;
  tell(
    stage,
    quoted,
    `version ${version}, ${money(quoted.quote?.totalMinor ?? 0, quoted.quote?.currency ?? 'USD')}`,
  );

  const [, secret = ''] = await mailWith(instance, customer.email, /Review and approve: \S+#link=(\S+)/);
  const byLink = callerOf(instance, { kind: 'link', secret });
  await byLink(jobs.approveQuote, { ...here, body: { version, name: 'Cleo Customer' } });
  const scheduled = tell(stage, await owner(jobs.getJob, here), 'approved by the mailed link');

  await print(stage, scheduled);
  const partId = quoted.parts[0]?.id ?? '';
  const failed = await owner(jobs.failCheck, { ...here, body: { partId, count: 1, reason: 'layer shift' } });
  report('failed its check', 'layer shift');
  await print(stage, failed);
  tell(stage, await inspectAndPass(owner, here.params.jobId));
  const done = await owner(jobs.handOver, { ...here, body: {} });
  const invoiceId = await untilInvoiced(stage, done);
  const invoice = await byLink(getInvoice, { params: { invoiceId } });
  report('invoiced', `${invoice.number}, ${money(invoice.totalMinor, invoice.currency)}`);
  return tell(stage, await payInvoice(stage, done));
}
