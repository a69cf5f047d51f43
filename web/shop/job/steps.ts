import * as routes from '#contract/routes/jobs.ts';
import type { MachineView } from '#contract/routes/farm.ts';
import type { JobView } from '#contract/views/job.ts';

export type StepName = Exclude<
  JobView['next'][number],
  'approve_quote' | 'request_changes' | 'decline_quote' | 'expire_quote' | 'record_run'
>;

/** Steps that need nothing said, and what the button says. */
export const plainSteps = {
  submit: ['Submit for the customer', routes.submitJob],
  start_quoting: ['Start quoting', routes.startQuoting],
  withdraw_quote: ['Take the quote back', routes.withdrawQuote],
  finish: ['Finish production', routes.finishProduction],
  hand_over: ['Hand over', routes.handOver],
  confirm_delivery: ['Confirm delivery', routes.confirmDelivery],
  resume: ['Take off hold', routes.resumeJob],
} as const;

/** Steps that ask something first. */
export const askingSteps = {
  send_quote: ['Send quote', routes.sendQuote],
  start: ['Start a print', routes.startRun],
  pass_check: ['Pass the check', routes.passCheck],
  fail_check: ['Fail the check', routes.failCheck],
  hold: ['Put on hold', routes.holdJob],
  cancel: ['Cancel the job', routes.cancelJob],
  reopen: ['Reopen', routes.reopenJob],
} as const;

export type PlainStep = keyof typeof plainSteps;
export type AskingStep = keyof typeof askingSteps;

/** What the form of an asking step is given. */
export interface StepFormProps {
  job: JobView;
  machines: readonly MachineView[];
  onClose: () => void;
}

export const isPlain = (step: StepName): step is PlainStep => step in plainSteps;
const isStep = (name: JobView['next'][number]): name is StepName => name in plainSteps || name in askingSteps;

export const labelOf = (job: JobView, step: StepName): string => {
  if (step === 'finish' && job.status === 'post_production') return 'Finishing is done';
  return isPlain(step) ? plainSteps[step][0] : askingSteps[step][0];
};

/** What is still to be started of every part: wanted, less good, less what is on a machine. */
export const missingOf = (job: JobView) =>
  job.parts.map((part) => {
    const running = job.runs
      .filter(
        (run) =>
          run.partId === part.id && !run.endedAt && !['finished', 'failed', 'canceled'].includes(run.state),
      )
      .reduce((sum, run) => sum + run.quantity, 0);
    return { part, missing: Math.max(0, part.wanted - part.good - running) };
  });

/** The one thing to do next, and the other legal ones. A step that waits for somebody else is no next step. */
export function stepsOf(job: JobView): { primary: StepName | undefined; others: StepName[] } {
  const legal = job.next.filter(isStep);
  const primary = primaryOf(job, legal);
  return { primary, others: legal.filter((step) => step !== primary) };
}

function primaryOf(job: JobView, legal: readonly StepName[]): StepName | undefined {
  const first = (step: StepName) => (legal.includes(step) ? step : undefined);
  switch (job.status) {
    case 'review':
    case 'quoting':
      return first('send_quote');
    case 'ready_to_make':
      return first('start');
    case 'in_production': {
      const missing = missingOf(job).some((each) => each.missing > 0);
      const running = job.runs.some((run) => ['requested', 'printing', 'unknown'].includes(run.state));
      if (missing) return first('start');
      return running ? undefined : first('finish');
    }
    case 'post_production':
      return first('finish');
    case 'quality_check':
      return first('pass_check');
    case 'ready_for_pickup':
      return first('hand_over');
    case 'ready_for_shipping':
      return first('confirm_delivery');
    case 'on_hold':
      return first('resume');
    case 'canceled_by_customer':
    case 'canceled_by_shop':
      return first('reopen');
    case 'draft':
    case 'quoted':
    case 'completed':
      return undefined;
  }
}
