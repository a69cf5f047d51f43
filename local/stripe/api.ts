import { createHash } from 'node:crypto';
import { transaction } from '../engine/store.ts';
import type { Store } from '../engine/store.ts';
import { invalidRequest, StripeRefusal, type Declined } from './errors.ts';
import { parseForm } from './form.ts';
import { listPage, type StripeList } from './list.ts';
import { newId } from './objects.ts';
import type { Account, StripeObject, StripeObjects } from './objects.ts';
import type { Charge, CheckoutDraft, CheckoutSession, Payments, StoredCard } from './payments.ts';
import { readParams, schemas } from './params.ts';
import type { Form } from './params.ts';
import type { Refunds } from './refunds.ts';
import type { WebhookEndpoint, Webhooks } from './webhooks.ts';
import { API_VERSION } from './webhooks.ts';

export interface ApiRequest {
  method: string;
  path: string;
  authorization: string | undefined;
  idempotencyKey: string | undefined;
  stripeAccount: string | undefined;
  /** The form; of a GET its query. */
  body: string;
}

export interface ApiAnswer {
  status: number;
  body: string;
  replayed: boolean;
}

interface Route {
  method: string;
  path: RegExp;
  run(account: Account, form: Form, id: string): StripeObject | StripeList | Declined;
}

