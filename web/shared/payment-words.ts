import type { InvoiceView } from '#contract/routes/billing.ts';
import type { AccountView } from '#contract/routes/money.ts';

type Payment = InvoiceView['payments'][number];

export const methodWords: Record<Payment['method'], string> = {
  online: 'online',
  cash: 'in cash',
  check: 'by check',
  wire: 'by wire',
  ach: 'by ACH',
  card_terminal: 'by card at the counter',
  other: 'in another way',
};

const stateWords: Record<Payment['state'], string> = {
  pending: 'is on its way from the bank',
  settled: 'received',
  surplus: 'received, though nothing was owed any more',
  mismatch: 'received in another currency: it counts for nothing here',
  failed: 'did not go through',
};

/** What became of a payment, in a few words. */
export function paymentWords({ state, method, reversed, failure }: Payment): string {
  if (reversed) return `recorded ${methodWords[method]} by mistake`;
  const how = state === 'settled' || state === 'surplus' ? ` ${methodWords[method]}` : '';
  return `${stateWords[state]}${how}${failure ? ` (${failure})` : ''}`;
}

const refundWays: Record<AccountView['refunds'][number]['by'], string> = {
  ...methodWords,
  provider: 'online',
  reversal: 'taken back: it was recorded by mistake',
};

/** What became of a refund, in a few words. */
export function refundWords({ state, by, failure }: AccountView['refunds'][number]): string {
  if (by === 'reversal') return refundWays.reversal;
  if (state === 'pending') return 'is being returned online';
  if (state === 'failed') return `could not be returned${failure ? ` (${failure})` : ''}`;
  return `returned ${refundWays[by]}`;
}
