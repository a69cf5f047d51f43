import type { Store } from './store.ts';

/** Business time of the embedded cloud: real time plus an offset that only ever grows. */
export interface MovableClock {
  now(): Date;
  /** Moves business time forward; listeners run after the handlers see the new time. */
  advance(milliseconds: number): void;
  onAdvance(listener: () => void): void;
}

/** The offset is kept in the store and handed to handlers as CLOCK_OFFSET_MS, their clock adapter's only input. */
export function movableClock(store: Store): MovableClock {
  store.exec(
    'CREATE TABLE IF NOT EXISTS clock (id INTEGER PRIMARY KEY CHECK (id = 1), offset_ms INTEGER NOT NULL)',
  );
  const row = store.prepare('SELECT offset_ms FROM clock WHERE id = 1').get() as
    { offset_ms: number } | undefined;
  let offset = row?.offset_ms ?? 0;
  const listeners: (() => void)[] = [];
  const publish = () => (process.env['CLOCK_OFFSET_MS'] = String(offset));
  publish();
  return {
    now: () => new Date(Date.now() + offset),
    advance(milliseconds) {
      if (!Number.isSafeInteger(milliseconds) || milliseconds < 0)
        throw new RangeError('milliseconds must be a whole number >= 0');
      offset += milliseconds;
      store
        .prepare(
          'INSERT INTO clock (id, offset_ms) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET offset_ms = excluded.offset_ms',
        )
        .run(offset);
      publish();
      for (const listener of listeners) listener();
    },
    onAdvance: (listener) => void listeners.push(listener),
  };
}
