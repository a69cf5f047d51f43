import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { functions } from '#contract/functions.ts';
import type { Invoke } from './replay-events.ts';

const run = promisify(execFile);

/** Calls functions of a stage with the command of AWS, which the runbooks use as well. */
export const invokeInStage =
  (stage: string): Invoke =>
  async (name, event) => {
    const folder = await mkdtemp(join(tmpdir(), 'kerf-replay-'));
    try {
      const [payload, answer] = [join(folder, 'event.json'), join(folder, 'answer.json')];
      await writeFile(payload, JSON.stringify(event));
      const { stdout } = await run('aws', [
        ...['lambda', 'invoke', '--function-name', `kerf-${stage}-${name}`],
        ...['--payload', `fileb://${payload}`, answer],
      ]);
      if ((JSON.parse(stdout) as { FunctionError?: string }).FunctionError)
        throw new Error(await readFile(answer, 'utf8'));
    } finally {
      await rm(folder, { recursive: true });
    }
  };

/** Runs the function's code in this process, against the Kerf that runs on this machine; its environment has to be set before. */
export const invokeHere: Invoke = async (name, event) => {
  const spec = functions.find((each) => each.name === name);
  if (!spec) throw new Error(`There is no function ${name}.`);
  const { handler } = (await import(new URL(`../../${spec.entry}`, import.meta.url).href)) as {
    handler: (event: unknown) => Promise<unknown>;
  };
  return handler(event);
};
