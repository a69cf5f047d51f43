import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** The embedded cloud's own durable state (everything that is not in DynamoDB or S3). Each service creates its own tables. */
export type Store = DatabaseSync;

/** Raised when rows of the table lie elsewhere, or hold something else, than in folders made before. */
const layout = 4;

/** The folder was made by a Kerf that laid its rows out in another way. */
export class LayoutError extends Error {}

/** Opens `<dataDir>/cloud.sqlite`; what a statement committed survives kill -9. @throws LayoutError */
export function openStore(dataDir: string): Store {
  mkdirSync(dataDir, { recursive: true });
  const store = new DatabaseSync(join(dataDir, 'cloud.sqlite'), { timeout: 5000 });
  store.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;');
  expectLayout(store, dataDir);
  return store;
}

function expectLayout(store: Store, dataDir: string): void {
  const { tables } = store.prepare('SELECT count(*) AS tables FROM sqlite_master').get() as {
    tables: number;
  };
  if (tables === 0) store.exec(`PRAGMA user_version = ${layout}`);
  const { user_version: found } = store.prepare('PRAGMA user_version').get() as { user_version: number };
  if (found === layout) return;
  store.close();
  throw new LayoutError(
    `${dataDir} was made by another version of Kerf, which this one can not read. Begin anew with: npm start -- --fresh (all in it is lost), or choose another folder with --data.`,
  );
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
