import { Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';
import { editJob } from '#contract/routes/edits.ts';
import { getJob, getPrice, reorderJob } from '#contract/routes/jobs.ts';
import { listMachines } from '#contract/routes/farm.ts';
import { writeMessage } from '#contract/routes/mail.ts';
import type { JobView } from '#contract/views/job.ts';
import { addressLines } from '#domain/customer/address.ts';
import { isLive } from '#domain/job/job.ts';
import { useCall } from '../../shared/calls.tsx';
import { EditJob } from '../../shared/edit-job.tsx';
import { Documents } from '../../shared/documents.tsx';
import { OrderAgain } from '../../shared/order-again.tsx';
import { pollEvery } from '../../shared/live.ts';
import { PriceTable } from '../../shared/price-table.tsx';
import { ProblemBox } from '../../shared/problem.tsx';
import { isBusy, keys } from '../../shared/queries.ts';
import { Flags, JobStatus, PaymentMark } from '../../shared/status.tsx';
import { Ago, Day } from '../../shared/time.tsx';
import { Waiting } from '../../shared/waiting.tsx';
import { Conversation } from '../../shared/conversation.tsx';
import { JobInspections } from '../job/job-inspections.tsx';
import { JobInvoice } from '../job/job-invoice.tsx';
import { JobMoney } from '../job/job-money.tsx';
import { JobMails, MailTroubles } from '../job/job-mails.tsx';
import { JobParts } from '../job/job-parts.tsx';
import { JobPhotos } from '../job/job-photos.tsx';
import { JobRuns } from '../job/job-runs.tsx';
import { JobQuotes } from '../job/job-quotes.tsx';
import { JumpList } from '../job/jump-list.tsx';
import { PieceCards } from '../job/piece-cards.tsx';
import { ChangePromise, ChangeSalesperson } from '../job/responsibility.tsx';
import { VendorCard } from '../job/vendor-card.tsx';
import { JobSteps } from '../job/job-steps.tsx';
import { JobTimeline } from '../job/job-timeline.tsx';
import { PurchaseOrders } from '../job/purchase-orders.tsx';
import { mayCall, useOffice } from '../office.ts';

const here = getRouteApi('/office/jobs/$jobId');

export function JobPage() {
  const { role } = useOffice();
  const { jobId } = here.useParams();
  const call = useCall();
  const sections = useRef<HTMLDivElement>(null);
  const job = useQuery({
    queryKey: keys.job(jobId),
    queryFn: () => call(getJob, { params: { jobId } }),
    refetchInterval: ({ state }) => pollEvery(isBusy(state.data)),
  });
  const machines = useQuery({
    queryKey: keys.machines,
    queryFn: () => call(listMachines, {}),
    refetchInterval: () => pollEvery(isBusy(job.data)),
  });
  if (job.error && !job.data)
    return (
      <>
        <h1>Job</h1>
        <ProblemBox error={job.error} onRetry={() => void job.refetch()} />
      </>
    );
  if (!job.data)
    return (
      <>
        <h1 className="sr-only">Job</h1>
        <Waiting heights={[56, 220, 220, 160]} />
      </>
    );
  const view = job.data;

  return (
    <>
      <title>{`${view.number} ${view.title} · Kerf`}</title>
      <header className="job-head">
        <div style={{ minWidth: 0 }}>
          <Text size="sm">
            <Link to="/jobs" style={{ color: 'var(--mantine-color-anchor)' }}>
              Jobs
            </Link>{' '}
            / {view.number}
          </Text>
          <h1>{view.title}</h1>
          <Text size="sm" c="dimmed" mb={6}>
            <Link
              to="/customers/$customerId"
              params={{ customerId: view.customer.customerId }}
              style={{ color: 'inherit' }}
            >
              {view.customer.name}
            </Link>{' '}
            ({view.customer.email})
          </Text>
          <span style={{ display: 'flex', flexWrap: 'wrap', gap: 6 }}>
            <JobStatus job={view} />
            <PaymentMark job={view} />
            <Flags job={view} />
          </span>
        </div>
        <JobSteps job={view} machines={machines.data?.machines ?? []} />
      </header>
      <MailTroubles jobId={jobId} />
      <JumpList within={sections} />
      <div className="job-grid" ref={sections}>
        <Stack>
          <Wishes job={view} />
          {isBespoke(view) && (
            <>
              <PieceCards job={view} />
              <VendorCard job={view} />
            </>
          )}
          <JobParts job={view} />
          {view.runs.length > 0 && <JobRuns job={view} machines={machines.data?.machines ?? []} />}
          <PriceToday job={view} />
          <JobQuotes job={view} />
          {view.status !== 'draft' && <JobMoney job={view} />}
          {view.invoiceId && <JobInvoice jobId={jobId} invoiceId={view.invoiceId} />}
          <JobInspections job={view} />
          {view.status !== 'draft' && <JobPhotos jobId={jobId} />}
          <Conversation job={view} mayNote mayTakePart={mayCall(role, writeMessage)} />
          <JobMails jobId={jobId} />
          {view.status !== 'draft' && <PurchaseOrders job={view} />}
          <Documents jobId={jobId} />
        </Stack>
        <JobTimeline job={view} />
      </div>
    </>
  );
}

const isBespoke = ({ template }: JobView) => template === 'custom' || template === 'repair';

function Wishes({ job }: { job: JobView }) {
  const navigate = useNavigate();
  const { role } = useOffice();
  return (
    <section className="card">
      <Group justify="space-between">
        <h2>Request</h2>
        <Group gap={8}>
          {mayCall(role, reorderJob) && (
            <OrderAgain
              job={job}
              onOpened={(jobId) => void navigate({ to: '/jobs/$jobId', params: { jobId } })}
            />
          )}
          {mayCall(role, editJob) && isLive(job) && <EditJob job={job} />}
        </Group>
      </Group>
      <dl className="facts">
        <div>
          <dt>Delivery</dt>
          <dd>{job.delivery === 'pickup' ? 'Picked up' : 'Shipped'}</dd>
        </div>
        <div>
          <dt>Wanted by</dt>
          <dd>{job.wantedBy ? <Day at={job.wantedBy} /> : 'No date given'}</dd>
        </div>
        {job.promisedDate && (
          <div>
            <dt>Promised for</dt>
            <dd>
              <Day at={job.promisedDate} /> <ChangePromise job={job} />
            </dd>
          </div>
        )}
        {job.salesperson && (
          <div>
            <dt>Salesperson</dt>
            <dd>
              {job.salesperson.name} <ChangeSalesperson job={job} />
            </dd>
          </div>
        )}
        {job.reorderOf && (
          <div>
            <dt>Same as</dt>
            <dd>
              <Link to="/jobs/$jobId" params={{ jobId: job.reorderOf }} className="plain-link">
                an earlier order
              </Link>
            </dd>
          </div>
        )}
        {job.redoOf && (
          <div>
            <dt>Warranty of</dt>
            <dd>
              <Link to="/jobs/$jobId" params={{ jobId: job.redoOf }} className="plain-link">
                the first job
              </Link>
            </dd>
          </div>
        )}
        {job.contact.billingContact && (
          <div>
            <dt>Billing contact</dt>
            <dd>
              {job.contact.billingContact.name} ({job.contact.billingContact.email})
            </dd>
          </div>
        )}
        {job.delivery === 'shipping' && (
          <div>
            <dt>Ship to</dt>
            <dd>
              {job.contact.shipTo
                ? addressLines(job.contact.shipTo).join(', ')
                : 'No address yet: the customer adds one under “Your details”.'}
            </dd>
          </div>
        )}
        {job.po && (
          <div>
            <dt>Purchase order</dt>
            <dd>
              {job.po.number}, due <Day at={job.po.dueAt} />
            </dd>
          </div>
        )}
        {job.shipment && (
          <div>
            <dt>Shipment</dt>
            <dd>
              {job.shipment.carrier} {job.shipment.tracking} <Ago at={job.shipment.shippedAt} />
            </dd>
          </div>
        )}
        <div>
          <dt>Opened</dt>
          <dd>
            <Ago at={job.createdAt} />
          </dd>
        </div>
      </dl>
      {job.note && (
        <Text mt="sm" style={{ whiteSpace: 'pre-line' }}>
          “{job.note}”
        </Text>
      )}
    </section>
  );
}

/** What the price book makes of the parts now, while there is still a quote to be made. */
function PriceToday({ job }: { job: JobView }) {
  const { role } = useOffice();
  const call = useCall();
  const wanted =
    job.parts.length > 0 && ['draft', 'review', 'quoting'].includes(job.status) && mayCall(role, getPrice);
  const price = useQuery({
    queryKey: keys.price(job.id),
    queryFn: () => call(getPrice, { params: { jobId: job.id } }),
    enabled: wanted,
  });
  if (!wanted) return null;
  return (
    <section className="card">
      <h2>Price today</h2>
      {price.isPending && <Waiting heights={[120]} />}
      <ProblemBox error={price.error} onRetry={() => void price.refetch()} />
      {price.data && (
        <>
          {price.data.reviewReasons.map((reason) => (
            <Text key={`${reason.code} ${reason.partId ?? ''}`} mb="xs">
              <b>Look first:</b> {reason.message}
            </Text>
          ))}
          <PriceTable price={price.data} />
          <Text size="sm" mt="xs">
            <Link
              to="/jobs/$jobId/quote"
              params={{ jobId: job.id }}
              style={{ color: 'var(--mantine-color-anchor)' }}
            >
              Prepare the quote
            </Link>
          </Text>
        </>
      )}
    </section>
  );
}
