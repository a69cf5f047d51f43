import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { startCloud, type RunningCloud } from '#local/cloud.ts';
import { allRoutes } from '#contract/routes/all.ts';
import { getShop } from '#contract/routes/shops.ts';
import { idsIn, rowsOf, type Row } from '#tests/isolation/rows.ts';
import { buildWorld } from '#tests/isolation/world.ts';
import { advanceClock, undoPassedMs } from '../walk/instance.ts';
import type { Report } from '../walk/stage.ts';
import { virtualEnvironment } from '../virtual-environment.ts';
import { callersOf, withoutCaller, type FuzzCaller } from './fuzz/callers.ts';
import { fuzzAs, schemathesis, type FuzzRun } from './fuzz/schemathesis.ts';
import { verdict, type Verdict } from './verdict.ts';

const fewestCalls = 20_000;

/**
 * Calls every operation of the OpenAPI document as every kind of caller, with what it allows and with what it does not, in a shop with a
 * job at every step. A second shop stands beside it; its ids are tried as well.
 */
export async function peersOnFuzzer(options: {
  root: string;
  dataDir: string;
  examplesPerOperation: number;
  seed: number;
  report: Report;
}): Promise<Verdict[]> {
  const { root, dataDir, examplesPerOperation, seed, report } = options;
  const programs = virtualEnvironment(join(root, '.kerf', 'fuzz', 'venv'), schemathesis);
  rmSync(dataDir, { recursive: true, force: true });
  mkdirSync(dataDir, { recursive: true });
  const troubles: string[] = [];
  const cloud = await startCloud({
    dataDir: join(dataDir, 'cloud'),
    port: 0,
    root,
    onError: (where, error) => troubles.push(`${where}: ${String(error)}`),
  });
  try {
    const world = await buildWorld(cloud);
    await advanceClock(cloud, undoPassedMs);
    const [own, foreign] = await Promise.all(
      [world.a, world.b].map(async ({ shop }) => standing(cloud, shop.shopId)),
    );
    const ownIds = [...idsIn(own!.values())];
    const foreignIds = [...idsIn(foreign!.values())].filter((id) => !ownIds.includes(id));
    report('two shops stand', `${ownIds.length} things in the first; seed ${seed}`);

    const callers = callersOf(world);
    const fuzz = { programs, dataDir, url: cloud.url, ownIds, examplesPerOperation, seed };
    const runs: FuzzRun[] = [];
    const inTurn = async (turn: readonly FuzzCaller[] = []) => {
      for (const caller of turn) {
        // Whoever runs Kerf finds every shop; to all others the second one is foreign.
        const hidden = caller.name === 'operator' ? [] : foreignIds;
        const run = await fuzzAs(caller, { ...fuzz, foreignIds: hidden });
        runs.push(run);
        report(caller.name, figuresOf(run, caller.operations.length));
      }
    };
    // Most calls are the owner's: they go on beside those of all others.
    const { owner, others } = Object.groupBy(callers, ({ name }) => (name === 'owner' ? name : 'others'));
    await Promise.all([inTurn(owner), inTurn(others)]);
    const isUp = await world.a.shop.owner(getShop, {}).then(
      ({ id }) => id === world.a.shop.shopId,
      () => false,
    );
    const after = await standing(cloud, world.b.shop.shopId);
    const touched = [...new Set([...foreign!.keys(), ...after.keys()])].filter(
      (key) => !isDeepStrictEqual(foreign!.get(key), after.get(key)),
    );
    const dead = cloud.deliveries.deadLetters();
    return [
      ...verdictsOn(runs),
      verdict(
        'every operation of the document is for one of the callers',
        withoutCaller(callers).length === 0,
        withoutCaller(callers)
          .map(({ id }) => id)
          .join(', '),
      ),
      verdict('nothing in the other shop changed', touched.length === 0, touched.slice(0, 5).join(', ')),
      verdict('the instance is up at the end', isUp, 'it does not answer'),
      verdict('no delivery was given up', dead.length === 0, JSON.stringify(dead).slice(0, 1000)),
      verdict('the embedded cloud met no error', troubles.length === 0, troubles.slice(0, 3).join('\n')),
    ];
  } finally {
    await cloud.stop();
  }
}

/** Commands are sent again and again to a machine whose agent keeps silent, and the silence is noted. */
const changedByTime = new Set(['machineCommand', 'agent']);

/** The rows of a shop once nothing is under way. */
async function standing(cloud: RunningCloud, shopId: string): Promise<Map<string, Row>> {
  await cloud.settled();
  const rows = await rowsOf(cloud, shopId);
  return new Map([...rows].filter(([, row]) => !changedByTime.has(String(row['__edb_e__']))));
}

function verdictsOn(runs: readonly FuzzRun[]): Verdict[] {
  const calls = runs.flatMap((run) => run.calls);
  const failures = runs.flatMap(({ failures, logFile }) => failures.map((each) => `${each} (${logFile})`));
  const errors = runs.flatMap(({ errors, logFile }) => errors.map((each) => `${each} (${logFile})`));
  const failed = calls.filter(({ status }) => status >= 500);
  const leaks = calls.filter(({ leaked }) => leaked.length > 0);
  const turnedAway = runs.filter((run) => 2 * isTurnedAway(run).length > run.calls.length);
  const succeeded = new Set(calls.filter(({ status }) => status < 300).map(({ operation }) => operation));
  const never = allRoutes.map(({ id }) => id).filter((id) => !succeeded.has(id));
  return [
    verdict(
      `${calls.length} calls are answered as the document says`,
      failures.length === 0,
      failures.join('\n'),
    ),
    verdict(
      'every operation can be called from what the document says',
      errors.length === 0,
      errors.join('\n'),
    ),
    verdict('no call ended in a server error', failed.length === 0, named(failed)),
    verdict('no answer showed anything of the other shop', leaks.length === 0, named(leaks)),
    verdict(`at least ${fewestCalls} calls were made`, calls.length >= fewestCalls, String(calls.length)),
    verdict(
      'callers were let in: less than half of the answers are 401 or 429',
      turnedAway.length === 0,
      turnedAway.map(({ logFile }) => logFile).join(', '),
    ),
    verdict('most operations were carried out', never.length < succeeded.size, String(succeeded.size)),
    ...(never.length > 0
      ? [
          {
            what: `${never.length} of ${allRoutes.length} operations are carried out when they may be`,
            result: 'unproven' as const,
            seen: `no call got that far: ${never.join(', ')}`,
          },
        ]
      : []),
  ];
}

/** Without a credential every 401 is for want of a code or a signature, which nobody guesses. */
const isTurnedAway = ({ calls }: FuzzRun) =>
  calls.filter(({ status, operation }) => [401, 429].includes(status) && !wantsSecret.has(operation));
const wantsSecret = new Set(['openSession', 'stripeWebhook', 'enrolAgent', 'requestCode']);

const named = (calls: FuzzRun['calls']): string =>
  [...new Set(calls.map(({ operation, status }) => `${operation} ${status}`))].join(', ');

function figuresOf({ calls }: FuzzRun, operations: number): string {
  const byStatus = Map.groupBy(calls, ({ status }) => status);
  const statuses = [...byStatus].sort(([a], [b]) => a - b).map(([status, of]) => `${status} ${of.length}`);
  return `${calls.length} calls of ${operations} operations: ${statuses.join(', ')}`;
}
