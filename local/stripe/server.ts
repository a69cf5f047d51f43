import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as z from 'zod';
import type { MovableClock } from '../engine/clock.ts';
import { transaction, type Store } from '../engine/store.ts';
import { stripeApi } from './api.ts';
import { StripeRefusal } from './errors.ts';
import { newId, stripeObjects } from './objects.ts';
import { challengePage, checkoutPage, closedPage } from './page.ts';
import { payments } from './payments.ts';
import { CARD_BEHAVIOURS } from './payments.ts';
import { REFUND_BEHAVIOURS, REFUND_ENDS, refunds } from './refunds.ts';
import type { Charge, CheckoutDraft, CheckoutSession, PaymentOutcome, StoredCard } from './payments.ts';
import { WEBHOOK_MODES, webhooks } from './webhooks.ts';
import type { WebhookEndpoint } from './webhooks.ts';

export interface RunningStripe {
  url: string;
  port: number;
  /** The platform's endpoint at `url` for all events, made on the first call: its secret stays the same from start to start. */
  webhookSecret(url: string, connect: boolean): string;
  close(): Promise<void>;
}

export interface StripeOptions {
  /** 0 takes a free one. */
  port: number;
  store: Store;
  clock: Pick<MovableClock, 'now' | 'onAdvance'>;
  /** The only key that is let in, `sk_test_...`. */
  secretKey: string;
  /** Where a browser reaches this server, when that is not its own address. */
  publicUrl?: string;
}

const MAX_BODY_BYTES = 256 * 1024;
const SWEEP_MILLISECONDS = 5000;

interface Answer {
  status: number;
  headers?: Record<string, string>;
  body: string;
}

const json = (status: number, value: unknown): Answer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value, null, 2),
});
const html = (status: number, body: string): Answer => ({
  status,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
    'cache-control': 'no-store',
  },
  body,
});

