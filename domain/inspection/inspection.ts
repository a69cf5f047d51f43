import type { Job, Status } from '../job/job.ts';
import { refuse, type Refusal } from '../refusal.ts';
import type { Checklist, ChecklistItem, Tolerance } from './checklist.ts';

export const itemResults = ['pass', 'fail', 'na'] as const;
export type ItemResult = (typeof itemResults)[number];

/** An inspector's word on one item. A measured item is judged by its figures; the result may be left out. */
export interface Answer {
  itemId: string;
  result?: ItemResult | undefined;
  nominal?: number | undefined;
  measured?: number | undefined;
  note?: string | undefined;
  /** Photos of the job that show it. */
  photoIds?: readonly string[] | undefined;
}

export interface InspectedItem {
  itemId: string;
  /** As the list said it then. */
  label: string;
  result: ItemResult;
  measurement?: { nominal: number; measured: number; tolerance: Tolerance };
  note?: string;
  photoIds?: string[];
}

/** One look at a job by one list. Never edited: the next look is another inspection. */
export interface Inspection {
  id: string;
  jobId: string;
  checklistId: Checklist['id'];
  checklistVersion: number;
  /** 1 is the first look at this job by this list. */
  attempt: number;
  reworkCycle: number;
  items: InspectedItem[];
  outcome: 'pass' | 'fail';
  inspector: { personId: string; name: string };
  note?: string;
  at: string;
}

export const inspectionEventTypes = ['inspection.recorded'] as const;

/** There is something to look at. */
const inspectable: readonly Status[] = [
  'in_production',
  'post_production',
  'quality_check',
  'ready_for_pickup',
  'ready_for_shipping',
];

export interface InspectionBasis {
  id: string;
  job: Pick<Job, 'id' | 'status' | 'reworkCycle'>;
  checklist: Checklist;
  /** Inspections of this job by this list so far. */
  earlier: number;
  /** Photos that the job has. */
  photoIds: readonly string[];
  answers: readonly Answer[];
  inspector: Inspection['inspector'];
  note?: string | undefined;
}

/** The inspection, or what is missing from it: every item is answered once, a failure says what is wrong. */
export function recordInspection(basis: InspectionBasis, now: string): Inspection | Refusal {
  const { id, job, checklist, earlier, photoIds, answers, inspector, note } = basis;
  if (!inspectable.includes(job.status))
    return refuse(
      'not_allowed_now',
      'There is nothing to inspect: the job is not in production yet, or is over.',
    );
  if (checklist.items.length === 0)
    return refuse('not_ready', `The list "${checklist.name}" has nothing to look at.`, 'checklistId');
  const unknown = answers.find(({ itemId }) => !checklist.items.some((item) => item.id === itemId));
  if (unknown)
    return refuse(
      'invalid',
      `The list "${checklist.name}" has no item "${unknown.itemId}". Load it again.`,
      'items',
    );
  const items: InspectedItem[] = [];
  for (const item of checklist.items) {
    const given = answers.filter(({ itemId }) => itemId === item.id);
    const [answer] = given;
    if (!answer || given.length > 1)
      return refuse(
        'invalid',
        `Answer "${item.label}" once: pass, fail or not applicable.`,
        `items.${item.id}`,
      );
    if (answer.photoIds?.some((photoId) => !photoIds.includes(photoId)))
      return refuse('invalid', `The job has no such photo of "${item.label}".`, `items.${item.id}`);
    const judged = judge(item, answer);
    if ('refused' in judged) return judged;
    items.push(judged);
  }
  return {
    id,
    jobId: job.id,
    checklistId: checklist.id,
    checklistVersion: checklist.version,
    attempt: earlier + 1,
    reworkCycle: job.reworkCycle,
    items,
    outcome: items.some(({ result }) => result === 'fail') ? 'fail' : 'pass',
    inspector,
    ...(note ? { note } : {}),
    at: now,
  };
}

/** Off by at most the larger of the absolute and the relative bound; the bound itself is good. */
export function isWithin({ absolute, percent = 0 }: Tolerance, nominal: number, measured: number): boolean {
  const bound = Math.max(absolute, (Math.abs(nominal) * percent) / 100);
  // Decimal readings have binary tails: 20.2 - 20 is a little more than 0.2.
  return Math.abs(measured - nominal) <= bound + 1e-9 * Math.max(1, Math.abs(nominal));
}

function judge(item: ChecklistItem, answer: Answer): InspectedItem | Refusal {
  const { nominal, measured } = answer;
  const field = `items.${item.id}`;
  const photoIds = [...(answer.photoIds ?? [])];
  const told = {
    itemId: item.id,
    label: item.label,
    ...(answer.note ? { note: answer.note } : {}),
    ...(photoIds.length > 0 ? { photoIds } : {}),
  };
  if (item.required && answer.result === 'na')
    return refuse('invalid', `"${item.label}" is looked at on every job: pass or fail.`, field);
  if (item.photo && answer.result !== 'na' && photoIds.length === 0)
    return refuse('invalid', `Take a photo of "${item.label}".`, field);
  if (!item.tolerance || answer.result === 'na') {
    if (answer.result === undefined)
      return refuse('invalid', `Answer "${item.label}": pass, fail or not applicable.`, field);
    if (answer.result === 'fail' && !answer.note)
      return refuse('invalid', `Say what is wrong with "${item.label}".`, field);
    return { ...told, result: answer.result };
  }
  if (
    nominal === undefined ||
    measured === undefined ||
    !Number.isFinite(nominal) ||
    !Number.isFinite(measured)
  )
    return refuse('invalid', `"${item.label}" needs the wanted and the measured value.`, field);
  const result = isWithin(item.tolerance, nominal, measured) ? 'pass' : 'fail';
  if (answer.result !== undefined && answer.result !== result)
    return refuse('invalid', `By its figures "${item.label}" is a ${result}, not a ${answer.result}.`, field);
  return { ...told, result, measurement: { nominal, measured, tolerance: item.tolerance } };
}

/** How many first looks passed in one month. */
export interface YieldPeriod {
  /** `YYYY-MM` in the shop's zone. */
  month: string;
  inspected: number;
  passed: number;
  /** 0 to 100, to one decimal. */
  percent: number;
}

/** First-pass yield over time (CO-52): of the first inspections of a month those that passed. Months without any are left out. */
export function firstPassYield(
  inspections: readonly Pick<Inspection, 'attempt' | 'outcome' | 'at'>[],
  timeZone: string,
): YieldPeriod[] {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit' });
  const months = new Map<string, { inspected: number; passed: number }>();
  for (const { attempt, outcome, at } of inspections) {
    if (attempt !== 1) continue;
    const month = parts.format(new Date(at)).slice(0, 7);
    const { inspected, passed } = months.get(month) ?? { inspected: 0, passed: 0 };
    months.set(month, { inspected: inspected + 1, passed: passed + (outcome === 'pass' ? 1 : 0) });
  }
  return [...months]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([month, { inspected, passed }]) => ({
      month,
      inspected,
      passed,
      percent: Math.round((passed / inspected) * 1000) / 10,
    }));
}
