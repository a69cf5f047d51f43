import { Text } from '@mantine/core';
import type { InvoiceView } from '#contract/routes/billing.ts';
import { money } from './format.ts';
import { Day } from './time.tsx';

const words: Record<InvoiceView['payments'][number]['state'], string> = {
  pending: 'on its way from the bank',
  settled: 'received',
  surplus: 'received, but the invoice was paid already: to be returned',
  mismatch: 'received, but it is not the total of the invoice',
  failed: 'did not go through',
};

/** Every payment of the invoice and what became of it; nothing where the one payment simply paid it. */
export function InvoicePayments({ payments }: Pick<InvoiceView, 'payments'>) {
  if (payments.every(({ state }) => state === 'settled')) return null;
  return (
    <ul className="plain-list" aria-label="Payments">
      {payments.map(({ providerId, amountMinor, currency, state, receivedAt }) => (
        <li key={providerId}>
          <Text size="sm">
            {money(amountMinor, currency)} {words[state]}, <Day at={receivedAt} />
          </Text>
          <Text size="xs" c="dimmed">
            {providerId}
          </Text>
        </li>
      ))}
    </ul>
  );
}
