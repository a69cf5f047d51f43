/** Step Functions on the wire: executions run in the interpreter's memory, their names and ends live in the store. */
import { randomUUID } from 'node:crypto';
import { businessTimers } from '../engine/business-timers.ts';
import type { MovableClock } from '../engine/clock.ts';
import type { Invoke } from '../engine/deliveries.ts';
import { arn } from '../engine/names.ts';
import { type Store, transaction } from '../engine/store.ts';
import { WireError, type WireRequest, type WireResponse, type WireService } from '../wire/service.ts';
import { type PreparedMachine, prepareMachine } from './definition.ts';
import { statesTimeoutError } from './errors.ts';
import { type Ending, type Execution, executionStore } from './executions.ts';
import * as input from './inputs.ts';
import { type Outcome, type Run, startRun } from './run.ts';
import { type OpenTask, tokenExecution, tokenRegistry } from './tokens.ts';

export interface StepFunctionsOptions {
  store: Store;
  clock: MovableClock;
  /** Definitions are JSONPath ASL with every `${Name}` already replaced by a function's name or ARN. */
  machines: readonly { name: string; definition: object }[];
  invoke: Invoke;
  /** Gets the `detail` of EventBridge's "Step Functions Execution Status Change", inside the transaction that stores it. */
  onStatusChange?: (detail: StatusChange) => void;
}

/** Times are milliseconds since 1970, as in EventBridge's event. */
export interface StatusChange {
  executionArn: string;
  stateMachineArn: string;
  name: string;
  status: Execution['status'];
  startDate: number;
  stopDate: number | null;
  input: string;
  output: string | null;
  error: string | null;
  cause: string | null;
}

export interface StepFunctions extends WireService {
  /** As if the interpreter's process had died: running executions are gone, calls answer ServiceUnavailable. */
  pause(): void;
  /** Back again and empty: what was running is marked ABORTED, as at every start. */
  resume(): void;
  /** How many executions are running. */
  running(): number;
  /** How many states were entered since the start: AWS bills each. */
  transitions(): number;
  close(): void;
}

/** AWS frees an execution's name after this. */
const NAME_KEPT_MS = 90 * 24 * 3600 * 1000;

export const stateMachineArn = (name: string): string => arn('states', `stateMachine:${name}`);
export const executionArn = (machineName: string, name: string): string =>
  arn('states', `execution:${machineName}:${name}`);

