import { createHmac } from 'node:crypto';
import type { Store } from '../engine/store.ts';
import { newId } from './objects.ts';
import type { Account, StripeObject, StripeObjects } from './objects.ts';

export const API_VERSION = '2026-10-28.endive';
export const WEBHOOK_MODES = ['normal', 'late', 'duplicate', 'out-of-order', 'unsigned', 'held'] as const;
export type WebhookMode = (typeof WEBHOOK_MODES)[number];

export interface WebhookEndpoint extends StripeObject {
  url: string;
  enabled_events: string[];
  /** Stripe shows neither of the two again after creation. */
  secret: string;
  connect: boolean;
}

const ANSWER_MILLISECONDS = 10_000;
const LATE_MILLISECONDS = 5000;
const GATHER_MILLISECONDS = 300;
const LONGEST_PAUSE_MILLISECONDS = 3600_000;
const ATTEMPTS = 80;
const AT_ONCE = 4;

interface Delivery {
  id: number;
  event_id: string;
  endpoint_id: string;
  attempts: number;
  signed: number;
}

export interface Webhooks {
  /** Stores the event and its deliveries; call it inside the transaction of what it tells about. */
  emit(account: Account, type: string, object: StripeObject): void;
  /** Looks for due deliveries; call it after a transaction that emitted. */
  pump(): void;
  mode(): WebhookMode;
  /** Leaving `held` releases what was held. */
  setMode(mode: WebhookMode): void;
  /** Sends one event now to every endpoint that wants it, whatever was sent before. Undefined for an unknown event. */
  deliverNow(eventId: string): Promise<{ url: string; status: number }[] | undefined>;
  events(): (StripeObject & { deliveries: unknown[] })[];
  stop(): Promise<void>;
}

/** The header's value as Stripe makes it: `t` in epoch seconds of real time, because receivers compare it with theirs. */
export function signatureHeader(payload: string, secret: string): string {
  const timestamp = Math.floor(Date.now() / 1000);
  return `t=${timestamp},v1=${createHmac('sha256', secret).update(`${timestamp}.${payload}`).digest('hex')}`;
}

