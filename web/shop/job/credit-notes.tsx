import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { InvoiceView } from '#contract/routes/billing.ts';
import { createCreditNote, listCreditNotes } from '#contract/routes/documents.ts';
import { useAction, useCall } from '../../shared/calls.tsx';
import { Dialog } from '../../shared/dialog.tsx';
import { FormDialogButtons } from '../../shared/form-dialog-buttons.tsx';
import { decimalsOf, money } from '../../shared/format.ts';
import { fieldError, ProblemBox } from '../../shared/problem.tsx';
import { keys } from '../../shared/queries.ts';
import { Day } from '../../shared/time.tsx';

/** What was taken back of an invoice, and the form to take back more of it. */
export function CreditNotes({ invoice }: { invoice: InvoiceView }) {
  const call = useCall();
  const [open, setOpen] = useState(false);
  const list = useQuery({
    queryKey: keys.creditNotes(invoice.jobId, invoice.id),
    queryFn: () => call(listCreditNotes, { params: { invoiceId: invoice.id } }),
  });
  const notes = list.data?.creditNotes ?? [];
  const leftMinor = invoice.totalMinor - notes.reduce((sum, { totalMinor }) => sum + totalMinor, 0);
  return (
    <>
      <ProblemBox error={list.error} onRetry={() => void list.refetch()} />
      {notes.length > 0 && (
        <ul className="plain-list" aria-label="Credit notes">
          {notes.map(({ id, number, totalMinor, currency, reason, issuedAt }) => (
            <li key={id} style={{ padding: '6px 0' }}>
              <Text size="sm">
                Credit note {number}: {money(totalMinor, currency)}, “{reason}”
              </Text>
              <Text size="xs" c="dimmed">
                <Day at={issuedAt} />
              </Text>
            </li>
          ))}
        </ul>
      )}
      <Group mt="sm">
        {list.data && leftMinor > 0 && (
          <Button size="xs" variant="default" onClick={() => setOpen(true)}>
            Credit a part or all of it
          </Button>
        )}
        {list.data && leftMinor === 0 && <Text size="sm">Credited in full.</Text>}
      </Group>
      {open && (
        <Dialog title={`Credit note for ${invoice.number}`} onClose={() => setOpen(false)}>
          <CreditNoteForm invoice={invoice} leftMinor={leftMinor} onClose={() => setOpen(false)} />
        </Dialog>
      )}
    </>
  );
}

function CreditNoteForm({
  invoice: { id: invoiceId, currency },
  leftMinor,
  onClose,
}: {
  invoice: InvoiceView;
  leftMinor: number;
  onClose: () => void;
}) {
  const decimals = decimalsOf(currency);
  const [amount, setAmount] = useState((leftMinor / 10 ** decimals).toFixed(decimals));
  const [reason, setReason] = useState('');
  const credit = useAction(createCreditNote, onClose);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const amountMinor = Math.round(Number(amount) * 10 ** decimals);
        credit.run({ params: { invoiceId }, body: { amountMinor, reason: reason.trim() } });
      }}
    >
      <Stack>
        <Text size="sm">
          The invoice stays as it is. The credit note is numbered, and the customer finds it among their
          documents.
        </Text>
        <TextInput
          label={`Amount with tax, ${currency}`}
          description={`At most ${money(leftMinor, currency)}`}
          type="number"
          required
          min={1 / 10 ** decimals}
          max={leftMinor / 10 ** decimals}
          step={1 / 10 ** decimals}
          value={amount}
          onChange={(event) => setAmount(event.currentTarget.value)}
          error={fieldError(credit.error, 'amountMinor')}
        />
        <TextInput
          label="Reason"
          description="It stands on the paper"
          required
          maxLength={200}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          error={fieldError(credit.error, 'reason')}
        />
        <ProblemBox error={credit.error} />
        <FormDialogButtons word="Issue the credit note" pending={credit.isPending} onClose={onClose} />
      </Stack>
    </form>
  );
}
