import { randomUUID } from 'node:crypto';
import { ProblemError, type Call, type CallInput } from '#contract/client.ts';
import type { OutOf, Route } from '#contract/route.ts';
import { getInvoice, openCheckout } from '#contract/routes/billing.ts';
import { confirmBedClear } from '#contract/routes/farm.ts';
import * as jobs from '#contract/routes/jobs.ts';
import type { TemplateName } from '#domain/job/job.ts';
import type { JobView } from '#contract/views/job.ts';
import type { Instance } from '../../scripts/walk/instance.ts';
import type { SignedInCustomer } from '../../scripts/walk/people.ts';
import { postForm, type ModelFile } from '../../scripts/walk/request.ts';
import { listChecklists, recordInspection } from '#contract/routes/quality.ts';
import { fullMarks } from '../../scripts/walk/quality.ts';

/** Executions are lost every few seconds of a storm; what is asked is that a job gets there, not when. */
const patienceMs = 600_000;
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
export async function insist<T>(what: string, ask: () => Promise<T>): Promise<T> {
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

/** A caller whose line loses answers and says things twice: now and then it repeats a command after its answer, or beside it. */
export const stuttering =
  (call: Call, random: () => number): Call =>
  async (route, input) => {
    const chance = input.idempotencyKey === undefined ? 1 : random();
    if (chance < 0.05) await call(route, input);
    if (chance >= 0.05 && chance < 0.1)
      return (await Promise.all([call(route, input), call(route, input)]))[1];
    return call(route, input);
  };

/** Waits until the job is so. */
export async function reach(
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
export async function offer(lane: Lane): Promise<JobView> {
  const params = { jobId: await request(lane, 'fabrication') };
  await command(lane.customer.call, jobs.submitJob, { params, body: {} });
  return command(lane.owner, jobs.sendQuote, { params, body: {} });
}

/** A draft with one checked part. */
export async function request({ customer, model }: Lane, template: TemplateName): Promise<string> {
  const body = { title: 'Under fire', template };
  const { id: jobId } = await command(customer.call, jobs.createJob, { body });
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
  return jobId;
}

/** An order through every stage, from request to paid. */
export async function bringToEnd(lane: Lane): Promise<DoneOrder> {
  const { owner, customer } = lane;
  const { id: jobId, parts } = await offer(lane);
  const params = { jobId };
  await command(customer.call, jobs.approveQuote, { params, body: { version: 1, name: 'Cleo' } });
  const runId = await make(lane, jobId, parts[0]?.id ?? '');
  await inspected(lane, jobId);
  await command(owner, jobs.passCheck, { params, body: {} });
  await command(owner, jobs.handOver, { params, body: {} });
  return { jobId, runId, ...(await pay(lane, jobId)) };
}

/** Looks at the printed piece; nothing is wrong with it. */
export async function inspected({ owner }: Lane, jobId: string): Promise<void> {
  const { checklists } = await insist('listChecklists', () => owner(listChecklists, {}));
  const list = checklists.find(({ id }) => id === 'fdm');
  if (!list) throw new Error('There is no list for filament printing');
  await command(owner, recordInspection, { params: { jobId }, body: fullMarks(list) });
}

/** Prints one piece on the lane's printer and takes it off; answers with the run. */
export async function make({ owner, machineId }: Lane, jobId: string, partId: string): Promise<string> {
  const params = { jobId };
  const before = await insist('getJob', () => owner(jobs.getJob, { params }));
  const known = new Set(before.runs.map(({ id }) => id));
  const body = { partId, machineId, quantity: 1 };
  const { runs } = await command(owner, jobs.startRun, { params, body });
  const runId = runs.find(({ id }) => !known.has(id))?.id ?? '';
  const isDone = ({ status, runs: now }: JobView) =>
    status !== 'in_production' && now.some(({ id, state }) => id === runId && state === 'finished');
  await reach(owner, jobId, 'the finish', isDone);
  await command(owner, confirmBedClear, { params: { machineId } });
  return runId;
}

/** Pays the job's invoice at the provider's page and waits for the books. */
export async function pay(
  { owner, customer }: Lane,
  jobId: string,
): Promise<Pick<DoneOrder, 'invoiceId' | 'invoiceNumber' | 'totalMinor'>> {
  const { invoiceId = '' } = await reach(owner, jobId, 'the invoice', (job) => job.invoiceId !== undefined);
  const billed = { invoiceId };
  const { url } = await command(customer.call, openCheckout, { params: billed, body: { returnPath: '/' } });
  await insist('payment', () => payOnce(url));
  await reach(customer.call, jobId, 'the payment', ({ payment }) => payment === 'paid');
  const { number, totalMinor } = await insist('getInvoice', () =>
    customer.call(getInvoice, { params: billed }),
  );
  return { invoiceId, invoiceNumber: number, totalMinor };
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
