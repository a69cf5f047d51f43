/** A running AWS server over a fresh store, for the tests beside. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore, type Store } from '../engine/store.ts';
import { startAwsServer } from './server.ts';
import type { WireService } from './service.ts';

export async function startFixture(servicesOf: (store: Store) => WireService[]) {
  const store = openStore(mkdtempSync(join(tmpdir(), 'wire-')));
  const server = await startAwsServer({
    port: 0,
    services: servicesOf(store),
    secretOf: (id) => (id === 'local' ? 'secret' : undefined),
  });
  /** Configuration of any SDK client. */
  const config = {
    endpoint: server.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'secret' },
    maxAttempts: 1,
  };
  return { store, server, config };
}