/** Starts the payment simulator on 127.0.0.1: Stripe's API, its checkout page and its webhooks, all state in the store. */
export async function startStripe(options: StripeOptions): Promise<RunningStripe> {
  const { store, clock } = options;
  const now = () => clock.now();
  const objects = stripeObjects(store);
  const hooks = webhooks(store, objects, now);
  const paying = payments(store, objects, hooks, now);
  const refunding = refunds(objects, hooks, now);
  const address = { url: '' };
  const api = stripeApi({
    store,
    objects,
    hooks,
    paying,
    refunding,
    now,
    secretKey: options.secretKey,
    publicUrl: () => options.publicUrl ?? address.url,
  });

  function find(id: string): { session: CheckoutSession; draft: CheckoutDraft } | undefined {
    const account = objects.accountOf(id);
    if (account === undefined || !id.startsWith('cs_')) return undefined;
    return {
      session: objects.get(account, 'checkout.session', id),
      draft: objects.get(account, 'checkout.draft', `draft_${id}`),
    };
  }

  function afterAttempt(id: string, outcome: PaymentOutcome): Answer {
    const found = find(id);
    if (!found) return html(404, closedPage('missing'));
    if (outcome.outcome === 'succeeded' || outcome.outcome === 'processing') {
      const location = found.session.success_url.replaceAll('{CHECKOUT_SESSION_ID}', id);
      return { status: 303, headers: { location }, body: '' };
    }
    if (outcome.outcome === 'requires_action')
      return { status: 303, headers: { location: `/checkout/${id}/3ds` }, body: '' };
    if (outcome.outcome === 'declined')
      return html(402, checkoutPage(found.session, found.draft, outcome.message));
    return html(200, closedPage(outcome.status === 'complete' ? 'complete' : 'expired'));
  }

  function checkout(method: string, id: string, step: string | undefined, body: string): Answer {
    paying.passTime();
    const found = find(id);
    if (!found) return html(404, closedPage('missing'));
    if (found.session.status !== 'open') return html(200, closedPage(found.session.status));
    const form = new URLSearchParams(body);
    if (method === 'GET')
      return html(
        200,
        step === '3ds' ? challengePage(found.session) : checkoutPage(found.session, found.draft),
      );
    if (step === '3ds') return afterAttempt(id, paying.authenticate(id, form.get('outcome') === 'complete'));
    const payer = {
      ...(form.get('email') ? { email: form.get('email') as string } : {}),
      ...(form.get('name') ? { name: form.get('name') as string } : {}),
    };
    return afterAttempt(id, paying.pay(id, form.get('card') ?? '', payer));
  }

  async function simulation(method: string, path: string, body: string): Promise<Answer> {
    const [, , what = '', id = '', verb = ''] = path.split('/');
    const input = body === '' ? {} : (JSON.parse(body) as unknown);
    if (method === 'GET' && what === 'events') return json(200, { events: hooks.events() });
    if (method === 'GET' && what === 'charges') {
      return json(200, {
        charges: objects
          .all<Charge>('charge')
          .map(({ account, object }) => ({ ...object, account: account === '' ? null : account })),
      });
    }
    if (method === 'GET' && what === 'webhooks') return json(200, { mode: hooks.mode() });
    if (method === 'POST' && what === 'webhooks') {
      hooks.setMode(z.object({ mode: z.enum(WEBHOOK_MODES) }).parse(input).mode);
      return json(200, { mode: hooks.mode() });
    }
    if (method === 'POST' && what === 'deliver') {
      const deliveries = await hooks.deliverNow(id);
      return deliveries ? json(200, { deliveries }) : json(404, { error: `There is no event ${id}.` });
    }
    if (method === 'POST' && what === 'checkout' && verb === 'pay') {
      const { card, authenticate } = z
        .object({ card: z.string().default('4242424242424242'), authenticate: z.boolean().default(true) })
        .parse(input);
      const first = paying.pay(id, card);
      const outcome = first.outcome === 'requires_action' ? paying.authenticate(id, authenticate) : first;
      return json(['succeeded', 'processing'].includes(outcome.outcome) ? 200 : 402, outcome);
    }
    if (method === 'POST' && what === 'methods') {
      const { behaviour } = z.object({ behaviour: z.enum(CARD_BEHAVIOURS) }).parse(input);
      const account = objects.accountOf(id);
      if (account === undefined) return json(404, { error: `There is no payment method ${id}.` });
      objects.put(account, { ...objects.get<StoredCard>(account, 'payment_method', id), behaviour });
      return json(200, { behaviour });
    }
    if (method === 'POST' && what === 'refunds' && id === 'next') {
      refunding.next(z.object({ behaviour: z.enum(REFUND_BEHAVIOURS) }).parse(input).behaviour);
      return json(200, {});
    }
    if (method === 'POST' && what === 'refunds' && verb === 'end') {
      const { status } = z.object({ status: z.enum(REFUND_ENDS) }).parse(input);
      const account = objects.accountOf(id);
      if (account === undefined) return json(404, { error: `There is no refund ${id}.` });
      const refund = transaction(store, () => refunding.end(account, id, status));
      hooks.pump();
      return json(200, { refund });
    }
    if (method === 'POST' && what === 'checkout' && verb === 'end-debit') {
      const session = paying.endDebit(id);
      return session
        ? json(200, { session })
        : json(404, { error: `No bank debit is on its way for ${id}.` });
    }
    return json(404, { error: `${method} ${path} is no command of the simulator.` });
  }

  async function answer(request: IncomingMessage): Promise<Answer> {
    const body = await readBody(request);
    const { pathname, search } = new URL(request.url ?? '/', 'http://localhost');
    const method = request.method ?? 'GET';
    const page = /^\/checkout\/([^/]+)(?:\/(3ds))?$/.exec(pathname);
    if (page && (method === 'GET' || method === 'POST'))
      return checkout(method, page[1] ?? '', page[2], body);
    if (pathname.startsWith('/_sim/')) return simulation(method, pathname, body);
    const header = (name: string) => request.headers[name]?.toString();
    const result = api({
      method,
      path: pathname,
      authorization: header('authorization'),
      idempotencyKey: header('idempotency-key'),
      stripeAccount: header('stripe-account'),
      body: method === 'GET' ? search : body,
    });
    const headers = {
      'content-type': 'application/json',
      'request-id': newId('req'),
      ...(result.replayed ? { 'idempotent-replayed': 'true' } : {}),
    };
    return { status: result.status, headers, body: result.body };
  }

  function failure(error: unknown): Answer {
    if (error instanceof StripeRefusal) return json(error.status, { error: error.body });
    if (error instanceof z.ZodError) return json(400, { error: z.prettifyError(error) });
    if (error instanceof SyntaxError || error instanceof URIError) return json(400, { error: error.message });
    console.error('The payment simulator failed', error);
    return json(500, {
      error: { type: 'api_error', message: 'The simulator failed; its error is in the log.' },
    });
  }

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const result = await answer(request).catch(failure);
    response.writeHead(result.status, result.headers).end(result.body);
  }

  const server = createServer((request, response) => void respond(request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  address.url = `http://127.0.0.1:${port}`;
  const passTime = () => {
    if (server.listening) paying.passTime();
  };
  clock.onAdvance(passTime);
  const sweep = setInterval(passTime, SWEEP_MILLISECONDS).unref();
  hooks.pump();

  return {
    url: address.url,
    port,
    webhookSecret(url, connect) {
      const present = objects
        .all<WebhookEndpoint>('webhook_endpoint')
        .find(
          ({ object }) => object.url === url && object.connect === connect && object['status'] === 'enabled',
        );
      if (present) return present.object.secret;
      const body = new URLSearchParams({
        url,
        'enabled_events[0]': '*',
        connect: String(connect),
      }).toString();
      const authorization = `Bearer ${options.secretKey}`;
      const request = {
        method: 'POST',
        path: '/v1/webhook_endpoints',
        authorization,
        idempotencyKey: undefined,
        stripeAccount: undefined,
        body,
      };
      const made = api(request);
      if (made.status !== 200) throw new Error(`The webhook endpoint ${url} was refused: ${made.body}`);
      return (JSON.parse(made.body) as WebhookEndpoint).secret;
    },
    async close() {
      clearInterval(sweep);
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      await hooks.stop();
    },
  };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES)
      throw new StripeRefusal(413, { type: 'invalid_request_error', message: 'The request is too large.' });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