/** Throws when a definition holds what the interpreter can not run faithfully. */
export async function stepFunctions(options: StepFunctionsOptions): Promise<StepFunctions> {
  const { store, clock, invoke } = options;
  const machines = new Map<string, { name: string; machine: PreparedMachine }>();
  for (const { name, definition } of options.machines) {
    machines.set(stateMachineArn(name), { name, machine: prepareMachine(name, definition) });
  }
  const executions = executionStore(store);
  const tokens = tokenRegistry();
  let transitions = 0;
  const services = {
    invoke,
    clock,
    tokens,
    timers: businessTimers(clock),
    timeoutError: await statesTimeoutError(),
    onStateEntered: () => (transitions += 1),
  };
  const runs = new Map<string, Run>();
  let up = true;

  const announce = (execution: Execution) => options.onStatusChange?.(statusChange(execution));

  function abortLeftovers(): void {
    for (const { arn: leftover } of executions.running()) {
      const cause = 'The interpreter was restarted; executions live in its memory.';
      finish(leftover, {
        status: 'ABORTED',
        stoppedAt: clock.now().getTime(),
        error: 'States.ServiceRestart',
        cause,
      });
    }
  }

  function finish(executionArn: string, ending: Ending): Execution | undefined {
    runs.delete(executionArn);
    return transaction(store, () => {
      const ended = executions.end(executionArn, ending);
      if (ended !== undefined) announce(ended);
      return ended;
    });
  }

  function dropAll(): void {
    for (const run of runs.values()) run.drop();
    runs.clear();
    tokens.clear();
  }

  function machineOf(machineArn: string) {
    const found = machines.get(machineArn);
    if (found !== undefined) return found;
    throw new WireError(400, 'StateMachineDoesNotExist', `State Machine Does Not Exist: '${machineArn}'`);
  }

  function executionOf(body: input.Body): Execution {
    const wanted = input.requiredArn(body, 'executionArn', 'execution');
    const found = executions.find(wanted);
    if (found === undefined)
      throw new WireError(400, 'ExecutionDoesNotExist', `Execution Does Not Exist: '${wanted}'`);
    return found;
  }

  function start(body: input.Body) {
    const machineArn = input.requiredArn(body, 'stateMachineArn', 'stateMachine');
    const { name: machineName, machine } = machineOf(machineArn);
    const name = input.executionName(body) ?? randomUUID();
    const { text, value } = input.executionInput(body);
    const newArn = executionArn(machineName, name);
    const existing = executions.find(newArn);
    if (existing !== undefined) {
      if (existing.status === 'RUNNING' && existing.input === text) return started(existing);
      throw new WireError(400, 'ExecutionAlreadyExists', `Execution Already Exists: '${newArn}'`);
    }
    const startedAt = clock.now();
    const execution = executions.insert({
      arn: newArn,
      machineArn,
      name,
      input: text,
      startedAt: startedAt.getTime(),
    });
    announce(execution);
    const run = startRun(machine, value, { arn: newArn, name, startedAt, machineArn, machineName }, services);
    runs.set(newArn, run);
    void run.outcome.then((outcome) => finish(newArn, toEnding(outcome, clock.now().getTime())));
    return started(execution);
  }

  function stop(body: input.Body) {
    const execution = executionOf(body);
    runs.get(execution.arn)?.drop();
    const ended = finish(execution.arn, {
      status: 'ABORTED',
      stoppedAt: clock.now().getTime(),
      error: input.optionalText(body, 'error'),
      cause: input.optionalText(body, 'cause'),
    });
    return { stopDate: seconds((ended ?? execution).stoppedAt ?? clock.now().getTime()) };
  }

  function list(body: input.Body) {
    const machineArn = input.requiredArn(body, 'stateMachineArn', 'stateMachine');
    machineOf(machineArn);
    const { status, limit, before } = input.listQuery(body);
    const page = executions.list({ machineArn, status, before, limit: limit + 1 });
    const shown = page.slice(0, limit);
    const last = shown.at(-1);
    return {
      executions: shown.map((each) => ({
        executionArn: each.arn,
        stateMachineArn: each.machineArn,
        name: each.name,
        status: each.status,
        startDate: seconds(each.startedAt),
        ...(each.stoppedAt === null ? {} : { stopDate: seconds(each.stoppedAt) }),
      })),
      ...(page.length > limit && last !== undefined ? { nextToken: input.pageToken(last.id) } : {}),
    };
  }

  /** The task a token belongs to, or the error AWS gives for it. */
  function openTask(body: input.Body): OpenTask {
    const token = input.taskToken(body);
    const execution = tokenExecution(token);
    if (execution === undefined)
      throw new WireError(400, 'InvalidToken', `Invalid Token: '${token.slice(0, 40)}'`);
    const task = tokens.find(token);
    if (task !== undefined) return task;
    if (executions.find(execution) === undefined)
      throw new WireError(400, 'TaskDoesNotExist', 'Task does not exist.');
    throw new WireError(400, 'TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");
  }

  const operations: Record<string, (body: input.Body) => object> = {
    StartExecution: start,
    StopExecution: stop,
    DescribeExecution: (body) => description(executionOf(body)),
    ListExecutions: list,
    SendTaskSuccess(body) {
      const output = input.taskOutput(body);
      openTask(body).succeed(output);
      return {};
    },
    SendTaskFailure(body) {
      openTask(body).fail(input.optionalText(body, 'error') ?? '', input.optionalText(body, 'cause') ?? '');
      return {};
    },
    SendTaskHeartbeat(body) {
      openTask(body);
      return {};
    },
  };

  executions.forgetEndedBefore(clock.now().getTime() - NAME_KEPT_MS);
  abortLeftovers();
  return {
    scope: 'states',
    targetPrefix: 'AWSStepFunctions',
    async handle(request: WireRequest): Promise<WireResponse> {
      const operation = operations[request.operation];
      if (operation === undefined) {
        throw new WireError(
          400,
          'UnknownOperationException',
          `Step Functions here has no operation ${request.operation}.`,
        );
      }
      if (!up) throw new WireError(503, 'ServiceUnavailable', 'Step Functions is paused.');
      const answer = operation(input.parseBody(request.body));
      return {
        status: 200,
        headers: { 'content-type': 'application/x-amz-json-1.0' },
        body: JSON.stringify(answer),
      };
    },
    pause() {
      up = false;
      dropAll();
    },
    resume() {
      if (up) return;
      up = true;
      abortLeftovers();
    },
    running: () => runs.size,
    transitions: () => transitions,
    close() {
      up = false;
      dropAll();
    },
  };
}

const seconds = (milliseconds: number) => milliseconds / 1000;

const started = (execution: Execution) => ({
  executionArn: execution.arn,
  startDate: seconds(execution.startedAt),
});

function toEnding(outcome: Outcome, stoppedAt: number): Ending {
  if (outcome.status === 'SUCCEEDED')
    return { ...outcome, stoppedAt, output: JSON.stringify(outcome.output ?? null) };
  return { ...outcome, stoppedAt };
}

function description(execution: Execution) {
  return {
    executionArn: execution.arn,
    stateMachineArn: execution.machineArn,
    name: execution.name,
    status: execution.status,
    startDate: seconds(execution.startedAt),
    input: execution.input,
    inputDetails: { included: true },
    redriveCount: 0,
    redriveStatus: 'NOT_REDRIVABLE',
    ...(execution.stoppedAt === null ? {} : { stopDate: seconds(execution.stoppedAt) }),
    ...(execution.output === null ? {} : { output: execution.output, outputDetails: { included: true } }),
    ...(execution.error === null ? {} : { error: execution.error }),
    ...(execution.cause === null ? {} : { cause: execution.cause }),
  };
}

const statusChange = (execution: Execution): StatusChange => ({
  executionArn: execution.arn,
  stateMachineArn: execution.machineArn,
  name: execution.name,
  status: execution.status,
  startDate: execution.startedAt,
  stopDate: execution.stoppedAt,
  input: execution.input,
  output: execution.output,
  error: execution.error,
  cause: execution.cause,
});
