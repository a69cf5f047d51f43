import type { DueKind, Status } from '#domain/job/job.ts';
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
  vendor_quote: ['violet', 'person'],
  quoted: ['violet', 'person'],
  placed: ['blue', 'inbox'],
  po_provided: ['blue', 'inbox'],
  waiting_for_payment: ['violet', 'person'],
  ready_to_make: ['blue', 'queue'],
  in_production: ['teal', 'nozzle'],
  post_production: ['teal', 'nozzle'],
  quality_check: ['blue', 'search'],
  rework: ['amber', 'nozzle'],
  ready_for_pickup: ['green', 'box'],
  ready_for_shipping: ['green', 'box'],
  shipped: ['violet', 'box'],
  delivered: ['green', 'check'],
  payment_due: ['amber', 'warning'],
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
  paused: ['amber', 'pause', 'Paused'],
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

const flagLooks: Partial<Record<DueKind, [...Look, string]>> = {
  promise_soon: ['amber', 'warning', 'Due soon'],
  promise_late: ['red', 'warning', 'Late'],
  pickup_overdue: ['red', 'warning', 'Two weeks on the shelf'],
  po_due_soon: ['amber', 'warning', 'Payment due soon'],
  po_overdue_1: ['red', 'warning', 'Payment overdue'],
  vendor_silent: ['amber', 'person', 'Vendor silent'],
  sla_missed: ['amber', 'pause', 'Waiting too long'],
};

/** What has fallen due, for the shop to chase. */
export const Flags = ({ job }: { job: Pick<JobSummary, 'flags'> }) =>
  job.flags?.map((flag) => {
    const look = flagLooks[flag];
    return look && <Labelled key={flag} look={look} />;
  });

/** Nothing is owed before there is an invoice. */
export function PaymentMark({
  job,
}: {
  job: Pick<JobSummary, 'payment' | 'status'> & { invoiceId?: string };
}) {
  if (job.payment === 'paid' || job.payment === 'refunded')
    return (
      <Mark tone="green" icon="check">
        {job.payment === 'paid' ? 'Paid' : 'Refunded'}
      </Mark>
    );
  if (job.payment === 'partial' || job.payment === 'deposit')
    return (
      <Mark tone="violet" icon="person">
        {job.payment === 'partial' ? 'Paid in part' : 'Deposit paid'}
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