/** Events and their delivery: at least once, retried with growing pauses, kept in the store until answered 2xx. */
export function webhooks(store: Store, objects: StripeObjects, now: () => Date): Webhooks {
  store.exec(`
    CREATE TABLE IF NOT EXISTS stripe_deliveries (id INTEGER PRIMARY KEY AUTOINCREMENT, event_id TEXT NOT NULL, endpoint_id TEXT NOT NULL,
      attempts INTEGER NOT NULL DEFAULT 0, next_at INTEGER NOT NULL, signed INTEGER NOT NULL, state TEXT NOT NULL, last_answer TEXT);
    CREATE INDEX IF NOT EXISTS stripe_deliveries_due ON stripe_deliveries (state, next_at);
    CREATE TABLE IF NOT EXISTS stripe_simulation (id INTEGER PRIMARY KEY CHECK (id = 1), mode TEXT NOT NULL);`);
  const running = new Map<number, Promise<void>>();
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  const mode = () =>
    ((store.prepare('SELECT mode FROM stripe_simulation WHERE id = 1').get() as { mode: string } | undefined)
      ?.mode ?? 'normal') as WebhookMode;
  const endpoint = (id: string) =>
    objects.all<WebhookEndpoint>('webhook_endpoint').find((each) => each.object.id === id)?.object;
  const wanting = (account: Account, type: string) =>
    objects
      .all<WebhookEndpoint>('webhook_endpoint')
      .map((each) => each.object)
      .filter((each) => each.connect === (account !== '') && each['status'] === 'enabled')
      .filter((each) => each.enabled_events.includes('*') || each.enabled_events.includes(type));

  async function send(event: StripeObject, to: WebhookEndpoint, signed: boolean): Promise<number> {
    const payload = JSON.stringify(event, null, 2);
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
      ...(signed ? { 'stripe-signature': signatureHeader(payload, to.secret) } : {}),
    };
    const response = await fetch(to.url, {
      method: 'POST',
      headers,
      body: payload,
      redirect: 'manual',
      signal: AbortSignal.timeout(ANSWER_MILLISECONDS),
    });
    await response.arrayBuffer();
    return response.status;
  }

  async function attempt(delivery: Delivery): Promise<void> {
    const account = objects.accountOf(delivery.event_id) ?? '';
    const to = endpoint(delivery.endpoint_id);
    let answer: string;
    if (!to) answer = 'the endpoint was deleted';
    else {
      answer = await send(objects.get(account, 'event', delivery.event_id), to, delivery.signed === 1).then(
        String,
        String,
      );
    }
    const delivered = /^2\d\d$/.test(answer);
    const attempts = delivery.attempts + 1;
    const state = delivered ? 'delivered' : !to || attempts >= ATTEMPTS ? 'dead' : 'waiting';
    const pause = Math.min(LONGEST_PAUSE_MILLISECONDS, 500 * 2 ** Math.min(attempts, 20));
    store
      .prepare(
        'UPDATE stripe_deliveries SET attempts = ?, state = ?, next_at = ?, last_answer = ? WHERE id = ?',
      )
      .run(attempts, state, Date.now() + pause, answer, delivery.id);
  }

  /** Events of one moment are not all due in the same millisecond: the first would go alone. */
  const stillGathering = () =>
    store
      .prepare(`SELECT 1 FROM stripe_deliveries WHERE state = 'waiting' AND next_at > ? AND next_at <= ?`)
      .get(Date.now(), Date.now() + GATHER_MILLISECONDS) !== undefined;

  function pump(): void {
    if (stopped) return;
    clearTimeout(timer);
    const backwards = mode() === 'out-of-order';
    const due = (backwards && stillGathering()
      ? []
      : store
          .prepare(
            `SELECT * FROM stripe_deliveries WHERE state = 'waiting' AND next_at <= ? ORDER BY id ${backwards ? 'DESC' : 'ASC'} LIMIT 100`,
          )
          .all(Date.now())) as unknown as Delivery[];
    for (const delivery of due) {
      if (running.size >= (backwards ? 1 : AT_ONCE)) break;
      if (running.has(delivery.id)) continue;
      const work = attempt(delivery).finally(() => {
        running.delete(delivery.id);
        pump();
      });
      running.set(delivery.id, work);
    }
    const next = store
      .prepare(`SELECT min(next_at) AS at FROM stripe_deliveries WHERE state = 'waiting' AND next_at > ?`)
      .get(Date.now()) as { at: number | null };
    if (next.at !== null) timer = setTimeout(pump, Math.max(10, next.at - Date.now())).unref();
  }

  return {
    mode,
    pump,
    emit(account, type, object) {
      const event: StripeObject = {
        id: newId('evt'),
        object: 'event',
        ...(account === '' ? {} : { account }),
        api_version: API_VERSION,
        created: Math.floor(now().getTime() / 1000),
        data: { object },
        livemode: false,
        pending_webhooks: 0,
        request: { id: null, idempotency_key: null },
        type,
      };
      const receivers = wanting(account, type);
      objects.put(account, { ...event, pending_webhooks: receivers.length });
      const how = mode();
      const delay = how === 'late' ? LATE_MILLISECONDS : how === 'out-of-order' ? GATHER_MILLISECONDS : 0;
      const insert = store.prepare(
        'INSERT INTO stripe_deliveries (event_id, endpoint_id, next_at, signed, state) VALUES (?, ?, ?, ?, ?)',
      );
      for (const receiver of receivers) {
        for (let copy = 0; copy < (how === 'duplicate' ? 2 : 1); copy += 1) {
          insert.run(
            event.id,
            receiver.id,
            Date.now() + delay,
            Number(how !== 'unsigned'),
            how === 'held' ? 'held' : 'waiting',
          );
        }
      }
    },
    setMode(wanted) {
      store
        .prepare(
          'INSERT INTO stripe_simulation (id, mode) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET mode = excluded.mode',
        )
        .run(wanted);
      if (wanted !== 'held')
        store.exec(`UPDATE stripe_deliveries SET state = 'waiting' WHERE state = 'held'`);
      pump();
    },
    async deliverNow(eventId) {
      const account = objects.accountOf(eventId);
      if (account === undefined) return undefined;
      const event = objects.get(account, 'event', eventId);
      return Promise.all(
        wanting(account, event['type'] as string).map(async (to) => ({
          url: to.url,
          status: await send(event, to, mode() !== 'unsigned').catch(() => 0),
        })),
      );
    },
    events: () =>
      objects.all('event').map(({ object }) => ({
        ...object,
        deliveries: store
          .prepare(
            'SELECT endpoint_id, attempts, state, last_answer FROM stripe_deliveries WHERE event_id = ?',
          )
          .all(object.id),
      })),
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await Promise.all(running.values());
    },
  };
}
