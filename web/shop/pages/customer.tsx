import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import {
  archiveCustomer,
  getCustomer,
  getCustomerAccount,
  replaceContact,
  setPriceTerms,
  type CustomerView,
} from '#contract/routes/customers.ts';
import { createJob, listJobs } from '#contract/routes/jobs.ts';
import { addressLines } from '#domain/customer/address.ts';
import { useAction, useCall } from '../../shared/calls.tsx';
import { cardOf, ContactFields, draftOf } from '../../shared/contact-form.tsx';
import { Dialog } from '../../shared/dialog.tsx';
import { FormDialogButtons } from '../../shared/form-dialog-buttons.tsx';
import { money } from '../../shared/format.ts';
import { ProblemBox } from '../../shared/problem.tsx';
import { keys } from '../../shared/queries.ts';
import { JobStatus } from '../../shared/status.tsx';
import { Ago, Day } from '../../shared/time.tsx';
import { mayCall, useOffice } from '../office.ts';
import { RecordAwaited, RecordHead } from '../people/record-page.tsx';
import { TermsForm, taxWords } from '../people/terms-form.tsx';

const here = getRouteApi('/office/customers/$customerId');

export function CustomerPage() {
  const { customerId } = here.useParams();
  const { role } = useOffice();
  const call = useCall();
  const [open, setOpen] = useState<'card' | 'terms'>();
  const found = useQuery({
    queryKey: [...keys.customers, customerId],
    queryFn: () => call(getCustomer, { params: { customerId } }),
  });
  const archive = useAction(archiveCustomer);
  const customer = found.data;
  const close = () => setOpen(undefined);
  if (!customer) return <RecordAwaited what="Customer" found={found} heights={[56, 200, 200]} />;
  const archived = customer.archivedAt !== undefined;
  return (
    <>
      <RecordHead
        name={customer.name}
        archived={archived}
        list={{ to: '/customers', word: 'Customers' }}
        archive={
          mayCall(role, archiveCustomer)
            ? { ...archive, run: (archived) => archive.run({ params: { customerId }, body: { archived } }) }
            : undefined
        }
      >
        {!archived && mayCall(role, createJob) && (
          <Button renderRoot={(props) => <Link {...props} to="/new-piece" search={{ customerId }} />}>
            New piece or repair
          </Button>
        )}
      </RecordHead>
      {customer.taxWarning && (
        <p role="alert" className="problem tone-amber">
          {customer.taxWarning}
        </p>
      )}
      <div className="job-grid">
        <Stack>
          <Card
            customer={customer}
            onEdit={mayCall(role, replaceContact) ? () => setOpen('card') : undefined}
          />
          <Jobs customerId={customerId} />
          <Account customerId={customerId} />
        </Stack>
        <Stack>
          <section className="card">
            <Group justify="space-between">
              <h2>Terms</h2>
              {mayCall(role, setPriceTerms) && (
                <Button size="xs" variant="default" onClick={() => setOpen('terms')}>
                  Change
                </Button>
              )}
            </Group>
            <dl className="facts">
              <Fact name="Discount">{`${customer.priceTerms?.discountPercent ?? 0} %`}</Fact>
              <Fact name="Tax">{taxWords(customer.priceTerms?.tax)}</Fact>
              <Fact name="Pays within">
                {customer.priceTerms?.dueDays === undefined
                  ? 'As the job type says'
                  : `${customer.priceTerms.dueDays} days`}
              </Fact>
            </dl>
          </section>
          {customer.note && (
            <section className="card">
              <h2>Note</h2>
              <Text style={{ whiteSpace: 'pre-line' }}>{customer.note}</Text>
            </section>
          )}
        </Stack>
      </div>
      {open === 'card' && (
        <Dialog title="Edit the customer" onClose={close}>
          <CardForm customer={customer} onClose={close} />
        </Dialog>
      )}
      {open === 'terms' && (
        <Dialog title="Terms" onClose={close}>
          <TermsForm customer={customer} onClose={close} />
        </Dialog>
      )}
    </>
  );
}

