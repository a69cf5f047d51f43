import { openCheckout } from '#contract/routes/billing.ts';
import { confirmBedClear, listMachines } from '#contract/routes/farm.ts';
import * as jobs from '#contract/routes/jobs.ts';
import { getPriceBook } from '#contract/routes/shops.ts';
import type { MachineView } from '#contract/routes/farm.ts';
import type { TemplateName } from '#domain/job/job.ts';
import type { JobView } from '#contract/views/job.ts';
import { addPrinter, connectAgent, type RunningAgent } from './farm.ts';
import { payAtCheckout } from './checkout.ts';
import { until, type Instance } from './instance.ts';
import {
  allowInstantOrders,
  openShop,
  signInCustomer,
  type OpenShop,
  type SignedInCustomer,
} from './people.ts';
import { requestWithFile, type ModelFile } from './request.ts';

/** Called with every stage reached: its name and figures for a person to read. */
export type Report = (stage: string, figures?: string) => void;

/** The file can not be made. */
export interface RefusedFile {
  refused: string[];
}

/** A shop with a printer and its agent, and a customer: where the walks take place. */
export interface Stage {
  instance: Instance;
  shop: OpenShop;
  customer: SignedInCustomer;
  printer: MachineView;
  report: Report;
}

export const money = (minor: number, currency: string): string =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).format(minor / 100);

export const paramsOf = ({ id }: Pick<JobView, 'id'>) => ({ params: { jobId: id } });

/** Opens a shop, its printer and its agent, and signs a customer in. */
export async function openStage(
  instance: Instance,
  report: Report,
  farm: { dataDir: string; speed: number; onAgent?: (agent: RunningAgent) => void },
): Promise<Stage> {
  const shop = await openShop(instance, 'Demo Print Farm');
  report('shop opened', `/p/${shop.slug}`);
  await allowInstantOrders(shop.owner);
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
  return { instance, shop, customer, printer, report };
}

/** A draft with one checked and priced part of the model. */
export async function draftOf(
  { customer, report }: Stage,
  template: TemplateName,
  model: ModelFile,
): Promise<JobView | RefusedFile> {
  const { job, file } = await requestWithFile(customer.call, `Demo ${template}`, model, template);
  const geometry = file.report;
  if (file.state === 'refused' || !geometry)
    return { refused: geometry?.problems.map((problem) => problem.message) ?? ['The file was refused.'] };
  const measures =
    geometry.kind === 'mesh'
      ? `${geometry.triangles} triangles, ${(geometry.volumeMm3 / 1000).toFixed(2)} cm3`
      : geometry.format;
  report('file checked', `${measures}, ${geometry.verdict}`);
  await customer.call(jobs.addPart, {
    ...paramsOf(job),
    body: { fileId: file.id, materialId: 'pla', finishId: 'as-printed', quantity: 1 },
  });
  const price = await customer.call(jobs.getPrice, paramsOf(job));
  const estimate = price.lines[0]?.estimate;
  report(
    'priced',
    `${money(price.totalMinor ?? 0, price.currency)}, ${((estimate?.printSeconds ?? 0) / 3600).toFixed(2)} h, ${estimate?.materialGrams ?? 0} g`,
  );
  return customer.call(jobs.getJob, paramsOf(job));
}

/** Tells the status as the shop reads it. */
export function tell({ report }: Stage, job: JobView, figures?: string): JobView {
  report(job.statusLabel, figures);
  return job;
}

/** Prints the part on the stage's printer and waits until the workflow has moved the job on by itself. */
export async function print(stage: Stage, job: JobView): Promise<JobView> {
  const { shop, printer, report } = stage;
  const body = { partId: job.parts[0]?.id ?? '', machineId: printer.id, quantity: 1 };
  tell(stage, await shop.owner(jobs.startRun, { ...paramsOf(job), body }));
  let told = -1;
  const made = await until(
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
      const now = await shop.owner(jobs.getJob, paramsOf(job));
      return now.status !== 'in_production' && now;
    },
    60,
  );
  await shop.owner(confirmBedClear, { params: { machineId: printer.id } });
  return tell(stage, made);
}

/** The job's invoice, once it is issued. */
export async function untilInvoiced({ customer }: Stage, job: JobView): Promise<string> {
  return until('the invoice', async () => (await customer.call(jobs.getJob, paramsOf(job))).invoiceId);
}

/** Pays the job's invoice on the payment page and waits for the books. */
export async function payInvoice(stage: Stage, job: JobView): Promise<JobView> {
  const { customer, shop, report } = stage;
  const invoiceId = await untilInvoiced(stage, job);
  const { url } = await customer.call(openCheckout, { params: { invoiceId }, body: { returnPath: '/' } });
  await payAtCheckout(url);
  const paid = await until('the payment', async () => {
    const now = await shop.owner(jobs.getJob, paramsOf(job));
    return now.payment === 'paid' && now;
  });
  report('paid', 'signed webhook');
  return paid;
}
