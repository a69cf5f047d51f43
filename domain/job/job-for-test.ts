import type { JobCommand, JobCommandName, Look } from './commands.ts';
import type { Job, Part, Status } from './job.ts';
import type { JobState } from './state.ts';
import type { WorkflowTemplate } from './template.ts';
import { fabrication } from './templates/fabrication.ts';

/** The instant of every decision in the tests. */
export const now = '2026-05-04T10:00:00.000Z';
export const later = '2026-06-03T10:00:00.000Z';
export const earlier = '2026-05-04T09:59:59.999Z';

export const part = (changes: Partial<Part> = {}): Part => ({
  id: 'part_1',
  fileId: 'file_1',
  name: 'bracket.stl',
  process: 'fdm',
  materialId: 'pla',
  finishId: 'as-printed',
  postProduction: false,
  wanted: 4,
  made: 0,
  scrapped: 0,
  ...changes,
});

export const job = (changes: Partial<Job> = {}): Job => ({
  id: 'job_1',
  shopId: 'shop_1',
  number: 'K-000001',
  template: 'fabrication',
  title: 'Brackets',
  status: 'draft',
  version: 7,
  visit: 3,
  customer: { customerId: 'c', name: 'Cleo', email: 'cleo@mail.example' },
  source: 'portal',
  delivery: 'pickup',
  payment: 'unpaid',
  reworkCycle: 0,
  createdAt: earlier,
  updatedAt: earlier,
  ...changes,
});

export const quote = (changes: Partial<NonNullable<Job['quote']>> = {}): NonNullable<Job['quote']> => ({
  version: 2,
  state: 'sent',
  totalMinor: 4200,
  currency: 'USD',
  validUntil: later,
  ...changes,
});

export const checkedFile = { id: 'file_1', name: 'bracket.stl', state: 'checked' as const };
export const purchaseOrder = { number: 'PO-7', providedAt: earlier, netDays: 30, dueAt: now };

/** A look at which nothing was wrong, at the pieces that the job is about now. */
export const goodLook = ({ reworkCycle, agreedAt }: Pick<Job, 'reworkCycle' | 'agreedAt'>): Look => ({
  process: 'fdm',
  outcome: 'pass',
  reworkCycle,
  at: agreedAt ?? now,
});

/** A job in the status in which every condition of the command is met. */
export function stateIn(
  status: Status,
  command: JobCommandName,
  template: WorkflowTemplate = fabrication,
): JobState {
  const unmade: readonly JobCommandName[] = ['start', 'record_run'];
  const settled: readonly JobCommandName[] = ['paid', 'release', 'start'];
  const open = status === 'quoted' || status === 'on_hold';
  return {
    template,
    job: job({
      template: template.name,
      status,
      ...(status === 'on_hold' ? { heldFrom: 'quoted' as const } : {}),
      ...(status === 'payment_due' ? { dueFrom: 'delivered' as const } : {}),
      ...(command === 'due' ? { po: purchaseOrder } : {}),
      ...(open ? {} : { agreedAt: earlier }),
      quote: quote({
        state: open ? 'sent' : 'approved',
        ...(command === 'expire_quote' ? { validUntil: now } : {}),
      }),
      payment: settled.includes(command) ? 'paid' : 'unpaid',
    }),
    parts: [part({ made: unmade.includes(command) ? 0 : 4 })],
    files: [checkedFile],
    openRuns: [],
  };
}

const onBehalf = 'on the phone';
const reason = 'as agreed';
const offer = { totalMinor: 5000, currency: 'USD', validUntil: later };

/** The command with values that its conditions accept. */
export function commandFor(name: JobCommandName, { job, template }: JobState): JobCommand {
  const version = job.quote?.version ?? 0;
  switch (name) {
    case 'place':
      return { name, ...offer, reviewReasons: [], onBehalf };
    case 'send_quote':
    case 'record_price':
      return { name, ...offer };
    case 'approve_quote':
      return { name, version, onBehalf };
    case 'request_changes':
      return { name, version, message: 'in red, please', onBehalf };
    case 'decline_quote':
      return { name, version, reason: 'too dear', onBehalf };
    case 'ask_vendor':
      return { name, vendor: { name: 'Casting House', email: 'casting@vendor.example', requestId: 'vrq_1' } };
    case 'record_vendor_price':
      return { name, costMinor: 3000, currency: 'USD' };
    case 'provide_po':
      return { name, number: 'PO-7' };
    case 'start':
      return { name, partId: 'part_1', quantity: 1, runId: 'run_1', machineId: 'mac_1' };
    case 'record_run':
      return { name, runId: 'run_1', partId: 'part_1', outcome: 'finished', made: 1 };
    case 'fault':
    case 'fail_check':
      return { name, partId: 'part_1', count: 1, reason: 'layer shift' };
    case 'hand_over':
      return template.needsSignature ? { name, receivedBy: 'Cleo Customer' } : { name };
    case 'redo':
      return { name, newJobId: 'job_2', reason };
    case 'vendor_decline':
    case 'hold':
    case 'cancel':
    case 'reopen':
      return { name, reason };
    case 'change':
      return { name, to: template.quotingStatus, reason };
    case 'submit':
    case 'start_quoting':
    case 'withdraw_quote':
    case 'expire_quote':
    case 'recall':
    case 'ask_payment':
    case 'release':
    case 'due':
    case 'paid':
    case 'begin_work':
    case 'finish':
    case 'ready':
    case 'ship':
    case 'confirm_delivery':
    case 'resume':
      return { name };
    case 'pass_check':
      return { name, looks: [goodLook(job)] };
  }
}
