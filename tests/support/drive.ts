import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Call } from '#contract/client.ts';
import * as jobs from '#contract/routes/jobs.ts';
import type { TemplateName } from '#domain/job/job.ts';
import type { JobView } from '#contract/views/job.ts';
import { postForm, type ModelFile } from '../../scripts/walk/request.ts';
import { until } from '../../scripts/walk/instance.ts';
import { produce, type ShopFloor } from './shop-floor.ts';
import { inspectAndPass } from '../../scripts/walk/quality.ts';

/** The main road of the fabrication template. */
export const road = [
  'draft',
  'review',
  'quoting',
  'quoted',
  'ready_to_make',
  'in_production',
  'post_production',
  'quality_check',
  'ready',
  'completed',
] as const;
export type Milestone = (typeof road)[number];

export interface People {
  owner: Call;
  customer: Call;
  floor: ShopFloor;
}

export interface Wish {
  title: string;
  template?: TemplateName;
  delivery?: 'pickup' | 'shipping';
  quantity?: number;
  /** A finish by hand makes the job pass through post_production. */
  byHand?: boolean;
}

const root = join(import.meta.dirname, '..', '..');
const modelOf = (path: string, name: string): ModelFile => ({
  name,
  content: new Uint8Array(readFileSync(join(root, 'tests', 'models', path))),
});
/** A 20 mm cube: sound, and checked in milliseconds. */
export const cube = modelOf('sound/calib-cube20.stl', 'cube.stl');
/** A part with 25 holes that can be closed. */
export const holed = modelOf('broken/holes25.stl', 'holed.stl');

/** A drawing of one square, on one layer. */
export const square: ModelFile = {
  name: 'square.svg',
  content: Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg" width="40mm" height="40mm" viewBox="0 0 40 40">' +
      '<rect x="5" y="5" width="30" height="30" fill="none" stroke="red"/></svg>',
  ),
};

/** Opens a request with one checked file and one part, each step by its own actor over HTTP. */
export async function openDraft({ customer }: Pick<People, 'customer'>, wish: Wish): Promise<JobView> {
  const { title, template = 'fabrication', delivery = 'pickup', quantity = 1, byHand = false } = wish;
  const { id: jobId } = await customer(jobs.createJob, { body: { title, template, delivery } });
  const params = { jobId };
  const file = await addFile(customer, jobId, cube);
  const finishId = byHand ? 'sanded' : 'as-printed';
  await customer(jobs.addPart, { params, body: { fileId: file.id, materialId: 'pla', finishId, quantity } });
  return customer(jobs.getJob, { params });
}

/** Adds a file to a draft and waits for its check. */
export async function addFile(
  customer: Call,
  jobId: string,
  { name, content }: ModelFile,
): Promise<JobView['files'][number]> {
  const params = { jobId };
  const { file, upload } = await customer(jobs.createFile, {
    params,
    body: { name, bytes: content.length },
  });
  const stored = await postForm(upload, content);
  if (stored !== 204) throw new Error(`The store answered ${stored} to the upload`);
  return until(`the check of ${name}`, async () => {
    const { files } = await customer(jobs.getJob, { params });
    return files.find((each) => each.id === file.id && each.state === 'checked');
  });
}

/** Opens a bespoke piece or a repair, as a member of the shop does at the counter. */
export const openPiece = (
  owner: Call,
  wish: { title: string; template: 'custom' | 'repair'; customerId: string; promisedDate: string },
): Promise<JobView> => owner(jobs.createJob, { body: wish });

/** Opens a request and takes it along the road as far as wished. */
export async function driveTo(people: People, goal: Milestone, wish: Wish): Promise<JobView> {
  const draft = await openDraft(people, wish);
  return driveOn(people, draft, goal);
}

/** Takes a job on from where it stands. */
export async function driveOn(people: People, from: JobView, goal: Milestone): Promise<JobView> {
  const milestoneOf = ({ status }: JobView): Milestone =>
    status.startsWith('ready_for') ? 'ready' : (status as Milestone);
  let job = from;
  while (road.indexOf(milestoneOf(job)) < road.indexOf(goal)) job = await nextStep(people, job);
  return job;
}

async function nextStep({ owner, customer, floor }: People, job: JobView): Promise<JobView> {
  const params = { jobId: job.id };
  switch (job.status) {
    case 'draft':
      return customer(jobs.submitJob, { params, body: {} });
    case 'review':
      return owner(jobs.startQuoting, { params, body: {} });
    case 'quoting':
      return owner(jobs.sendQuote, { params, body: {} });
    case 'quoted': {
      const body = { version: job.quote?.version ?? 0, name: 'Cleo Customer' };
      return customer(jobs.approveQuote, { params, body });
    }
    case 'ready_to_make':
    case 'in_production':
      return produce(floor, owner, job.id);
    case 'post_production':
      return owner(jobs.finishProduction, { params, body: {} });
    case 'quality_check':
      return inspectAndPass(owner, job.id);
    case 'ready_for_pickup':
      return owner(jobs.handOver, { params, body: {} });
    case 'ready_for_shipping':
      return owner(jobs.confirmDelivery, { params, body: {} });
    default:
      throw new Error(`No road leads on from ${job.status}`);
  }
}
