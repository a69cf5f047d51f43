import { randomBytes } from 'node:crypto';
import type { Store } from '../engine/store.ts';
import { invalidRequest } from './errors.ts';

/** A Stripe object as it is sent: snake_case, amounts in minor units, times in epoch seconds. */
export interface StripeObject {
  id: string;
  object: string;
  created: number;
  [field: string]: unknown;
}

/** Where an object lives: a connected account's id, or empty for the platform itself. */
export type Account = string;

export function newId(prefix: string): string {
  const letters = [...randomBytes(24)].map((byte) =>
    'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz0123456789'.charAt(byte % 58),
  );
  return `${prefix}_${letters.join('')}`;
}

export interface StripeObjects {
  put(account: Account, object: StripeObject): void;
  /** Throws resource_missing as Stripe does; an object of another account is missing too. */
  get<T extends StripeObject = StripeObject>(account: Account, type: string, id: string, param?: string): T;
  /** The account an object belongs to, for pages that know only its id. */
  accountOf(id: string): Account | undefined;
  all<T extends StripeObject = StripeObject>(type: string): { account: Account; object: T }[];
}

export function stripeObjects(store: Store): StripeObjects {
  store.exec(`
    CREATE TABLE IF NOT EXISTS stripe_objects (id TEXT PRIMARY KEY, account TEXT NOT NULL, type TEXT NOT NULL, created INTEGER NOT NULL, json TEXT NOT NULL);
    CREATE INDEX IF NOT EXISTS stripe_objects_by_type ON stripe_objects (type, created);`);
  return {
    put(account, object) {
      store
        .prepare(
          `INSERT INTO stripe_objects (id, account, type, created, json) VALUES (?, ?, ?, ?, ?)
           ON CONFLICT (id) DO UPDATE SET json = excluded.json`,
        )
        .run(object.id, account, object.object, object.created, JSON.stringify(object));
    },
    get<T extends StripeObject>(account: Account, type: string, id: string, param = 'id') {
      const row = store
        .prepare('SELECT json FROM stripe_objects WHERE id = ? AND account = ? AND type = ?')
        .get(id, account, type) as { json: string } | undefined;
      if (!row) throw invalidRequest(`No such ${type}: '${id}'`, { code: 'resource_missing', param }, 404);
      return JSON.parse(row.json) as T;
    },
    accountOf: (id) =>
      (
        store.prepare('SELECT account FROM stripe_objects WHERE id = ?').get(id) as
          { account: string } | undefined
      )?.account,
    all<T extends StripeObject>(type: string) {
      const rows = store
        .prepare('SELECT account, json FROM stripe_objects WHERE type = ? ORDER BY rowid')
        .all(type) as { account: string; json: string }[];
      return rows.map((row) => ({ account: row.account, object: JSON.parse(row.json) as T }));
    },
  };
}
