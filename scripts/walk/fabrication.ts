import { callerOf, mailWith, until, type Instance } from './instance.ts';
import { addPrinter, connectAgent, type RunningAgent } from './farm.ts';
import { openShop, signInCustomer } from './people.ts';
import { requestWithFile, type ModelFile } from './request.ts';
import { getInvoice, openCheckout } from '#contract/routes/billing.ts';
import { confirmBedClear, listMachines } from '#contract/routes/farm.ts';
import * as jobs from '#contract/routes/jobs.ts';
import { getPriceBook } from '#contract/routes/shops.ts';
import type { JobView } from '#contract/views/job.ts';

/** Called with every stage reached: its name and figures for a person to read. */
export type Report = (stage: string, figures?: string) => void;

export type WalkEnd = { refused: string[] } | { delivered: JobView };

const money = (minor: number, currency: string) =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).format(minor / 100);

/** One job through every stage of the fabrication template, each step by its own actor's command over HTTP. */
export async function walkFabrication(
  instance: Instance,
  model: ModelFile,
  report: Report,
  farm: { dataDir: string; speed: number; onAgent?: (agent: RunningAgent) => void },
): Promise<WalkEnd> {
  const shop = await openShop(instance, 'Demo Print Farm');
  report('shop opened', `/p/${shop.slug}`);
  const book = await shop.owner(getPriceBook, {});
  const printer = await addPrinter(shop.owner);
  report(
    'price book and printer',
    `version ${book.version}, ${book.materials.length} materials; ${printer.name}`,
  );
  const agent = await connectAgent(instance, shop.owner, [printer.id], farm.dataDir, farm);
  farm.onAgent?.(agent);
  report('agent connected', 'own key, mTLS');

  const customer = await signInCustomer(instance, shop.slug);
  report('customer signed in', 'code by mail');
  const { job: draft, file } = await requestWithFile(customer.call, 'Demo order', model);
  const jobId = draft.id;
  const geometry = file.report;
  if (file.state === 'refused' || !geometry)
    return { refused: geometry?.problems.map((problem) => problem.message) ?? ['The file was refused.'] };
  const measures =
    geometry.kind === 'mesh'
      ? `${geometry.triangles} triangles, ${(geometry.volumeMm3 / 1000).toFixed(2)} cm3`
      : geometry.format;
  report('file checked', `${measures}, ${geometry.verdict}`);

  const params = { jobId };
  await customer.call(jobs.addPart, {
    params,
    body: { fileId: file.id, materialId: 'pla', finishId: 'as-printed', quantity: 1 },
  });
  const price = await customer.call(jobs.getPrice, { params });
  const estimate = price.lines[0]?.estimate;
  report(
    'priced',
    `${money(price.totalMinor ?? 0, price.currency)}, ${((estimate?.printSeconds ?? 0) / 3600).toFixed(2)} h, ${estimate?.materialGrams ?? 0} g`,
  );

  await customer.call(jobs.submitJob, { params, body: {} });
  report('Pending Review');
  await shop.owner(jobs.startQuoting, { params, body: {} });
  report('In quoting');
  const quoted = await shop.owner(jobs.sendQuote, {
    params,
    body: { message: 'Thank you for your request.' },
  });
  report(
    'Quoted',
    `version ${quoted.quote?.version ?? 0}, ${money(quoted.quote?.totalMinor ?? 0, quoted.quote?.currency ?? 'USD')}`,
  );

  const [, secret = ''] = await mailWith(instance, customer.email, /Review and approve: \S+#link=(\S+)/);
  const byLink = callerOf(instance, { kind: 'link', secret });
  await byLink(jobs.approveQuote, {
    params,
    body: { version: quoted.quote?.version ?? 0, name: 'Cleo Customer' },
  });
  report('Scheduled', 'approved by the mailed link');

  const partId = quoted.parts[0]?.id ?? '';
  const print = async () => {
    await shop.owner(jobs.startRun, { params, body: { partId, machineId: printer.id, quantity: 1 } });
    report('In Production');
    let told = -1;
    await until(
      'the end of the print',
      async () => {
        const [machine] = (await shop.owner(listMachines, {})).machines;
        const live = machine?.live;
        const percent = Math.floor((live?.percent ?? 0) / 25) * 25;
        if (live?.state === 'printing' && percent > told) {
          told = percent;
          report(
            '  printing',
            `${live.percent?.toFixed(0)} %, nozzle ${live.temperaturesC?.nozzle.toFixed(0)} C, bed ${live.temperaturesC?.bed.toFixed(0)} C`,
          );
        }
        return (await shop.owner(jobs.getJob, { params })).status === 'quality_check';
      },
      40,
    );
    await shop.owner(confirmBedClear, { params: { machineId: printer.id } });
  };
  await print();
  report('Quality Check');
  await shop.owner(jobs.failCheck, { params, body: { partId, count: 1, reason: 'layer shift' } });
  report('In Production (rework 1)', 'failed its check: layer shift');
  await print();
  report('Quality Check');
  await shop.owner(jobs.passCheck, { params, body: {} });
  report('Ready for Pickup');
  await shop.owner(jobs.handOver, { params, body: {} });
  report('handed over');

  const invoiced = await until('the invoice', async () => {
    const job = await byLink(jobs.getJob, { params });
    return job.invoiceId !== undefined && job;
  });
  const invoiceParams = { invoiceId: invoiced.invoiceId ?? '' };
  const invoice = await byLink(getInvoice, { params: invoiceParams });
  report('invoiced', `${invoice.number}, ${money(invoice.totalMinor, invoice.currency)}`);
  const { url } = await byLink(openCheckout, { params: invoiceParams, body: { returnPath: '/' } });
  await payAtCheckout(url);
  const delivered = await until('the payment', async () => {
    const job = await byLink(jobs.getJob, { params });
    return job.payment === 'paid' && job;
  });
  report('paid', 'signed webhook');
  report('Completed');
  return { delivered };
}

/** Pays on the payment simulator's page without a browser. */
export async function payAtCheckout(url: string, card = '4242424242424242'): Promise<void> {
  const { origin, pathname } = new URL(url);
  const session = pathname.split('/').at(-1) ?? '';
  const response = await fetch(`${origin}/_sim/checkout/${session}/pay`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ card }),
  });
  if (!response.ok) throw new Error(`The payment page answered ${response.status}: ${await response.text()}`);
}
