import { transaction } from '../engine/store.ts';
import type { Store } from '../engine/store.ts';
import { invalidRequest, type Declined } from './errors.ts';
import { newId } from './objects.ts';
import type { Account, StripeObject, StripeObjects } from './objects.ts';
import type { Webhooks } from './webhooks.ts';

export interface CheckoutSession extends StripeObject {
  status: 'open' | 'complete' | 'expired';
  payment_status: 'unpaid' | 'paid';
  amount_total: number;
  currency: string;
  customer: string | null;
  customer_email: string | null;
  expires_at: number;
  success_url: string;
  cancel_url: string | null;
  payment_intent: string | null;
}

/** What Stripe does not show of a session: its lines, and the intent before the session completes. */
export interface CheckoutDraft extends StripeObject {
  lines: { name: string; description: string | null; quantity: number; unit_amount: number }[];
  intent_data: {
    metadata: Record<string, string>;
    description: string | null;
    application_fee_amount: number | null;
    /** The card is kept for charges while the customer is away. */
    keeps: boolean;
  };
  intent: string | null;
  /** The card that its bank asks about. */
  challenged?: string;
  /** A bank debit on its way: when it ends, in epoch seconds, and how. */
  debit?: { endsAt: number; arrives: boolean };
}

export interface PaymentIntent extends StripeObject {
  amount: number;
  status: 'requires_payment_method' | 'requires_action' | 'processing' | 'succeeded';
}

/** A kept card. What its bank does with a charge is the simulator's own. */
export interface StoredCard extends StripeObject {
  customer: string | null;
  card: { brand: string; last4: string; exp_month: number; exp_year: number };
  behaviour: CardBehaviour;
}
export const CARD_BEHAVIOURS = ['good', 'declined', 'authentication_required'] as const;
export type CardBehaviour = (typeof CARD_BEHAVIOURS)[number];

export interface Charge extends StripeObject {
  amount: number;
  amount_refunded: number;
  refunded: boolean;
  currency: string;
  payment_intent: string;
}

export type PaymentOutcome =
  | { outcome: 'succeeded'; session: CheckoutSession }
  | { outcome: 'processing'; session: CheckoutSession }
  | { outcome: 'declined'; message: string; declineCode: string }
  | { outcome: 'requires_action' }
  | { outcome: 'closed'; status: CheckoutSession['status'] };

const DECLINES: Record<string, [code: string, declineCode: string, message: string]> = {
  '4000000000000002': ['card_declined', 'generic_decline', 'Your card was declined.'],
  '4000000000009995': ['card_declined', 'insufficient_funds', 'Your card has insufficient funds.'],
  '4000000000000069': ['expired_card', 'expired_card', 'Your card has expired.'],
};
const GOOD = new Set(['4242424242424242', '5555555555554444', '4000000000000341']);
/** Stripe's test accounts of SEPA debits, which end days after the page does: the first arrives, the second does not. */
const DEBITS: Record<string, boolean> = { AT611904300234573201: true, AT861904300235473202: false };
const DEBIT_SECONDS = 24 * 3600;
/** 3-D Secure: the bank asks once, or again for every charge while the customer is away. */
const CHALLENGED: Record<string, CardBehaviour> = {
  '4000002500003155': 'good',
  '4000002760003184': 'authentication_required',
};
/** A card that can be kept and is declined when it is charged. */
const DECLINED_LATER = '4000000000000341';

export interface Payments {
  /** Pays an open session with one of Stripe's test cards, or promises to by one of its test bank accounts. */
  pay(sessionId: string, card: string, payer?: { email?: string; name?: string }): PaymentOutcome;
  /** Ends the 3-D Secure step. */
  authenticate(sessionId: string, passed: boolean): PaymentOutcome;
  /** Runs inside the caller's transaction. */
  expire(account: Account, session: CheckoutSession): CheckoutSession;
  /** What time alone does: sessions expire, bank debits end. */
  passTime(): void;
  /** Ends the session's bank debit now; undefined when none is on its way. */
  endDebit(sessionId: string): CheckoutSession | undefined;
  /** Charges a kept card while its customer is away. Runs inside the caller's transaction. */
  chargeStored(
    account: Account,
    wanted: {
      amount: number;
      currency: string;
      customer: string;
      method: string;
      description: string | null;
      metadata: Record<string, string>;
    },
  ): PaymentIntent | Declined;
}

