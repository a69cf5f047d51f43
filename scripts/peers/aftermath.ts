import { ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import { readFileSync } from 'node:fs';
import { functions } from '#contract/functions.ts';
import { emulatorStage, type Deployment } from '../emulator/deployment.ts';
import { until } from '../walk/instance.ts';
import { verdict, type Verdict } from './verdict.ts';

/**
 * Functions that the emulator gives no cause to run: it announces neither the fate of mails nor the end of executions, and takes no
 * custom authorizer at its broker. The walks see no documents, no photos, no settings of mails and no console.
 */
const neverWoken = [
  'api-console',
  'api-documents',
  'api-mail',
  'api-quality',
  'authorize-browser',
  'note-execution-end',
  'note-mail-fate',
];

/** Looks behind the walks: everything ran, on the services it is meant to run on, and nothing was lost. */
export async function aftermath({ emulator, client }: Deployment, jobs: number): Promise<Verdict[]> {
  const log = readFileSync(emulator.logFile, 'utf8');
  const woken = new Set(
    [...log.matchAll(/worker spawned for kerf-\w+?-([\w-]+) \(/g)].map(([, name]) => name),
  );
  const slept = functions.map(({ name }) => name).filter((name) => !woken.has(name));
  const errors = log.split('\n').filter((line) => / ERROR \[/.test(line));
  const executions = await endedExecutions(client, jobs);
  const dead = await deadLetters(emulator.url);
  return [
    verdict(
      `Step Functions took all ${jobs} jobs to their end`,
      executions.length === jobs && executions.every((status) => status === 'SUCCEEDED'),
      executions.join(', '),
    ),
    verdict('no dead-letter queue holds anything', dead.length === 0, dead.join(', ')),
    verdict(
      'every function that can be woken here was',
      slept.every((name) => neverWoken.includes(name)),
      slept.join(', '),
    ),
    verdict('the emulator logged no error', errors.length === 0, errors.slice(0, 3).join('\n')),
    ...slept.map((name): Verdict => ({
      what: `${name} runs when it should`,
      result: 'unproven',
      seen: 'nothing here woke it',
    })),
  ];
}

/** States of the executions once none runs any more. */
async function endedExecutions(client: Deployment['client'], jobs: number): Promise<string[]> {
  const sfn = new SFNClient(client);
  const stateMachineArn = `arn:aws:states:us-east-1:000000000000:stateMachine:kerf-${emulatorStage}-job-lifecycle`;
  return until('the end of all executions', async () => {
    const { executions = [] } = await sfn.send(new ListExecutionsCommand({ stateMachineArn }));
    const states = executions.map(({ status }) => String(status));
    return states.length >= jobs && !states.includes('RUNNING') && states;
  });
}

async function deadLetters(emulator: string): Promise<string[]> {
  const answer = await fetch(`${emulator}/_ministack/sqs/messages`);
  const { messages } = (await answer.json()) as {
    messages: Record<string, Record<string, Record<string, unknown[]>>>;
  };
  return Object.values(messages)
    .flatMap((regions) => Object.values(regions))
    .flatMap((queues) => Object.entries(queues))
    .filter(([url, held]) => url.endsWith('-failures') && held.length > 0)
    .map(([url, held]) => `${url.split('/').at(-1) ?? url}: ${held.length}`);
}
