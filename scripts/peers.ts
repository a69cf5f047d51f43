import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { peersOnDynamoDbLocal } from './peers/on-dynamodb-local.ts';
import { peersOnEmulator } from './peers/on-emulator.ts';
import { peersOnFuzzer } from './peers/on-fuzzer.ts';
import { peersOnIamSimulator } from './peers/on-iam-simulator.ts';
import type { Verdict } from './peers/verdict.ts';
import { root } from './steps.ts';

const parts = ['iam', 'emulator', 'dynamodb-local', 'fuzz'] as const;
const usage = `Usage: npm run peers -- [--only ${parts.join('|')}] [--model FILE.stl] [--port 4564] [--examples 40] [--seed NUMBER]
Has a simulator of IAM judge every role over the access patterns. Takes jobs from the request to delivered and paid on things that
others wrote: the stacks deployed to an AWS emulator, and the embedded cloud on AWS's own DynamoDB Local. Then has a fuzzer call every operation of the API, so many examples each.
Needs the Python and the npm registry, Python 3.10 and Java 17.
Exit code: 0 all holds, 1 something is broken, 2 something is missing.`;

/** Prints compare well at this speed: hours pass in seconds. */
const printSpeed = 3000;
const began = Date.now();
const { only, model, port, examplesPerOperation, seed } = readOptions();
const dataDir = join(root, '.kerf', 'peers');
const verdicts: Verdict[] = [];
let stopped = false;

const wanted = (name: (typeof parts)[number]) => only === undefined || only === name;
if (wanted('iam'))
  await part('The roles under a simulator of IAM', () =>
    peersOnIamSimulator({ dataDir: join(dataDir, 'iam'), report }),
  );
if (wanted('emulator'))
  await part('The stacks on an AWS emulator', () =>
    peersOnEmulator({ root, dataDir, port, model, printSpeed, report }),
  );
if (wanted('dynamodb-local'))
  await part("The embedded cloud on AWS's DynamoDB Local", () =>
    peersOnDynamoDbLocal({ root, dataDir: join(dataDir, 'dynamodb-local'), model, printSpeed, report }),
  );
if (wanted('fuzz'))
  await part('The API under Schemathesis', () =>
    peersOnFuzzer({ root, dataDir: join(dataDir, 'fuzz'), examplesPerOperation, seed, report }),
  );

const of = (result: Verdict['result']) => verdicts.filter((each) => each.result === result);
show('Holds', of('holds'));
show('Not proven here (docs/emulators.md says why)', of('unproven'));
show('Broken', of('broken'));
const ok = !stopped && of('broken').length === 0;
console.log(
  `\n${of('holds').length} hold, ${of('unproven').length} not proven, ${of('broken').length} broken${stopped ? ', and a part stopped early' : ''}; ${seconds()} s`,
);
process.exit(ok ? 0 : 1);

async function part(name: string, run: () => Promise<Verdict[]>): Promise<void> {
  console.log(`\n${name}`);
  try {
    verdicts.push(...(await run()));
  } catch (error) {
    stopped = true;
    console.error(`Stopped: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function show(title: string, shown: readonly Verdict[]): void {
  if (shown.length === 0) return;
  console.log(`\n${title}`);
  for (const { what, seen } of shown) console.log(`  - ${what}${seen ? `: ${seen}` : ''}`);
}

function report(stage: string, figures = ''): void {
  console.log(`${seconds().padStart(6)} s  ${stage.padEnd(28)}${figures}`);
}

function seconds(): string {
  return ((Date.now() - began) / 1000).toFixed(1);
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        only: { type: 'string' },
        model: { type: 'string' },
        port: { type: 'string' },
        examples: { type: 'string' },
        seed: { type: 'string' },
      },
    });
    if (values.only !== undefined && !parts.some((name) => name === values.only))
      throw new Error(`There is no part "${values.only}".`);
    const path = values.model ?? join(root, 'tests', 'models', 'sound', 'bracket.stl');
    return {
      only: values.only,
      model: { name: basename(path), content: new Uint8Array(readFileSync(path)) },
      port: Number(values.port ?? 4564),
      examplesPerOperation: Number(values.examples ?? 40),
      seed: Number(values.seed ?? Date.now() % 1_000_000),
    };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
    return process.exit(2);
  }
}
