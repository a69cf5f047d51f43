import { SFNClient, ListExecutionsCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { functions } from '#contract/functions.ts';
import type { RunningCloud } from '#local/cloud.ts';

/** How often each kind of fault was planted. */
export type FaultCounts = Record<string, number>;

/** Of all calls to the table: how many are throttled before, and how many lose their answer after they took effect. */
const throttled = 0.004;
const unanswered = 0.004;
const everyMs = 150;

/**
 * Plants faults in a running cloud: functions that die before or after their work, throttled functions and writes, lost answers of the
 * table, executions stopped from outside, an interpreter that forgets everything, time that jumps. `stop` ends them and tells the counts.
 */
export function plantFaults(cloud: RunningCloud, random: () => number): { stop(): FaultCounts } {
  const counts: FaultCounts = {};
  const count = (what: string) => (counts[what] = (counts[what] ?? 0) + 1);
  const names = functions.map(({ name }) => name);
  const anyFunction = () => names[Math.floor(random() * names.length)] ?? 'relay';
  let stopped = false;

  // eslint-disable-next-line @typescript-eslint/unbound-method -- it is applied to its own client below
  const original = DynamoDBDocumentClient.prototype.send as (...input: unknown[]) => Promise<unknown>;
  DynamoDBDocumentClient.prototype.send = async function (this: DynamoDBDocumentClient, ...input: unknown[]) {
    const chance = stopped ? 1 : random();
    if (chance < throttled) {
      count('calls to the table throttled');
      throw Object.assign(new Error('Rate exceeded'), { name: 'ProvisionedThroughputExceededException' });
    }
    const output = await original.apply(this, input);
    if (chance > throttled + unanswered) return output;
    count('answers of the table lost');
    throw Object.assign(new Error('socket hang up'), { name: 'TimeoutError', code: 'ECONNRESET' });
  } as typeof DynamoDBDocumentClient.prototype.send;

  const kinds: (() => void | Promise<void>)[] = [
    () => {
      count('functions crashed before their work');
      cloud.host.failNext(anyFunction(), 1, 'before');
    },
    () => {
      count('functions crashed after their work');
      cloud.host.failNext(anyFunction(), 1, 'after');
    },
    () => {
      count('functions throttled for a while');
      const name = anyFunction();
      cloud.host.pause(name);
      setTimeout(() => cloud.host.resume(name), 400);
    },
    async () => {
      const name = await someExecution(random());
      if (name === undefined) return;
      count('executions stopped');
      await new SFNClient({}).send(new StopExecutionCommand({ executionArn: name }));
    },
    () => {
      if (random() > 0.2) return;
      count('interpreter lost everything');
      cloud.workflow.pause();
      setTimeout(() => cloud.workflow.resume(), 300);
    },
    () => {
      if (random() > 0.3) return;
      count('clock jumped');
      cloud.clock.advance(20_000);
    },
  ];
  const timer = setInterval(() => {
    const kind = kinds[Math.floor(random() * kinds.length)];
    // A fault that fails itself is none.
    void Promise.resolve(kind?.()).catch(() => undefined);
  }, everyMs);

  return {
    stop() {
      stopped = true;
      clearInterval(timer);
      cloud.host.mend();
      cloud.workflow.resume();
      return counts;
    },
  };
}

async function someExecution(chance: number): Promise<string | undefined> {
  const { executions = [] } = await new SFNClient({}).send(
    new ListExecutionsCommand({
      stateMachineArn: process.env['STATE_MACHINE_ARN'] ?? '',
      statusFilter: 'RUNNING',
      maxResults: 100,
    }),
  );
  return executions[Math.floor(chance * executions.length)]?.executionArn;
}
