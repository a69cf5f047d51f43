import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startAgent } from './core.ts';
import type { Driver } from './drivers/driver.ts';
import { simulatedDriver } from './drivers/simulated.ts';
import { enrol, loadIdentity, type Identity } from './identity.ts';
import { lockFolder } from './lock.ts';

const usage = `The Kerf agent connects the printers of a shop floor to Kerf.

  enrol --api URL --code CODE --data DIR     once, with a code from Machines
  run --data DIR                             from then on
      [--driver simulated] [--speed N]       estimated seconds that pass in one second (60)
      [--fail-rate P]                        share of simulated prints that fail, 0 to 1 (0)
      [--heartbeat-seconds S]                time between snapshots
      [--api URL --code CODE]                enrol first, if that was not done yet`;

class WrongUse extends Error {}

const log = (line: string) => console.log(`${new Date().toISOString()} ${line}`);

function numberOf(flag: string, text: string, least: number, most: number): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (!(value >= least && value <= most))
    throw new WrongUse(`--${flag} ${text}: give a number from ${least} to ${most}.`);
  return value;
}

function readArguments() {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        api: text,
        code: text,
        data: text,
        driver: { type: 'string', default: 'simulated' },
        speed: { type: 'string', default: '60' },
        'fail-rate': { type: 'string', default: '0' },
        'heartbeat-seconds': text,
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new WrongUse(error instanceof Error ? error.message : String(error));
  }
}

type Flags = ReturnType<typeof readArguments>['values'];

const needed = (flags: Flags, name: 'api' | 'code' | 'data'): string => {
  const value = flags[name];
  if (!value) throw new WrongUse(`--${name} is missing.`);
  return value;
};

async function enrolHere(flags: Flags, dir: string): Promise<Identity> {
  const identity = await enrol(needed(flags, 'api'), needed(flags, 'code'), dir);
  const machines = identity.machines.map(({ name }) => name).join(', ');
  log(`Enrolled as ${identity.agentId} for ${machines}.`);
  return identity;
}

function driverOf(flags: Flags, dir: string): Driver {
  if (flags.driver !== 'simulated')
    throw new WrongUse(`--driver ${flags.driver}: there is only "simulated".`);
  return simulatedDriver(resolve(dir, 'printers'), {
    speed: numberOf('speed', flags.speed, 0.001, 1_000_000),
    failRate: numberOf('fail-rate', flags['fail-rate'], 0, 1),
  });
}

async function run(flags: Flags, dir: string): Promise<void> {
  const driver = driverOf(flags, dir);
  const wanted = flags['heartbeat-seconds'];
  const heartbeat = wanted === undefined ? undefined : numberOf('heartbeat-seconds', wanted, 0.5, 3600);
  const unlock = lockFolder(dir);
  const known = loadIdentity(dir);
  if (!known && flags.code === undefined)
    throw new WrongUse(`${dir} holds no identity. Enrol first, or give --api and --code.`);
  const identity = known ?? (await enrolHere(flags, dir));
  const heartbeatSeconds = heartbeat ?? identity.heartbeatSeconds;
  const agent = startAgent({ dir, identity, driver, heartbeatSeconds, log });
  const end = () => {
    agent.stop().then(
      () => {
        unlock();
        log('Stopped.');
        process.exit(0);
      },
      (error: unknown) => fail(error),
    );
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
}

function fail(error: unknown): never {
  const words = error instanceof Error ? error.message : String(error);
  const cause = error instanceof Error && error.cause instanceof Error ? ` (${error.cause.message})` : '';
  console.error(error instanceof WrongUse ? `${words}\n\n${usage}` : `${words}${cause}`);
  process.exit(error instanceof WrongUse ? 2 : 1);
}

async function main(): Promise<void> {
  const { values: flags, positionals } = readArguments();
  if (flags.help) return console.log(usage);
  const [verb, ...rest] = positionals;
  if ((verb !== 'enrol' && verb !== 'run') || rest.length > 0)
    throw new WrongUse(
      verb === undefined ? 'Say what to do: enrol or run.' : `"${positionals.join(' ')}" is not a command.`,
    );
  const dir = resolve(needed(flags, 'data'));
  if (verb === 'run') await run(flags, dir);
  else await enrolHere(flags, dir);
}

main().catch(fail);
