import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getInvoice } from '#contract/routes/billing.ts';
import { createCreditNote } from '#contract/routes/documents.ts';
import { useCall } from '../../shared/calls.tsx';
import { InvoicePayments } from '../../shared/invoice-payments.tsx';
import { InvoiceTable } from '../../shared/invoice-table.tsx';
import { ProblemBox } from '../../shared/problem.tsx';
import { keys } from '../../shared/queries.ts';
import { Day } from '../../shared/time.tsx';
import { Waiting } from '../../shared/waiting.tsx';
import { mayCall, useOffice } from '../office.ts';
import { CreditNotes } from './credit-notes.tsx';

export function JobInvoice({ jobId, invoiceId }: { jobId: string; invoiceId: string }) {
  const { role } = useOffice();
  const call = useCall();
  const invoice = useQuery({
    queryKey: keys.invoice(jobId, invoiceId),
    queryFn: () => call(getInvoice, { params: { invoiceId } }),
    enabled: mayCall(role, getInvoice),
  });
  if (!mayCall(role, getInvoice)) return null;
  return (
    <section className="card">
      <h2>Invoice {invoice.data?.number}</h2>
      {invoice.isPending && <Waiting heights={[120]} />}
      <ProblemBox error={invoice.error} onRetry={() => void invoice.refetch()} />
      {invoice.data && (
        <>
          <Text size="sm" c="dimmed">
            Issued <Day at={invoice.data.issuedAt} />
            {invoice.data.paidAt && (
              <>
                , paid <Day at={invoice.data.paidAt} />
              </>
            )}
            {invoice.data.state === 'open' && invoice.data.dueAt && (
              <>
                , due <Day at={invoice.data.dueAt} />
              </>
            )}
            {invoice.data.state === 'credited' && ', credited in full'}
          </Text>
          <InvoiceTable invoice={invoice.data} />
          <InvoicePayments payments={invoice.data.payments} />
          {mayCall(role, createCreditNote) && <CreditNotes invoice={invoice.data} />}
        </>
      )}
    </section>
  );
}
