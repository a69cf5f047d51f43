import { randomBytes } from 'node:crypto';
import type { Store } from './store.ts';

/** A secret of this installation, made at its first use. */
export function installSecret(store: Store, name: string, prefix = ''): string {
  store.exec('CREATE TABLE IF NOT EXISTS install_secrets (name TEXT PRIMARY KEY, value TEXT NOT NULL)');
  store
    .prepare('INSERT OR IGNORE INTO install_secrets (name, value) VALUES (?, ?)')
    .run(name, prefix + randomBytes(24).toString('hex'));
  return (store.prepare('SELECT value FROM install_secrets WHERE name = ?').get(name) as { value: string })
    .value;
}
