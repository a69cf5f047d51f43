/** One running execution: the interpreter, with our handlers for its tasks and waits. */
import { ExecutionTimeoutError, type RunOptions, StateMachine } from 'aws-local-stepfunctions';
import type { BusinessTimers } from '../engine/business-timers.ts';
import type { MovableClock } from '../engine/clock.ts';
import type { Invoke } from '../engine/deliveries.ts';
import { type OwnState, type PreparedMachine, atPath } from './definition.ts';
import { UncatchableError, taskError } from './errors.ts';
import { type TokenRegistry, mintToken } from './tokens.ts';

type Handlers = NonNullable<NonNullable<RunOptions['overrides']>['taskResourceLocalHandlers']>;
type Json = Parameters<StateMachine['run']>[0];

export interface RunServices {
  invoke: Invoke;
  clock: MovableClock;
  timers: BusinessTimers;
  tokens: TokenRegistry;
  /** The interpreter's timeout error. */
  timeoutError: Error;
  /** An execution enters a state: what AWS bills as a transition. */
  onStateEntered: () => void;
}

export interface ExecutionFacts {
  arn: string;
  name: string;
  startedAt: Date;
  machineArn: string;
  machineName: string;
}

export type Outcome =
  | { status: 'SUCCEEDED'; output: unknown }
  | { status: 'FAILED'; error: string; cause: string }
  | { status: 'TIMED_OUT' };

export interface Run {
  /** Never settles after `drop()`. */
  outcome: Promise<Outcome>;
  /** Stops it dead: no further state is entered, no answer counts. */
  drop(): void;
}