/** The part of Stripe's HTTP API that Kerf uses, over objects in the store. */
export function stripeApi(parts: {
  store: Store;
  objects: StripeObjects;
  hooks: Webhooks;
  paying: Payments;
  refunding: Refunds;
  now: () => Date;
  secretKey: string;
  publicUrl: () => string;
}): (request: ApiRequest) => ApiAnswer {
  const { store, objects, hooks, paying, refunding, now, secretKey, publicUrl } = parts;
  store.exec(`CREATE TABLE IF NOT EXISTS stripe_answers (account TEXT NOT NULL, key TEXT NOT NULL, request_hash TEXT NOT NULL,
    status INTEGER NOT NULL, response TEXT NOT NULL, created_at INTEGER NOT NULL, PRIMARY KEY (account, key))`);
  const seconds = () => Math.floor(now().getTime() / 1000);
  const made = (prefix: string, object: string) => ({
    id: newId(prefix),
    object,
    created: seconds(),
    livemode: false,
  });
  const kept = <T extends StripeObject>(account: Account, object: T): T => {
    objects.put(account, object);
    return object;
  };
  const withoutSecret = ({ secret: _secret, connect: _connect, ...shown }: WebhookEndpoint) =>
    shown as StripeObject;

  const shownCard = ({ behaviour: _, ...shown }: StoredCard) => shown as StripeObject;

  function createSession(account: Account, form: Form): StripeObject {
    const input = readParams(schemas.session, form);
    if (input.customer !== undefined) objects.get(account, 'customer', input.customer, 'customer');
    const currencies = new Set(input.line_items.map((line) => line.price_data.currency));
    const [currency = 'usd'] = currencies;
    if (currencies.size > 1)
      throw invalidRequest('All line items must have the same currency.', { param: 'line_items' });
    const total = input.line_items.reduce(
      (sum, line) => sum + line.quantity * line.price_data.unit_amount,
      0,
    );
    if (total < 50) {
      throw invalidRequest('The Checkout Session total amount must be at least 50 in the smallest unit.', {
        code: 'amount_too_small',
        param: 'line_items',
      });
    }
    const expiresAt = input.expires_at ?? seconds() + 24 * 3600;
    if (expiresAt < seconds() + 1795 || expiresAt > seconds() + 24 * 3600 + 5) {
      throw invalidRequest(
        'The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout Session creation.',
        { param: 'expires_at' },
      );
    }
    const base = made('cs_test', 'checkout.session');
    const session: CheckoutSession = {
      ...base,
      amount_subtotal: total,
      amount_total: total,
      cancel_url: input.cancel_url ?? null,
      client_reference_id: input.client_reference_id ?? null,
      currency,
      customer: input.customer ?? null,
      customer_details: null,
      customer_email: input.customer_email ?? null,
      expires_at: expiresAt,
      metadata: input.metadata,
      mode: 'payment',
      payment_intent: null,
      payment_method_types: ['card', 'sepa_debit'],
      payment_status: 'unpaid',
      status: 'open',
      success_url: input.success_url,
      url: `${publicUrl()}/checkout/${base.id}`,
    };
    const draft: CheckoutDraft = {
      id: `draft_${base.id}`,
      object: 'checkout.draft',
      created: base.created,
      lines: input.line_items.map(({ quantity, price_data: price }) => ({
        name: price.product_data.name,
        description: price.product_data.description ?? null,
        quantity,
        unit_amount: price.unit_amount,
      })),
      intent_data: {
        metadata: input.payment_intent_data?.metadata ?? {},
        description: input.payment_intent_data?.description ?? null,
        application_fee_amount: input.payment_intent_data?.application_fee_amount ?? null,
        keeps: input.payment_intent_data?.setup_future_usage !== undefined,
      },
      intent: null,
    };
    objects.put(account, draft);
    return kept(account, session);
  }

  function createRefund(account: Account, form: Form): StripeObject {
    const input = readParams(schemas.refund, form);
    const intent =
      input.payment_intent === undefined
        ? undefined
        : objects.get(account, 'payment_intent', input.payment_intent, 'payment_intent');
    const chargeId = input.charge ?? intent?.['latest_charge'];
    if (typeof chargeId !== 'string') {
      throw invalidRequest(
        'One of the following params should be provided for this request: charge of a succeeded payment, or payment_intent.',
      );
    }
    const charge = objects.get<Charge>(account, 'charge', chargeId, 'charge');
    return refunding.make(account, charge, input.amount, {
      reason: input.reason ?? null,
      metadata: input.metadata,
    });
  }

  const retrieve = (path: string, type: string): Route => ({
    method: 'GET',
    path: new RegExp(`^/v1/${path}/([^/]+)$`),
    run: (account, _form, id) => objects.get(account, type, id),
  });
  const list = (type: Parameters<typeof listPage>[2]): Route => ({
    method: 'GET',
    path: new RegExp(`^/v1/${type}s$`),
    run: (account, form) => listPage(objects, account, type, form),
  });
  const routes: Route[] = [
    {
      method: 'POST',
      path: /^\/v1\/customers$/,
      run(account, form) {
        const {
          email = null,
          name = null,
          description = null,
          phone = null,
          ...rest
        } = readParams(schemas.customer, form);
        return kept(account, { ...made('cus', 'customer'), email, name, description, phone, ...rest });
      },
    },
    retrieve('customers', 'customer'),
    { method: 'POST', path: /^\/v1\/checkout\/sessions$/, run: createSession },
    retrieve('checkout/sessions', 'checkout.session'),
    {
      method: 'POST',
      path: /^\/v1\/checkout\/sessions\/([^/]+)\/expire$/,
      run(account, _form, id) {
        const session = objects.get<CheckoutSession>(account, 'checkout.session', id);
        if (session.status !== 'open')
          throw invalidRequest(
            `Only Checkout Sessions with a status in ["open"] can be expired. This one is ${session.status}.`,
          );
        return paying.expire(account, session);
      },
    },
    list('payment_intent'),
    retrieve('payment_intents', 'payment_intent'),
    {
      method: 'POST',
      path: /^\/v1\/payment_intents$/,
      run(account, form) {
        const { payment_method: method, description = null, ...input } = readParams(schemas.intent, form);
        const { amount, currency, customer, metadata } = input;
        objects.get(account, 'customer', customer, 'customer');
        return paying.chargeStored(account, { amount, currency, customer, method, description, metadata });
      },
    },
    {
      ...retrieve('payment_methods', 'payment_method'),
      run: (account, _form, id) => shownCard(objects.get<StoredCard>(account, 'payment_method', id)),
    },
    {
      method: 'POST',
      path: /^\/v1\/payment_methods\/([^/]+)\/detach$/,
      run(account, _form, id) {
        const card = objects.get<StoredCard>(account, 'payment_method', id);
        if (card.customer === null)
          throw invalidRequest(
            'The payment method you provided is not attached to a customer so detachment is impossible.',
          );
        const detached = kept(account, { ...card, customer: null });
        hooks.emit(account, 'payment_method.detached', shownCard(detached));
        return shownCard(detached);
      },
    },
    retrieve('charges', 'charge'),
    { method: 'POST', path: /^\/v1\/refunds$/, run: createRefund },
    list('refund'),
    retrieve('refunds', 'refund'),
    {
      method: 'POST',
      path: /^\/v1\/accounts$/,
      run(_account, form) {
        const input = readParams(schemas.account, form);
        const enabled = {
          charges_enabled: true,
          payouts_enabled: true,
          details_submitted: true,
          default_currency: 'usd',
        };
        return kept('', { ...made('acct', 'account'), ...enabled, ...input, email: input.email ?? null });
      },
    },
    { ...retrieve('accounts', 'account'), run: (_account, _form, id) => objects.get('', 'account', id) },
    {
      method: 'POST',
      path: /^\/v1\/webhook_endpoints$/,
      run(account, form) {
        const input = readParams(schemas.endpoint, form);
        const endpoint: WebhookEndpoint = {
          ...made('we', 'webhook_endpoint'),
          api_version: input.api_version ?? API_VERSION,
          application: null,
          description: input.description ?? null,
          enabled_events: input.enabled_events,
          metadata: input.metadata,
          status: 'enabled',
          url: input.url,
          secret: newId('whsec'),
          connect: input.connect === 'true',
        };
        const { connect: _connect, ...shown } = kept(account, endpoint);
        return shown;
      },
    },
    {
      ...retrieve('webhook_endpoints', 'webhook_endpoint'),
      run: (account, _form, id) => withoutSecret(objects.get(account, 'webhook_endpoint', id)),
    },
    {
      method: 'DELETE',
      path: /^\/v1\/webhook_endpoints\/([^/]+)$/,
      run(account, _form, id) {
        objects.put(account, { ...objects.get(account, 'webhook_endpoint', id), status: 'disabled' });
        return { id, object: 'webhook_endpoint', created: seconds(), deleted: true };
      },
    },
    retrieve('events', 'event'),
  ];

  function authenticate(request: ApiRequest): Account {
    const [scheme = '', credential = ''] = (request.authorization ?? '').split(' ');
    const key =
      scheme === 'Basic' ? (Buffer.from(credential, 'base64').toString().split(':')[0] ?? '') : credential;
    if (key === '') throw invalidRequest('You did not provide an API key.', {}, 401);
    if (key !== secretKey)
      throw invalidRequest(`Invalid API Key provided: ${key.slice(0, 8)}****${key.slice(-4)}`, {}, 401);
    const account = request.stripeAccount ?? '';
    if (account !== '' && !objects.all('account').some(({ object }) => object.id === account)) {
      const message = `The provided key does not have access to account '${account}' (or that account does not exist).`;
      throw invalidRequest(message, { code: 'account_invalid' }, 403);
    }
    return account;
  }

  function execute(request: ApiRequest, account: Account): Omit<ApiAnswer, 'replayed'> {
    for (const route of routes) {
      const match = route.method === request.method ? route.path.exec(request.path) : null;
      if (!match) continue;
      const out = route.run(account, parseForm(request.body), decodeURIComponent(match[1] ?? ''));
      if ('declined' in out && !('id' in out))
        return { status: 402, body: JSON.stringify({ error: out.declined }, null, 2) };
      return { status: 200, body: JSON.stringify(out, null, 2) };
    }
    throw invalidRequest(`Unrecognized request URL (${request.method}: ${request.path}).`, {}, 404);
  }

  function executeOnce(request: ApiRequest, account: Account, key: string): ApiAnswer {
    const hash = createHash('sha256')
      .update(`${request.method} ${request.path}\n${request.body}`)
      .digest('hex');
    store.prepare('DELETE FROM stripe_answers WHERE created_at < ?').run(seconds() - 24 * 3600);
    const former = store
      .prepare('SELECT request_hash, status, response FROM stripe_answers WHERE account = ? AND key = ?')
      .get(account, key) as { request_hash: string; status: number; response: string } | undefined;
    if (former && former.request_hash !== hash) {
      const message = `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}'.`;
      throw new StripeRefusal(400, { type: 'idempotency_error', message });
    }
    if (former) return { status: former.status, body: former.response, replayed: true };
    const { status, body } = execute(request, account);
    store
      .prepare(
        'INSERT INTO stripe_answers (account, key, request_hash, status, response, created_at) VALUES (?, ?, ?, ?, ?, ?)',
      )
      .run(account, key, hash, status, body, seconds());
    return { status, body, replayed: false };
  }

  return (request) => {
    try {
      const account = authenticate(request);
      paying.passTime();
      if (request.method === 'GET') return { ...execute(request, account), replayed: false };
      const key = request.idempotencyKey;
      // The object, its events and the idempotency row are written together or not at all.
      const answer = transaction(store, () =>
        key === undefined
          ? { ...execute(request, account), replayed: false }
          : executeOnce(request, account, key),
      );
      hooks.pump();
      return answer;
    } catch (error) {
      if (!(error instanceof StripeRefusal)) throw error;
      return { status: error.status, body: JSON.stringify({ error: error.body }, null, 2), replayed: false };
    }
  };
}
