import * as routes from '#contract/routes/jobs.ts';
import * as lifecycle from '#contract/routes/lifecycle.ts';
import type { MachineView } from '#contract/routes/farm.ts';
import type { JobView } from '#contract/views/job.ts';
import { askingSteps, type AskingStepName } from './asking-steps.ts';

/** Steps of the shop's people; the others are the customer's, the machine's or time's. */
export type StepName = PlainStep | FormStep | AskingStepName;

/** Steps that need nothing said, and what the button says. */
export const plainSteps = {
  submit: ['Submit for the customer', routes.submitJob],
  start_quoting: ['Start quoting', routes.startQuoting],
  withdraw_quote: ['Take the quote back', routes.withdrawQuote],
  recall: ['Take the question back', lifecycle.recallVendorRequest],
  ask_payment: ['Ask for payment', lifecycle.askPayment],
  due: ['Payment is due', lifecycle.callPaymentDue],
  finish: ['Finish production', routes.finishProduction],
  ready: ['Ready for pickup', lifecycle.markReady],
  confirm_delivery: ['Confirm delivery', routes.confirmDelivery],
} as const;

/** Steps with a form of their own. */
const formSteps = {
  place: 'Place the order',
  send_quote: 'Send quote',
  ask_vendor: 'Ask a vendor',
  start: 'Start a print',
  pass_check: 'Pass the check',
  fail_check: 'Fail the check',
  fault: 'Report a fault',
  resume: 'Take off hold',
  change: 'Change the status',
} as const;

export type PlainStep = keyof typeof plainSteps;
export type FormStep = keyof typeof formSteps;

/** What the form of a step is given. */
export interface StepFormProps {
  job: JobView;
  machines: readonly MachineView[];
  onClose: () => void;
}

export const isPlain = (step: StepName): step is PlainStep => step in plainSteps;
export const isAsking = (step: StepName): step is AskingStepName => step in askingSteps;
const isStep = (name: JobView['next'][number]): name is StepName =>
  name in plainSteps || name in formSteps || name in askingSteps;

export const labelOf = (job: JobView, step: StepName): string => {
  if (step === 'finish' && job.status === 'post_production') return 'Finishing is done';
  if (isPlain(step)) return plainSteps[step][0];
  return isAsking(step) ? askingSteps[step].word : formSteps[step];
};

/** What still stands in the way of a step. */
export const missingFor = (job: JobView, step: StepName): string | undefined =>
  job.steps.find(({ command }) => command === step)?.missing;

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
    case 'vendor_quote':
      return first('record_vendor_price');
    case 'placed':
    case 'po_provided':
    case 'waiting_for_payment':
      return first('release');
    case 'ready_to_make':
    case 'rework':
      return first('start');
    case 'in_production': {
      if (job.parts.length === 0) return first('ready');
      const missing = missingOf(job).some((each) => each.missing > 0);
      const running = job.runs.some((run) => ['requested', 'printing', 'unknown'].includes(run.state));
      if (missing) return first('start');
      return running ? undefined : (first('ready') ?? first('finish'));
    }
    case 'post_production':
      return first('finish');
    case 'quality_check':
      return first('pass_check');
    case 'ready_for_pickup':
      return first('hand_over');
    case 'ready_for_shipping':
      return job.template === 'order' ? first('ship') : first('confirm_delivery');
    case 'shipped':
      return first('confirm_delivery');
    case 'on_hold':
      return first('resume');
    case 'canceled_by_customer':
    case 'canceled_by_shop':
      return first('reopen');
    case 'draft':
    case 'quoted':
    case 'delivered':
    case 'payment_due':
    case 'completed':
      return undefined;
  }
}
