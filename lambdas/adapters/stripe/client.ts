/** Stripe's REST API, as far as we call it; its own SDK would be a third of the bundles that take money. */
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';

/** The version of the API that the types of the package `stripe` describe. */
export const apiVersion = '2026-10-28.endive';

const mostRetries = 2;
const firstPauseMs = 500;
const patienceMs = 20_000;
const mostListed = 100;

/** The provider has understood and says no. */
export class StripeError extends Error {
  readonly status: number;
  /** For example `card_error` (docs.stripe.com/api/errors). */
  readonly type: string;
  readonly code: string | undefined;
  /** Of a charge that was declined. */
  readonly paymentIntentId: string | undefined;

  constructor(status: number, error: ErrorBody) {
    super(error.message ?? `The payment provider answered ${status}`);
    this.name = 'StripeError';
    this.status = status;
    this.type = error.type ?? 'api_error';
    this.code = error.code;
    this.paymentIntentId = error.payment_intent?.id;
  }

  /** What was asked for can not be, and never will be: not a matter of our key, or of how often we ask. */
  get isInvalidRequest(): boolean {
    return this.type === 'invalid_request_error' && ![401, 403, 409, 429].includes(this.status);
  }
}

interface ErrorBody {
  message?: string;
  type?: string;
  code?: string;
  payment_intent?: { id: string };
}

export type FormValue = string | number | boolean | undefined | FormValue[] | { [key: string]: FormValue };

/** A form as Stripe reads it: `{a: {b: ['c']}}` becomes `a[b][0]=c`; what is undefined is left out. */
export function formOf(fields: Record<string, FormValue>): URLSearchParams {
  const form = new URLSearchParams();
  const add = (name: string, value: FormValue) => {
    if (value === undefined) return;
    if (typeof value !== 'object') return form.append(name, String(value));
    for (const [key, each] of Object.entries(value)) add(`${name}[${key}]`, each);
  };
  for (const [name, value] of Object.entries(fields)) add(name, value);
  return form;
}

export interface CallOptions {
  /** On whose account. */
  account?: string;
  /** Same key, same outcome, however often it is sent. */
  key?: string;
}

/** Its segments: ids among them are told from the path around them. */
type Path = readonly string[];

export interface StripeClient {
  /** @throws StripeError */
  get<T>(path: Path, options: CallOptions): Promise<T>;
  /** Every object of a list, the newest first (docs.stripe.com/api/pagination). @throws StripeError */
  list<T extends { id: string }>(
    path: Path,
    query: Record<string, FormValue>,
    options: CallOptions,
  ): AsyncGenerator<T, void>;
  /** @throws StripeError */
  post<T>(path: Path, fields: Record<string, FormValue>, options: CallOptions): Promise<T>;
}

/** @param url scheme and host, without a slash at the end */
export function stripeClient(secretKey: string, url = 'https://api.stripe.com'): StripeClient {
  async function call<T>(
    path: Path,
    init: RequestInit,
    { account, key }: CallOptions,
    query = '',
  ): Promise<T> {
    const headers = {
      authorization: `Bearer ${secretKey}`,
      'stripe-version': apiVersion,
      ...(account === undefined ? {} : { 'stripe-account': account }),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    };
    for (let attempt = 1; ; attempt += 1) {
      const last = attempt > mostRetries;
      try {
        const response = await fetch(`${url}/v1/${path.map(encodeURIComponent).join('/')}${query}`, {
          ...init,
          headers,
          signal: AbortSignal.timeout(patienceMs),
        });
        const body = (await response.json()) as T & { error?: ErrorBody };
        if (response.ok) return body;
        if (last || !mayRetry(response)) throw new StripeError(response.status, body.error ?? {});
      } catch (error) {
        // No answer, or none that can be read: the key makes a repetition harmless.
        if (last || error instanceof StripeError) throw error;
      }
      await setTimeout(firstPauseMs * attempt * (0.5 + Math.random() / 2));
    }
  }
  async function* list<T extends { id: string }>(
    path: Path,
    query: Record<string, FormValue>,
    options: CallOptions,
  ): AsyncGenerator<T, void> {
    let after: string | undefined;
    do {
      const form = formOf({ ...query, limit: mostListed, starting_after: after });
      const page = await call<{ data: T[]; has_more: boolean }>(path, {}, options, `?${form.toString()}`);
      yield* page.data;
      after = page.has_more ? page.data.at(-1)?.id : undefined;
    } while (after !== undefined);
  }
  return {
    get: (path, options) => call(path, {}, options),
    list,
    post: (path, fields, { key = randomUUID(), ...options }) =>
      call(path, { method: 'POST', body: formOf(fields) }, { ...options, key }),
  };
}

/** Stripe knows best; where it is silent, locks and its own failures pass (docs.stripe.com/error-low-level). */
function mayRetry({ status, headers }: Response): boolean {
  const advice = headers.get('stripe-should-retry');
  return advice === null ? status === 409 || status >= 500 : advice === 'true';
}
