import type { Job, JobCommand, JobCommandName, JobState, Part, Status } from './job.ts';

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

/** A job in the status in which every condition of the command is met. */
export function stateIn(status: Status, command: JobCommandName): JobState {
  const made = command === 'start' || command === 'record_run' ? 0 : 4;
  const overdue = command === 'expire_quote';
  const open = status === 'quoted' || status === 'on_hold';
  return {
    job: job({
      status,
      ...(status === 'on_hold' ? { heldFrom: 'quoted' as const } : {}),
      quote: quote({ state: open ? 'sent' : 'approved', ...(overdue ? { validUntil: now } : {}) }),
    }),
    parts: [part({ made })],
    files: [checkedFile],
    openRuns: [],
  };
}

/** The command with values that its conditions accept. */
export function commandFor(name: JobCommandName, { job }: JobState): JobCommand {
  const version = job.quote?.version ?? 0;
  switch (name) {
    case 'send_quote':
      return { name, totalMinor: 5000, currency: 'USD', validUntil: later };
    case 'approve_quote':
      return { name, version };
    case 'request_changes':
      return { name, version, message: 'in red, please' };
    case 'decline_quote':
      return { name, version, reason: 'too dear' };
    case 'start':
      return { name, partId: 'part_1', quantity: 1, runId: 'run_1', machineId: 'mac_1' };
    case 'record_run':
      return { name, runId: 'run_1', partId: 'part_1', outcome: 'finished', made: 1 };
    case 'fail_check':
      return { name, partId: 'part_1', count: 1, reason: 'layer shift' };
    case 'hold':
    case 'cancel':
    case 'reopen':
      return { name, reason: 'as agreed' };
    case 'submit':
    case 'start_quoting':
    case 'withdraw_quote':
    case 'expire_quote':
    case 'finish':
    case 'pass_check':
    case 'hand_over':
    case 'confirm_delivery':
    case 'resume':
      return { name };
  }
}