export function startRun(
  machine: PreparedMachine,
  input: unknown,
  facts: ExecutionFacts,
  services: RunServices,
): Run {
  let dropped = false;
  let pendingToken: string | undefined;
  const openTasks = new Set<(reason: Error) => void>();

  /** A promise that a deadline or `drop()` can reject; `onEnd` runs once, however it ends. */
  function task(work: (settle: PromiseWithResolvers<Json>) => () => void): Promise<Json> {
    if (dropped) return Promise.reject(new UncatchableError('States.Dropped', 'The execution was stopped.'));
    const settle = Promise.withResolvers<Json>();
    openTasks.add(settle.reject);
    const onEnd = work(settle);
    const ended = settle.promise.finally(() => {
      openTasks.delete(settle.reject);
      onEnd();
    });
    // The interpreter may have stopped listening (it evaluates paths after it called us).
    ended.catch(() => undefined);
    return ended;
  }

  function invokeTask(own: OwnState & { kind: 'invoke' }, parameters: Json): Promise<Json> {
    // Read at once: parameters are made and handed over without a pause, so the token is this task's.
    const token = pendingToken;
    pendingToken = undefined;
    return task((settle) => {
      const timeout = timeoutSeconds(own, parameters);
      if (timeout instanceof Error) {
        settle.reject(timeout);
        return () => undefined;
      }
      const onLate = () => settle.reject(services.timeoutError);
      // Only a wait for people lives in business time; moving the clock does not make a running function late.
      const cancel = own.waitsForToken
        ? services.timers.after((timeout ?? FOREVER_SECONDS) * 1000, onLate)
        : realTimer((timeout ?? FOREVER_SECONDS) * 1000, onLate);
      if (own.waitsForToken && token !== undefined) {
        services.tokens.open(token, {
          executionArn: facts.arn,
          succeed: (output) => settle.resolve(output as Json),
          fail: (error, cause) => settle.reject(named(error, cause)),
        });
      }
      const functionName = atPath(parameters, '$.FunctionName');
      services.invoke(String(functionName), atPath(parameters, '$.Payload') ?? null).then(
        (Payload) => {
          if (own.waitsForToken) return;
          settle.resolve({ ExecutedVersion: '$LATEST', Payload: Payload as Json, StatusCode: 200 });
        },
        (error: unknown) => settle.reject(taskError(error)),
      );
      return () => {
        cancel();
        if (token !== undefined) services.tokens.close(token);
      };
    });
  }

  function waitTask(own: OwnState & { kind: 'wait' }, input: Json): Promise<Json> {
    return task((settle) => {
      const milliseconds = waitMs(own, input, services.clock.now());
      if (Number.isFinite(milliseconds))
        return services.timers.after(milliseconds, () => settle.resolve(input));
      settle.reject(
        new UncatchableError('States.Runtime', 'The Wait state found no number of seconds and no timestamp.'),
      );
      return () => undefined;
    });
  }

  const handlers: Handlers = {};
  for (const [stateName, own] of machine.ownStates) {
    handlers[stateName] = (value) => (own.kind === 'wait' ? waitTask(own, value) : invokeTask(own, value));
  }
  const context = {
    Execution: { Id: facts.arn, Name: facts.name, RoleArn: '', StartTime: facts.startedAt.toISOString() },
    StateMachine: { Id: facts.machineArn, Name: facts.machineName },
    Task: {
      /** The interpreter keeps this object by reference, so every attempt gets a token of its own. */
      get Token() {
        return (pendingToken ??= mintToken(facts.arn));
      },
    },
  };
  const run = new StateMachine(machine.definition, { validationOptions: { noValidate: true } }).run(
    input as Json,
    {
      context,
      overrides: { taskResourceLocalHandlers: handlers },
    },
  );
  void countStates(run.eventLogs, services.onStateEntered);

  const outcome = run.result.then(
    (output): Outcome => ({ status: 'SUCCEEDED', output }),
    (error: unknown): Outcome => {
      if (error instanceof ExecutionTimeoutError) return { status: 'TIMED_OUT' };
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
      const failure = cause instanceof Error ? cause : new Error(String(cause));
      return { status: 'FAILED', error: failure.name, cause: failure.message };
    },
  );
  const release = () => {
    for (const reject of [...openTasks])
      reject(new UncatchableError('States.Dropped', 'The execution was stopped.'));
  };
  return {
    outcome: new Promise((tell) => {
      void outcome.then((result) => {
        // A machine that timed out as a whole leaves its tasks open.
        release();
        if (!dropped) tell(result);
      });
    }),
    drop() {
      dropped = true;
      run.abort();
      release();
    },
  };
}

/** What AWS takes for "no timeout". */
const FOREVER_SECONDS = 99_999_999;

function timeoutSeconds(own: OwnState & { kind: 'invoke' }, parameters: Json): number | undefined | Error {
  if (own.timeoutPath === undefined) return own.timeoutSeconds;
  const value = atPath(parameters, own.timeoutPath);
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1) return value;
  return new UncatchableError(
    'States.Runtime',
    `TimeoutSecondsPath ${own.timeoutPath} must point to a whole number >= 1 in the state's input and in its Parameters; it gave ${JSON.stringify(value)}.`,
  );
}

function waitMs(own: OwnState & { kind: 'wait' }, input: Json, now: Date): number {
  const value = (field: number | string | undefined) =>
    typeof field === 'string' && field.startsWith('$') ? atPath(input, field) : field;
  if (own.timestamp !== undefined)
    return Math.max(0, new Date(String(value(own.timestamp))).getTime() - now.getTime());
  return Number(value(own.seconds)) * 1000;
}

function realTimer(milliseconds: number, callback: () => void): () => void {
  const timer = setTimeout(callback, Math.min(milliseconds, 2_147_483_000));
  return () => clearTimeout(timer);
}

function named(name: string, message: string): Error {
  const error = new Error(message);
  error.name = name;
  return error;
}

/** The interpreter queues its log until somebody reads it. */
async function countStates(
  events: AsyncIterable<{ type: string }>,
  onStateEntered: () => void,
): Promise<void> {
  for await (const { type } of events) if (type === 'StateEntered') onStateEntered();
}
