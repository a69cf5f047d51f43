import type { Status } from '#domain/job/job.ts';
import type { MachineState } from '#domain/machine/machine.ts';
import type { JobSummary, JobView } from '#contract/views/job.ts';
import { Icon, type IconName } from './icons.tsx';

/** What a colour means everywhere: draft, waiting for us, waiting for others, needs attention, being made, done, wrong. */
export type Tone = 'neutral' | 'blue' | 'violet' | 'amber' | 'teal' | 'green' | 'red';
type Look = [Tone, IconName];

const jobLooks: Record<Status, Look> = {
  draft: ['neutral', 'pencil'],
  review: ['blue', 'inbox'],
  quoting: ['blue', 'search'],
  quoted: ['violet', 'person'],
  ready_to_make: ['blue', 'queue'],
  in_production: ['teal', 'nozzle'],
  post_production: ['teal', 'nozzle'],
  quality_check: ['blue', 'search'],
  ready_for_pickup: ['green', 'box'],
  ready_for_shipping: ['green', 'box'],
  completed: ['green', 'check'],
  on_hold: ['amber', 'pause'],
  canceled_by_customer: ['red', 'cross'],
  canceled_by_shop: ['red', 'cross'],
};

const machineLooks: Record<MachineState, [...Look, string]> = {
  offline: ['red', 'cross', 'Offline'],
  idle: ['neutral', 'check', 'Idle'],
  preparing: ['teal', 'nozzle', 'Preparing'],
  printing: ['teal', 'nozzle', 'Printing'],
  paused: ['amber', 'pause', 'Paused'],
  attention: ['amber', 'warning', 'Needs attention'],
  finished: ['green', 'check', 'Finished'],
  failed: ['red', 'warning', 'Failed'],
  canceled: ['red', 'cross', 'Canceled'],
  maintenance: ['amber', 'pause', 'Maintenance'],
  unknown: ['amber', 'question', 'Lost contact'],
};

const runLooks: Record<JobView['runs'][number]['state'], [...Look, string]> = {
  requested: ['blue', 'queue', 'Sent to the machine'],
  printing: ['teal', 'nozzle', 'Printing'],
  unknown: ['amber', 'question', 'Lost contact'],
  finished: ['green', 'check', 'Finished'],
  failed: ['red', 'warning', 'Failed'],
  canceled: ['red', 'cross', 'Canceled'],
};

const quoteLooks: Record<JobView['quotes'][number]['state'], [...Look, string]> = {
  draft: ['neutral', 'pencil', 'Draft'],
  sent: ['violet', 'person', 'Waiting for an answer'],
  approved: ['green', 'check', 'Approved'],
  changes_requested: ['amber', 'pencil', 'Changes requested'],
  declined: ['red', 'cross', 'Declined'],
  expired: ['neutral', 'pause', 'Expired'],
  superseded: ['neutral', 'pause', 'Taken back'],
};

export function Mark({ tone, icon, children }: { tone: Tone; icon: IconName; children: string }) {
  return (
    <span className={`mark tone-${tone}`}>
      <Icon name={icon} size={14} />
      {children}
    </span>
  );
}

export function JobStatus({ job }: { job: Pick<JobSummary, 'status' | 'statusLabel'> }) {
  const [tone, icon] = jobLooks[job.status];
  return (
    <Mark tone={tone} icon={icon}>
      {job.statusLabel}
    </Mark>
  );
}

const Labelled = ({ look: [tone, icon, label] }: { look: [...Look, string] }) => (
  <Mark tone={tone} icon={icon}>
    {label}
  </Mark>
);

export const RunStatus = ({ state }: { state: keyof typeof runLooks }) => <Labelled look={runLooks[state]} />;
export const QuoteStatus = ({ state }: { state: keyof typeof quoteLooks }) => (
  <Labelled look={quoteLooks[state]} />
);

/** A machine's state as word, icon and tone, for places that draw it big. */
export function machineLook(state: MachineState | undefined): { tone: Tone; icon: IconName; label: string } {
  const [tone, icon, label] = state
    ? machineLooks[state]
    : (['neutral', 'question', 'Not connected'] as const);
  return { tone, icon, label };
}

/** Nothing is owed before there is an invoice. */
export function PaymentMark({
  job,
}: {
  job: Pick<JobSummary, 'payment' | 'status'> & { invoiceId?: string };
}) {
  if (job.payment === 'paid')
    return (
      <Mark tone="green" icon="check">
        Paid
      </Mark>
    );
  if (job.status === 'completed' || job.invoiceId)
    return (
      <Mark tone="violet" icon="person">
        Payment due
      </Mark>
    );
  return (
    <Mark tone="neutral" icon="pause">
      Not invoiced
    </Mark>
  );
}