const Fact = ({ name, children }: { name: string; children: string }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

function Card({ customer, onEdit }: { customer: CustomerView; onEdit: (() => void) | undefined }) {
  const { company, email, phone, billingContact, addresses } = customer;
  return (
    <section className="card">
      <Group justify="space-between">
        <h2>Contact</h2>
        {onEdit && (
          <Button size="xs" variant="default" onClick={onEdit}>
            Edit
          </Button>
        )}
      </Group>
      <dl className="facts">
        {company && <Fact name="Company">{company}</Fact>}
        <Fact name="E-mail">{email}</Fact>
        {phone && <Fact name="Phone">{phone}</Fact>}
        <Fact name="Billing contact">
          {billingContact ? `${billingContact.name} (${billingContact.email})` : 'None'}
        </Fact>
      </dl>
      {addresses.length === 0 ? (
        <Text size="sm" c="dimmed" mt="sm">
          No address yet.
        </Text>
      ) : (
        <Group align="flex-start" mt="md" gap="xl">
          {addresses.map((address) => (
            <address key={address.label} style={{ fontStyle: 'normal' }}>
              <b>{address.label}</b>
              {address.defaultFor.length > 0 && (
                <Text span size="sm" c="dimmed">
                  {' '}
                  ({address.defaultFor.join(' and ')})
                </Text>
              )}
              {addressLines(address).map((line) => (
                <Text key={line} size="sm">
                  {line}
                </Text>
              ))}
            </address>
          ))}
        </Group>
      )}
    </section>
  );
}

function CardForm({ customer, onClose }: { customer: CustomerView; onClose: () => void }) {
  const [before] = useState(customer);
  const [draft, setDraft] = useState(() => draftOf(before));
  const [note, setNote] = useState(before.note ?? '');
  const save = useAction(replaceContact, onClose);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const written = note.trim() === '' ? {} : { note: note.trim() };
        save.run({
          params: { customerId: before.id },
          body: { ...cardOf(draft), ...written },
          ifMatch: before.version,
        });
      }}
    >
      <Stack>
        <ContactFields draft={draft} error={save.error} onChange={setDraft} />
        <Textarea
          label="Note"
          description="For your shop only"
          rows={3}
          maxLength={2000}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <ProblemBox error={save.error} />
        <FormDialogButtons word="Save" pending={save.isPending} onClose={onClose} />
      </Stack>
    </form>
  );
}

function Jobs({ customerId }: { customerId: string }) {
  const call = useCall();
  const list = useInfiniteQuery({
    queryKey: [...keys.allJobs, 'of', customerId],
    queryFn: ({ pageParam }) => call(listJobs, { query: { customerId, cursor: pageParam, limit: 20 } }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.cursor,
  });
  const jobs = list.data?.pages.flatMap((page) => page.jobs) ?? [];
  return (
    <section className="card">
      <h2>Jobs</h2>
      <ProblemBox error={list.error} onRetry={() => void list.refetch()} />
      {list.isSuccess && jobs.length === 0 && <Text c="dimmed">No job yet.</Text>}
      <ul className="plain-list">
        {jobs.map((job) => (
          <li key={job.id}>
            <Link to="/jobs/$jobId" params={{ jobId: job.id }} className="person-row flush">
              <span>
                <b>{job.title}</b>
                <Text span size="sm" c="dimmed" display="block">
                  {job.number} · changed <Ago at={job.updatedAt} />
                </Text>
              </span>
              <JobStatus job={job} />
            </Link>
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <Button
          mt="sm"
          size="xs"
          variant="default"
          loading={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          Show older ones
        </Button>
      )}
    </section>
  );
}

function Account({ customerId }: { customerId: string }) {
  const call = useCall();
  const account = useQuery({
    queryKey: [...keys.customers, customerId, 'account'],
    queryFn: () => call(getCustomerAccount, { params: { customerId } }),
  });
  const { invoices = [], owed = [] } = account.data ?? {};
  return (
    <section className="card">
      <Group justify="space-between">
        <h2>Invoices</h2>
        {account.isSuccess && (
          <b>
            {owed.length === 0
              ? 'Nothing is owed'
              : `Owes ${owed.map(({ minor, currency }) => money(minor, currency)).join(' and ')}`}
          </b>
        )}
      </Group>
      <ProblemBox error={account.error} onRetry={() => void account.refetch()} />
      {account.isSuccess && invoices.length === 0 && <Text c="dimmed">No invoice yet.</Text>}
      {invoices.length > 0 && (
        <div className="scroll-x">
          <table className="plain">
            <thead>
              <tr>
                <th scope="col">Invoice</th>
                <th scope="col">Date</th>
                <th scope="col" className="amount">
                  Total
                </th>
                <th scope="col" className="amount">
                  Owed
                </th>
              </tr>
            </thead>
            <tbody>
              {invoices.map((invoice) => (
                <tr key={invoice.id}>
                  <td>
                    <Link
                      to="/jobs/$jobId"
                      params={{ jobId: invoice.jobId }}
                      style={{ color: 'var(--mantine-color-anchor)' }}
                    >
                      {invoice.number}
                    </Link>
                  </td>
                  <td>
                    <Day at={invoice.issuedAt} />
                  </td>
                  <td className="amount">{money(invoice.totalMinor, invoice.currency)}</td>
                  <td className="amount">{money(invoice.owedMinor, invoice.currency)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
