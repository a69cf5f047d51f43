import { randomUUID } from 'node:crypto';
import { ProblemError, type Call, type CallInput } from '#contract/client.ts';
import type { OutOf, Route } from '#contract/route.ts';
import { getInvoice, openCheckout } from '#contract/routes/billing.ts';
import { confirmBedClear } from '#contract/routes/farm.ts';
import * as jobs from '#contract/routes/jobs.ts';
import type { JobView } from '#contract/views/job.ts';
import type { Instance } from '../../scripts/walk/instance.ts';
import type { SignedInCustomer } from '../../scripts/walk/people.ts';
import { postForm, type ModelFile } from '../../scripts/walk/request.ts';
import { listChecklists, recordInspection } from '#contract/routes/quality.ts';
import { fullMarks } from '../../scripts/walk/quality.ts';

const patienceMs = 200_000;
const pauseMs = 100;

/** What a lane works with: its own customer and its own printer. */
export interface Lane {
  instance: Instance;
  owner: Call;
  customer: SignedInCustomer;
  machineId: string;
  model: ModelFile;
}

/** An order that was brought to its end; every command of it was acknowledged. */
export interface DoneOrder {
  jobId: string;
  invoiceNumber: string;
  invoiceId: string;
  totalMinor: number;
  runId: string;
}

/** The answer of somebody who is alive; until then the same request again. Refusals are answers. */
async function insist<T>(what: string, ask: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      const answered = error instanceof ProblemError && error.problem !== undefined && error.status < 500;
      if (answered || Date.now() > deadline)
        throw new Error(`${what}: ${error instanceof Error ? error.message : String(error)}`, {
          cause: error,
        });
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
}

/** One intention: one Idempotency-Key, however often it has to be sent. */
export const command = <R extends Route>(call: Call, route: R, input: CallInput<R>): Promise<OutOf<R>> => {
  const idempotencyKey = randomUUID();
  return insist(route.id, () => call(route, { ...input, idempotencyKey }));
};

async function reach(
  call: Call,
  jobId: string,
  what: string,
  is: (job: JobView) => boolean,
): Promise<JobView> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const job = await insist('getJob', () => call(jobs.getJob, { params: { jobId } }));
    if (is(job)) return job;
    if (Date.now() > deadline)
      throw new Error(
        `${what} of ${jobId} does not come: ${job.status}, ${JSON.stringify([job.runs, job.files])}`,
      );
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

/** A request with one checked part, quoted and waiting for its customer. */
export async function offer({ owner, customer, model }: Lane): Promise<JobView> {
  const { id: jobId } = await command(customer.call, jobs.createJob, { body: { title: 'Under fire' } });
  const params = { jobId };
  const { file, upload } = await command(customer.call, jobs.createFile, {
    params,
    body: { name: model.name, bytes: model.content.length },
  });
  await insist('upload', async () => {
    const status = await postForm(upload, model.content);
    if (status !== 204) throw new Error(`The store answered ${status}`);
  });
  await reach(customer.call, jobId, 'the check', ({ files }) => files[0]?.state === 'checked');
  await command(customer.call, jobs.addPart, {
    params,
    body: { fileId: file.id, materialId: 'pla', finishId: 'as-printed', quantity: 1 },
  });
  await command(customer.call, jobs.submitJob, { params, body: {} });
  return command(owner, jobs.sendQuote, { params, body: {} });
}

/** An order through every stage, from request to paid. */
export async function bringToEnd(lane: Lane): Promise<DoneOrder> {
  const { owner, customer, machineId } = lane;
  const { id: jobId, parts } = await offer(lane);
  const params = { jobId };
  await command(customer.call, jobs.approveQuote, { params, body: { version: 1, name: 'Cleo' } });
  const partId = parts[0]?.id ?? '';
  const { runs } = await command(owner, jobs.startRun, { params, body: { partId, machineId, quantity: 1 } });
  await reach(owner, jobId, 'the finish', ({ status }) => status === 'quality_check');
  await command(owner, confirmBedClear, { params: { machineId } });
  const { checklists } = await insist('listChecklists', () => owner(listChecklists, {}));
  const list = checklists.find(({ id }) => id === 'fdm');
  if (!list) throw new Error('There is no list for filament printing');
  await command(owner, recordInspection, { params, body: fullMarks(list) });
  await command(owner, jobs.passCheck, { params, body: {} });
  await command(owner, jobs.handOver, { params, body: {} });
  const { invoiceId = '' } = await reach(owner, jobId, 'the invoice', (job) => job.invoiceId !== undefined);
  const billed = { invoiceId };
  const { url } = await command(customer.call, openCheckout, { params: billed, body: { returnPath: '/' } });
  await insist('payment', () => payOnce(url));
  await reach(customer.call, jobId, 'the payment', ({ payment }) => payment === 'paid');
  const { number, totalMinor } = await insist('getInvoice', () =>
    customer.call(getInvoice, { params: billed }),
  );
  return { jobId, invoiceId, invoiceNumber: number, totalMinor, runId: runs[0]?.id ?? '' };
}

/** Pays at the provider's page; a page that says it is paid was paid by the try whose answer got lost. */
async function payOnce(url: string): Promise<void> {
  const { origin, pathname } = new URL(url);
  const response = await fetch(`${origin}/_sim/checkout/${pathname.split('/').at(-1) ?? ''}/pay`, {
    method: 'POST',
    body: JSON.stringify({ card: '4242424242424242' }),
  });
  const answer = (await response.json()) as { outcome?: string; status?: string };
  if (answer.outcome !== 'succeeded' && answer.status !== 'complete')
    throw new Error(`The page answered ${response.status}: ${JSON.stringify(answer)}`);
}