export function payments(store: Store, objects: StripeObjects, hooks: Webhooks, now: () => Date): Payments {
  const seconds = () => Math.floor(now().getTime() / 1000);
  const open = (sessionId: string) => {
    const account = objects.accountOf(sessionId);
    if (account === undefined)
      throw invalidRequest(`No such checkout.session: '${sessionId}'`, { code: 'resource_missing' }, 404);
    const session = objects.get<CheckoutSession>(account, 'checkout.session', sessionId);
    return {
      account,
      session,
      draft: objects.get<CheckoutDraft>(account, 'checkout.draft', `draft_${sessionId}`),
    };
  };

  /** One attempt: everything that follows from it is written, or nothing. */
  function inOneGo<T>(work: () => T): T {
    passTime();
    const outcome = transaction(store, work);
    hooks.pump();
    return outcome;
  }

  function intentOf(account: Account, session: CheckoutSession, draft: CheckoutDraft): PaymentIntent {
    if (draft.intent !== null) return objects.get<PaymentIntent>(account, 'payment_intent', draft.intent);
    const intent: PaymentIntent = {
      id: newId('pi'),
      object: 'payment_intent',
      created: seconds(),
      amount: session.amount_total,
      amount_received: 0,
      application_fee_amount: draft.intent_data.application_fee_amount,
      currency: session.currency,
      customer: session.customer,
      description: draft.intent_data.description,
      last_payment_error: null,
      latest_charge: null,
      livemode: false,
      metadata: draft.intent_data.metadata,
      next_action: null,
      payment_method_types: ['card'],
      status: 'requires_payment_method',
    };
    objects.put(account, intent);
    objects.put(account, { ...draft, intent: intent.id });
    hooks.emit(account, 'payment_intent.created', intent);
    return intent;
  }

  function decline(
    account: Account,
    intent: PaymentIntent,
    [code, declineCode, message]: [string, string, string],
  ): PaymentOutcome {
    const failed: PaymentIntent = {
      ...intent,
      status: 'requires_payment_method',
      next_action: null,
      last_payment_error: { type: 'card_error', code, decline_code: declineCode, message },
    };
    objects.put(account, failed);
    hooks.emit(account, 'payment_intent.payment_failed', failed);
    return { outcome: 'declined', message, declineCode };
  }

  function promise(
    account: Account,
    session: CheckoutSession,
    draft: CheckoutDraft,
    intent: PaymentIntent,
    arrives: boolean,
  ): PaymentOutcome {
    const processing: PaymentIntent = { ...intent, status: 'processing', next_action: null };
    const complete: CheckoutSession = {
      ...session,
      status: 'complete',
      payment_intent: intent.id,
      url: null,
    };
    const debit = { endsAt: seconds() + DEBIT_SECONDS, arrives };
    for (const object of [processing, complete, { ...draft, intent: intent.id, debit }])
      objects.put(account, object);
    hooks.emit(account, 'payment_intent.processing', processing);
    hooks.emit(account, 'checkout.session.completed', complete);
    return { outcome: 'processing', session: complete };
  }

  /** Keeps the card that a session was paid with, when its customer has agreed. */
  function keepCard(
    account: Account,
    session: CheckoutSession,
    draft: CheckoutDraft,
    number: string,
  ): string | null {
    if (!draft.intent_data.keeps || session.customer === null) return null;
    const card: StoredCard = {
      id: newId('pm'),
      object: 'payment_method',
      created: seconds(),
      type: 'card',
      livemode: false,
      customer: session.customer,
      card: {
        brand: number.startsWith('5') ? 'mastercard' : 'visa',
        last4: number.slice(-4),
        exp_month: 12,
        exp_year: 2034,
      },
      behaviour: number === DECLINED_LATER ? 'declined' : (CHALLENGED[number] ?? 'good'),
    };
    objects.put(account, card);
    hooks.emit(account, 'payment_method.attached', card);
    return card.id;
  }

  /** Runs inside the caller's transaction. */
  function end(account: Account, { debit, ...draft }: CheckoutDraft): CheckoutSession {
    objects.put(account, draft);
    const session = objects.get<CheckoutSession>(
      account,
      'checkout.session',
      draft.id.slice('draft_'.length),
    );
    const intent = objects.get<PaymentIntent>(account, 'payment_intent', draft.intent ?? '');
    if (debit?.arrives)
      return capture(account, session, intent, 'checkout.session.async_payment_succeeded').session;
    decline(account, intent, ['debit_not_authorized', 'debit_not_authorized', 'The bank did not pay.']);
    hooks.emit(account, 'checkout.session.async_payment_failed', session);
    return session;
  }

  function capture(
    account: Account,
    session: CheckoutSession,
    intent: PaymentIntent,
    notice = 'checkout.session.completed',
    method: string | null = null,
  ): { outcome: 'succeeded'; session: CheckoutSession } {
    const { charge, paid } = moneyOf(intent, session.currency, session.customer, method);
    const complete: CheckoutSession = {
      ...session,
      status: 'complete',
      payment_status: 'paid',
      payment_intent: intent.id,
      url: null,
    };
    for (const object of [charge, paid, complete]) objects.put(account, object);
    hooks.emit(account, 'charge.succeeded', charge);
    hooks.emit(account, 'payment_intent.succeeded', paid);
    hooks.emit(account, notice, complete);
    return { outcome: 'succeeded', session: complete };
  }

  function moneyOf(
    intent: PaymentIntent,
    currency: string,
    customer: string | null,
    method: string | null,
  ): { charge: Charge; paid: PaymentIntent } {
    const charge: Charge = {
      id: newId('ch'),
      object: 'charge',
      created: seconds(),
      amount: intent.amount,
      amount_captured: intent.amount,
      amount_refunded: 0,
      captured: true,
      currency,
      customer,
      livemode: false,
      metadata: intent['metadata'],
      paid: true,
      payment_intent: intent.id,
      refunded: false,
      status: 'succeeded',
    };
    const paid: PaymentIntent = {
      ...intent,
      status: 'succeeded',
      amount_received: intent.amount,
      latest_charge: charge.id,
      next_action: null,
      last_payment_error: null,
      payment_method: method,
    };
    return { charge, paid };
  }

  function passTime(): void {
    const due = objects
      .all<CheckoutSession>('checkout.session')
      .filter(({ object }) => object.status === 'open' && object.expires_at <= seconds());
    const debits = objects
      .all<CheckoutDraft>('checkout.draft')
      .filter(({ object }) => object.debit !== undefined && object.debit.endsAt <= seconds());
    if (due.length === 0 && debits.length === 0) return;
    transaction(store, () => {
      for (const { account, object } of due) expire(account, object);
      for (const { account, object } of debits) end(account, object);
    });
    hooks.pump();
  }

  function expire(account: Account, session: CheckoutSession): CheckoutSession {
    const expired: CheckoutSession = { ...session, status: 'expired', url: null };
    objects.put(account, expired);
    hooks.emit(account, 'checkout.session.expired', expired);
    return expired;
  }

  return {
    expire,
    passTime,
    endDebit: (sessionId) =>
      inOneGo(() => {
        const { account, session, draft } = open(sessionId);
        return draft.debit && session.payment_status === 'unpaid' ? end(account, draft) : undefined;
      }),
    pay: (sessionId, card, payer = {}) =>
      inOneGo(() => {
        const { account, session, draft } = open(sessionId);
        if (session.status !== 'open') return { outcome: 'closed', status: session.status };
        const number = card.replaceAll(/[\s-]/g, '');
        const intent = intentOf(account, session, draft);
        const declined = DECLINES[number];
        if (declined) return decline(account, intent, declined);
        const named: CheckoutSession = {
          ...session,
          customer_details: { email: payer.email ?? session.customer_email, name: payer.name ?? null },
        };
        objects.put(account, named);
        const arrives = DEBITS[number.toUpperCase()];
        if (arrives !== undefined) return promise(account, named, draft, intent, arrives);
        if (CHALLENGED[number] !== undefined) {
          objects.put(account, { ...draft, intent: intent.id, challenged: number });
          const waiting: PaymentIntent = {
            ...intent,
            status: 'requires_action',
            next_action: { type: 'use_stripe_sdk' },
          };
          objects.put(account, waiting);
          hooks.emit(account, 'payment_intent.requires_action', waiting);
          return { outcome: 'requires_action' };
        }
        if (!GOOD.has(number))
          return decline(account, intent, [
            'incorrect_number',
            'incorrect_number',
            'Your card number is incorrect: use a test card.',
          ]);
        return capture(account, named, intent, undefined, keepCard(account, named, draft, number));
      }),
    authenticate: (sessionId, passed) =>
      inOneGo(() => {
        const { account, session, draft } = open(sessionId);
        if (session.status !== 'open') return { outcome: 'closed', status: session.status };
        const intent = intentOf(account, session, draft);
        if (intent.status !== 'requires_action')
          throw invalidRequest('This payment waits for no authentication.');
        if (passed) {
          const method = keepCard(account, session, draft, draft.challenged ?? '');
          return capture(account, session, intent, undefined, method);
        }
        const failure = 'We are unable to authenticate your payment method.';
        return decline(account, intent, [
          'payment_intent_authentication_failure',
          'authentication_required',
          failure,
        ]);
      }),
    chargeStored(account, { method, ...wanted }) {
      const card = objects.get<StoredCard>(account, 'payment_method', method, 'payment_method');
      if (card.customer !== wanted.customer)
        throw invalidRequest(
          `The customer does not have a payment method with the ID ${method}. The payment method must be attached to the customer.`,
          { param: 'payment_method' },
        );
      const intent: PaymentIntent = {
        id: newId('pi'),
        object: 'payment_intent',
        created: seconds(),
        amount_received: 0,
        last_payment_error: null,
        latest_charge: null,
        livemode: false,
        next_action: null,
        payment_method: method,
        payment_method_types: ['card'],
        ...wanted,
        status: 'requires_payment_method',
      };
      hooks.emit(account, 'payment_intent.created', intent);
      if (card.behaviour !== 'good') {
        const challenged = card.behaviour === 'authentication_required';
        const code = challenged ? 'authentication_required' : 'card_declined';
        const declineCode = challenged ? 'authentication_required' : 'generic_decline';
        const message = challenged
          ? 'Your card was declined. This transaction requires authentication.'
          : 'Your card was declined.';
        decline(account, intent, [code, declineCode, message]);
        return {
          declined: {
            type: 'card_error',
            code,
            decline_code: declineCode,
            message,
            payment_intent: objects.get(account, 'payment_intent', intent.id),
          },
        };
      }
      const { charge, paid } = moneyOf(intent, wanted.currency, wanted.customer, method);
      for (const object of [charge, paid]) objects.put(account, object);
      hooks.emit(account, 'charge.succeeded', charge);
      hooks.emit(account, 'payment_intent.succeeded', paid);
      return paid;
    },
  };
}
