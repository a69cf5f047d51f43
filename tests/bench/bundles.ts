import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { functions } from '#contract/functions.ts';
import { functionEnvironment } from '#local/environment.ts';
import { bundle, bundleFolder as folder } from '../support/bundle.ts';

const root = join(import.meta.dirname, '..', '..');

/** A function that does nothing but what every one of ours needs first: the table's client. */
const empty = `
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));
export const handler = () => client.config.serviceId;
`;

/**
 * Bundles every API context as it is deployed and prints its size and how long a fresh process takes to import it, as a ratio to an empty
 * handler with the table's client. `--rounds N` (7): medians, each round importing all of them in turn.
 */
export async function bench(args: string[]): Promise<void> {
  const at = args.indexOf('--rounds');
  const rounds = at < 0 ? 7 : Number(args[at + 1]);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const emptySource = join(folder, 'empty.ts');
  writeFileSync(emptySource, empty);
  const entries = [
    { name: 'empty', entry: emptySource },
    ...functions
      .filter(({ trigger }) => trigger.kind === 'api' || trigger.kind === 'http-authorizer')
      .map(({ name, entry }) => ({ name, entry: join(root, entry) })),
  ];
  for (const { name, entry } of entries) await bundle({ entryPoints: [entry] }, join(folder, `${name}.mjs`));

  const times = new Map<string, number[]>(entries.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round += 1)
    for (const { name } of entries) times.get(name)?.push(importMs(name));
  const base = median(times.get('empty') ?? []);
  console.log('bundle                     kB   import ms   of an empty handler');
  for (const { name } of entries) {
    const bytes = statSync(join(folder, `${name}.mjs`)).size;
    const ms = median(times.get(name) ?? []);
    console.log(
      `${name.padEnd(22)}${(bytes / 1000).toFixed(0).padStart(7)}${ms.toFixed(0).padStart(12)}${(ms / base).toFixed(2).padStart(22)}`,
    );
  }
  rmSync(folder, { recursive: true, force: true });
}

/** Enough to be loaded by; nothing is called. */
const port = 9;
const environment = functionEnvironment(
  { web: port, aws: port, s3: port, dynamodb: port, agents: port, payments: port },
  { secretAccessKey: 'none', sessionKeyId: 'none', authorityPem: '-----BEGIN CERTIFICATE-----' },
  { callsPerMinute: 300, firstPlan: 'trial' },
);

/** Milliseconds that a fresh process takes to import a bundle. */
function importMs(name: string): number {
  const script = `const began = performance.now(); await import(${JSON.stringify(join(folder, `${name}.mjs`))}); console.log(performance.now() - began); process.exit(0);`;
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
    env: { ...process.env, POWERTOOLS_LOG_LEVEL: 'SILENT', ...environment },
    encoding: 'utf8',
  });
  return Number(output.trim().split('\n').at(-1));
}

const median = (values: readonly number[]): number =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
