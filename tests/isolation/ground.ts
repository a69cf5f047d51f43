import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startCloud, type RunningCloud } from '#local/cloud.ts';
import { addToGroup, deployedCopy, invokeFunction } from '../../scripts/emulator/functions.ts';
import type { Workplace } from '../support/shop-floor.ts';
import { allRows } from './rows.ts';

/** What the matrix is asked of: a place with its table, which can be waited for. */
export type Ground = Workplace & Pick<RunningCloud, 'operator' | 'settled' | 'stop'>;

const quietMs = 5000;
const patienceMs = 300_000;
export const deployed = deployedCopy();
/** For building and settling, milliseconds. */
export const longest = deployed ? 900_000 : 400_000;

/** The copy that the environment names, else an embedded cloud of its own. */
export async function openGround(): Promise<Ground> {
  if (deployed) return deployedGround(deployed);
  const dataDir = mkdtempSync(join(tmpdir(), 'kerf-matrix-'));
  const cloud = await startCloud({ dataDir, port: 0, root: join(import.meta.dirname, '..', '..') });
  return {
    ...cloud,
    async stop() {
      await cloud.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function deployedGround({ url, stage, client }: NonNullable<typeof deployed>): Ground {
  return {
    url,
    realTime: true,
    operator: client.credentials,
    host: { invoke: (name, event) => invokeFunction(client, `kerf-${stage}-${name}`, event) },
    clock: { now: () => new Date() },
    addToGroup: (email, group) => addToGroup(client, email, group),
    // Nothing tells when a deployed copy has done all that follows: its table stands still then.
    async settled() {
      const deadline = Date.now() + patienceMs;
      for (let last = '', now = await fingerprint(client.credentials); now !== last;) {
        if (Date.now() > deadline) throw new Error(`The table did not come to rest in ${patienceMs} ms`);
        await delay(quietMs);
        [last, now] = [now, await fingerprint(client.credentials)];
      }
    },
    stop: () => Promise.resolve(),
  };
}

async function fingerprint(operator: Ground['operator']): Promise<string> {
  const rows = await allRows(operator);
  return createHash('sha256').update(JSON.stringify(rows)).digest('hex');
}
