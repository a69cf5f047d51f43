import { parseArgs } from 'node:util';

/** A stage of an account, as the commands that deploy and remove it are told. */
export interface StageOptions {
  stage: string;
  /** Context of lib/settings.ts. */
  settings: Record<string, string>;
}

/**
 * Reads `--stage NAME` and any number of `--set NAME=VALUE`.
 * @throws saying which argument is wrong
 */
export function readStage(parameters: readonly string[]): StageOptions {
  const { values } = parseArgs({
    args: [...parameters],
    options: { stage: { type: 'string' }, set: { type: 'string', multiple: true } },
  });
  if (!values.stage) throw new Error('Which stage? Give --stage NAME.');
  const settings: Record<string, string> = {};
  for (const each of values.set ?? []) {
    const [, name, value] = /^(\w+)=(.+)$/.exec(each) ?? [];
    if (!name || !value) throw new Error(`--set ${each}: give it as NAME=VALUE.`);
    if (name === 'stage') throw new Error('--set stage=...: the stage is given by --stage.');
    settings[name] = value;
  }
  return { stage: values.stage, settings: { ...settings, stage: values.stage } };
}

/** The stage of the command line; ends the process with its usage when that can not be read. */
export function stageOr(usage: string): StageOptions {
  try {
    return readStage(process.argv.slice(2));
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
    return process.exit(2);
  }
}
