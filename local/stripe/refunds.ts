import { invalidRequest } from './errors.ts';
import { newId } from './objects.ts';
import type { Account, StripeObject, StripeObjects } from './objects.ts';
import type { Charge } from './payments.ts';
import type { Webhooks } from './webhooks.ts';

/** What the next refund meets: no money at the shop, or a bank that takes days. */
export const REFUND_BEHAVIOURS = ['refused', 'pending'] as const;
export const REFUND_ENDS = ['succeeded', 'failed'] as const;

export interface Refund extends StripeObject {
  amount: number;
  charge: string;
  status: 'pending' | 'succeeded' | 'failed';
}

export interface Refunds {
  next(behaviour: (typeof REFUND_BEHAVIOURS)[number]): void;
  /** Runs inside the caller's transaction; refuses more than is left. */
  make(
    account: Account,
    charge: Charge,
    amount: number | undefined,
    extra: { reason: string | null; metadata: Record<string, string> },
  ): Refund;
  /** What the bank says in the end, or after it seemed to be over. Runs inside the caller's transaction. */
  end(account: Account, id: string, status: (typeof REFUND_ENDS)[number]): Refund;
}

export function refunds(objects: StripeObjects, hooks: Webhooks, now: () => Date): Refunds {
  let behaviour: (typeof REFUND_BEHAVIOURS)[number] | undefined;

  /** `amount_refunded` counts what is on its way too; a refund that failed is the shop's again. */
  const moved = (charge: Charge, amount: number): Charge => {
    const amountRefunded = charge.amount_refunded + amount;
    return { ...charge, amount_refunded: amountRefunded, refunded: amountRefunded === charge.amount };
  };

  return {
    next(wanted) {
      behaviour = wanted;
    },
    make(account, charge, wanted, extra) {
      const met = behaviour;
      behaviour = undefined;
      if (met === 'refused')
        throw invalidRequest('Insufficient funds in your account to refund this charge.', {
          code: 'balance_insufficient',
        });
      const left = charge.amount - charge.amount_refunded;
      if (left === 0)
        throw invalidRequest(`Charge ${charge.id} has already been refunded.`, {
          code: 'charge_already_refunded',
        });
      const amount = wanted ?? left;
      if (amount > left) {
        throw invalidRequest(
          `Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`,
          { param: 'amount' },
        );
      }
      const refund: Refund = {
        id: newId('re'),
        object: 'refund',
        created: Math.floor(now().getTime() / 1000),
        amount,
        charge: charge.id,
        currency: charge.currency,
        payment_intent: charge.payment_intent,
        status: met ?? 'succeeded',
        ...extra,
      };
      const refunded = moved(charge, amount);
      objects.put(account, refund);
      objects.put(account, refunded);
      hooks.emit(account, 'refund.created', refund);
      hooks.emit(account, 'charge.refunded', refunded);
      return refund;
    },
    end(account, id, status) {
      const before = objects.get<Refund>(account, 'refund', id);
      if (before.status === 'failed') throw invalidRequest(`Refund ${id} has failed for good.`);
      const refund: Refund = {
        ...before,
        status,
        ...(status === 'failed' ? { failure_reason: 'lost_or_stolen_card' } : {}),
      };
      objects.put(account, refund);
      if (status === 'failed') {
        const charge = objects.get<Charge>(account, 'charge', refund.charge);
        objects.put(account, moved(charge, -refund.amount));
      }
      hooks.emit(account, 'refund.updated', refund);
      if (status === 'failed') hooks.emit(account, 'refund.failed', refund);
      return refund;
    },
  };
}
