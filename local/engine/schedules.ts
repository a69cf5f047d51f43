/** EventBridge's schedule rules. */
import { randomUUID } from 'node:crypto';
import type { FunctionSpec } from '#contract/functions.ts';
import type { MovableClock } from './clock.ts';
import type { Invoke } from './deliveries.ts';
import { ACCOUNT, REGION, arn } from './names.ts';

export interface RunningSchedules {
  /** Resolves when what is running has ended. */
  stop(): Promise<void>;
}

/**
 * Fires every scheduled function at once, then every `everySecondsLocally`, and whenever business time is moved. A function never
 * overlaps with itself: time moved while it runs makes it run once more.
 */
export function startSchedules(options: {
  functions: readonly FunctionSpec[];
  invoke: Invoke;
  clock: MovableClock;
  onError: (functionName: string, error: unknown) => void;
}): RunningSchedules {
  const timers: NodeJS.Timeout[] = [];
  const running = new Set<Promise<void>>();
  let stopped = false;

  for (const { name, trigger } of options.functions) {
    if (trigger.kind !== 'schedule') continue;
    let busy = false;
    let again = false;
    const fire = () => {
      if (stopped || busy) return;
      busy = true;
      const run = Promise.resolve()
        .then(() => options.invoke(name, scheduledEvent(name, options.clock.now())))
        .then(
          () => undefined,
          (error: unknown) => options.onError(name, error),
        )
        .finally(() => {
          running.delete(run);
          busy = false;
          if (again) {
            again = false;
            fire();
          }
        });
      running.add(run);
    };
    options.clock.onAdvance(() => {
      again = busy;
      fire();
    });
    timers.push(setInterval(fire, trigger.everySecondsLocally * 1000));
    fire();
  }

  return {
    async stop() {
      stopped = true;
      for (const timer of timers) clearInterval(timer);
      await Promise.all(running);
    },
  };
}

function scheduledEvent(ruleName: string, now: Date) {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: ACCOUNT,
    time: `${now.toISOString().slice(0, 19)}Z`,
    region: REGION,
    resources: [arn('events', `rule/${ruleName}`)],
    detail: {},
  };
}
