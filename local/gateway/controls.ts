import type { MovableClock } from '../engine/clock.ts';
import type { Deliveries } from '../engine/deliveries.ts';
import type { StepFunctions } from '../stepfunctions/service.ts';

/** Switches of the embedded cloud that no cloud has: moved time, a stopped interpreter, a look at dead letters. */
export interface Controls {
  clock: MovableClock;
  deliveries: Deliveries;
  workflow: Pick<StepFunctions, 'pause' | 'resume' | 'running'>;
}

/** Answers `/_local/...` in JSON; undefined for an unknown switch. */
export function control(controls: Controls, method: string, path: string, body: unknown): unknown {
  const { clock, deliveries, workflow } = controls;
  switch (`${method} ${path}`) {
    case 'GET /_local/state':
      return {
        now: clock.now().toISOString(),
        idle: deliveries.idle(),
        executions: workflow.running(),
        deadLetters: deliveries.deadLetters(),
      };
    case 'POST /_local/clock':
      clock.advance(Number((body as { advanceMilliseconds?: unknown } | undefined)?.advanceMilliseconds));
      return { now: clock.now().toISOString() };
    case 'POST /_local/workflow/pause':
      workflow.pause();
      return {};
    case 'POST /_local/workflow/resume':
      workflow.resume();
      return {};
    default:
      return undefined;
  }
}
