import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** The embedded cloud's own durable state (everything that is not in DynamoDB or S3). Each service creates its own tables. */
export type Store = DatabaseSync;

/** Opens `<dataDir>/cloud.sqlite`; what a statement committed survives kill -9. */
export function openStore(dataDir: string): Store {
  mkdirSync(dataDir, { recursive: true });
  const store = new DatabaseSync(join(dataDir, 'cloud.sqlite'), { timeout: 5000 });
  store.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;');
  return store;
}

/** Runs `work` in one immediate transaction. */
export function transaction<T>(store: Store, work: () => T): T {
  store.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    store.exec('COMMIT');
    return result;
  } catch (error) {
    store.exec('ROLLBACK');
    throw error;
  }
}

/** Runs `work` inside the open transaction, if there is one, else in its own. */
export function joinedTransaction<T>(store: Store, work: () => T): T {
  return store.isTransaction ? work() : transaction(store, work);
}
