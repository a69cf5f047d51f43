import { Text } from '@mantine/core';
import type { InvoiceView } from '#contract/routes/billing.ts';
import { money } from './format.ts';
import { paymentWords } from './payment-words.ts';
import { Day } from './time.tsx';

/** Every payment of the invoice and what became of it; nothing where the one payment simply paid it. */
export function InvoicePayments({ payments }: Pick<InvoiceView, 'payments'>) {
  if (payments.length < 2 && payments.every(({ state }) => state === 'settled')) return null;
  return (
    <ul className="plain-list" aria-label="Payments">
      {payments.map((payment) => (
        <li key={payment.id}>
          <Text size="sm">
            {money(payment.amountMinor, payment.currency)} {paymentWords(payment)},{' '}
            <Day at={payment.receivedAt} />
          </Text>
          {(payment.reference ?? payment.providerId) && (
            <Text size="xs" c="dimmed">
              {payment.reference ?? payment.providerId}
            </Text>
          )}
        </li>
      ))}
    </ul>
  );
}
