import { administrator } from '../iam/principals.ts';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DescribeExecutionCommand,
  ListExecutionsCommand,
  SFNClient,
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type MovableClock, movableClock } from '../engine/clock.ts';
import type { Invoke } from '../engine/deliveries.ts';
import { type Store, openStore } from '../engine/store.ts';
import { startAwsServer } from '../wire/server.ts';
import type { RunningServer } from '../wire/listen.ts';
import {
  type StatusChange,
  type StepFunctions,
  executionArn,
  stateMachineArn,
  stepFunctions,
} from './service.ts';
import { mintToken } from './tokens.ts';

const DAY_MS = 24 * 3600 * 1000;
const sync = 'arn:aws:states:::lambda:invoke';
const gateResource = `${sync}.waitForTaskToken`;
const result = {
  'status.$': '$.Payload.status',
  'next.$': '$.Payload.next',
  Payload: { 'timeoutSeconds.$': '$.Payload.timeoutSeconds' },
};
const ids = { 'jobId.$': '$$.Execution.Input.jobId', 'status.$': '$.status' };
const step = (op: string, next: string) => ({
  Type: 'Task',
  Resource: sync,
  TimeoutSeconds: 60,
  Parameters: {
    FunctionName: 'arn:aws:lambda:us-east-1:000000000000:function:Step',
    Payload: { op, ...ids },
  },
  ResultSelector: result,
  Retry: [
    {
      ErrorEquals: ['States.TaskFailed'],
      IntervalSeconds: 1,
      MaxAttempts: 3,
      MaxDelaySeconds: 1,
      JitterStrategy: 'FULL',
    },
  ],
  Catch: [{ ErrorEquals: ['States.ALL'], Next: 'GaveUp' }],
  Next: next,
});
/** One spoke of the hub-and-spoke idiom, entered anew for every status. */
const lifecycle = {
  StartAt: 'Route',
  States: {
    Route: {
      Type: 'Choice',
      Choices: [{ Variable: '$.status', StringEquals: 'completed', Next: 'Completed' }],
      Default: 'Enter',
    },
    Enter: step('enter', 'Entered'),
    Entered: {
      Type: 'Choice',
      Choices: [{ Variable: '$.next', StringEquals: 'wait', Next: 'Gate' }],
      Default: 'Route',
    },
    Gate: {
      Type: 'Task',
      Resource: gateResource,
      TimeoutSecondsPath: '$.Payload.timeoutSeconds',
      Parameters: {
        FunctionName: 'Step',
        Payload: {
          op: 'gate',
          ...ids,
          'token.$': '$$.Task.Token',
          'timeoutSeconds.$': '$.Payload.timeoutSeconds',
        },
      },
      Retry: [
        {
          ErrorEquals: ['Lambda.TooManyRequestsException', 'TransientError'],
          IntervalSeconds: 1,
          MaxDelaySeconds: 1,
          JitterStrategy: 'FULL',
        },
      ],
      Catch: [
        { ErrorEquals: ['States.Timeout', 'GateExpired'], ResultPath: '$.error', Next: 'Remind' },
        { ErrorEquals: ['StaleGeneration'], ResultPath: '$.error', Next: 'Fenced' },
        { ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'GaveUp' },
      ],
      Next: 'Route',
    },
    Remind: step('remind', 'Entered'),
    Completed: { Type: 'Succeed' },
    Fenced: { Type: 'Succeed' },
    GaveUp: { Type: 'Fail', Error: 'GaveUp', Cause: 'Nobody could help.' },
  },
};

interface Call {
  op: string;
  status: string;
  token?: string;
}

let folder: string;
let store: Store;
let clock: MovableClock;
let server: RunningServer;
let service: StepFunctions;
let client: SFNClient;
let calls: Call[];
let changes: StatusChange[];
let onCall: (call: Call) => unknown;

async function startService(): Promise<void> {
  const invoke: Invoke = async (_name, event) => {
    const call = event as Call;
    calls.push(call);
    return (await onCall(call)) ?? { status: call.status, next: 'wait', timeoutSeconds: 20 * 24 * 3600 };
  };
  service = await stepFunctions({
    store,
    clock,
    invoke,
    machines: [{ name: 'Lifecycle', definition: lifecycle }],
    onStatusChange: (detail) => changes.push(detail),
  });
  server = await startAwsServer({ port: 0, services: [service], secretOf: () => 'secret' });
  client = new SFNClient({
    endpoint: server.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'secret' },
    maxAttempts: 1,
  });
}

async function stopService(): Promise<void> {
  service.close();
  client.destroy();
  await server.close();
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kerf-sfn-'));
  store = openStore(folder);
  clock = movableClock(store);
  calls = [];
  changes = [];
  onCall = () => undefined;
  await startService();
});
afterEach(async () => {
  await stopService();
  store.close();
  rmSync(folder, { recursive: true });
});

const start = (name: string = randomUUID(), input: object = { jobId: 'job_1', status: 'quoted' }) =>
  client.send(
    new StartExecutionCommand({
      stateMachineArn: stateMachineArn('Lifecycle'),
      name,
      input: JSON.stringify(input),
    }),
  );
const describeIt = (executionArn: string | undefined) =>
  client.send(new DescribeExecutionCommand({ executionArn }));
const success = (taskToken: string, output: object) =>
  client.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(output) }));
const failure = (taskToken: string, error: string) =>
  client.send(new SendTaskFailureCommand({ taskToken, error }));
const gates = () => calls.filter((call) => call.op === 'gate');
const DEADLINE = { timeout: 15_000, interval: 10 };
const gateToken = (visit: number) =>
  vi.waitFor(() => {
    const token = gates()[visit - 1]?.token;
    if (token === undefined) throw new Error('The gate is not open yet.');
    return token;
  }, DEADLINE);
const ended = (executionArn: string | undefined) =>
  vi.waitFor(async () => {
    const found = await describeIt(executionArn);
    if (found.status === 'RUNNING') throw new Error('still running');
    return found;
  }, DEADLINE);

describe('an execution', () => {
  it('walks through two statuses by task tokens and succeeds', async () => {
    const { executionArn } = await start();
    await success(await gateToken(1), { status: 'approved' });
    await success(await gateToken(2), { status: 'completed' });
    const end = await ended(executionArn);
    expect([end.status, end.output]).toEqual(['SUCCEEDED', '{"status":"completed"}']);
    expect(calls.map(({ op, status }) => `${op} ${status}`)).toEqual([
      'enter quoted',
      'gate quoted',
      'enter approved',
      'gate approved',
    ]);
    expect(changes.map((change) => change.status)).toEqual(['RUNNING', 'SUCCEEDED']);
  });

  it('takes a callback that comes while the gate function still runs', async () => {
    onCall = async (call) => {
      if (call.op === 'gate') await success(call.token ?? '', { status: 'completed' });
    };
    expect((await ended((await start()).executionArn)).status).toBe('SUCCEEDED');
  });

  it('is reminded when business time passes the gate, and not before', async () => {
    await start();
    await gateToken(1);
    clock.advance(20 * DAY_MS - 60_000);
    expect(calls.map((call) => call.op)).toEqual(['enter', 'gate']);
    clock.advance(60_000);
    await gateToken(2);
    expect(calls.map((call) => call.op)).toEqual(['enter', 'gate', 'remind', 'gate']);
    expect(gates()[0]?.token).not.toBe(gates()[1]?.token);
  });

  it('ends fenced when its generation is stale', async () => {
    const { executionArn } = await start();
    await failure(await gateToken(1), 'StaleGeneration');
    const end = await ended(executionArn);
    expect(end.status).toBe('SUCCEEDED');
    expect(JSON.parse(end.output ?? '')).toMatchObject({ error: { Error: 'StaleGeneration' } });
  });

  it('gets a new token for every attempt, and only the newest counts', async () => {
    onCall = (call) => {
      if (call.op !== 'gate' || gates().length > 1) return;
      throw Object.assign(new Error('later'), { name: 'TransientError' });
    };
    const { executionArn } = await start();
    const second = await gateToken(2);
    const first = await gateToken(1);
    await expect(success(first, { status: 'completed' })).rejects.toMatchObject({ name: 'TaskTimedOut' });
    await success(second, { status: 'completed' });
    expect((await ended(executionArn)).status).toBe('SUCCEEDED');
  });

  it('fails with the name and cause of its Fail state after the retries', async () => {
    onCall = () => {
      throw new Error('broken');
    };
    const end = await ended((await start()).executionArn);
    expect(end).toMatchObject({ status: 'FAILED', error: 'GaveUp', cause: 'Nobody could help.' });
    expect(calls.length).toBe(4);
  });

  it('dies uncatchably when the timeout is no whole number', async () => {
    onCall = () => ({ status: 'quoted', next: 'wait', timeoutSeconds: 1.5 });
    expect(await ended((await start()).executionArn)).toMatchObject({
      status: 'FAILED',
      error: 'States.Runtime',
    });
  });

  it('enters no further state once it is stopped, and its token is closed', async () => {
    const { executionArn } = await start();
    const token = await gateToken(1);
    await client.send(new StopExecutionCommand({ executionArn, error: 'Restart', cause: 'generation 2' }));
    await expect(success(token, { status: 'completed' })).rejects.toMatchObject({ name: 'TaskTimedOut' });
    expect(await describeIt(executionArn)).toMatchObject({
      status: 'ABORTED',
      error: 'Restart',
      cause: 'generation 2',
    });
    clock.advance(30 * DAY_MS);
    const other = await start();
    await gateToken(2);
    expect(calls.map((call) => call.op)).toEqual(['enter', 'gate', 'enter', 'gate']);
    expect((await describeIt(other.executionArn)).status).toBe('RUNNING');
  });
});

describe('names', () => {
  it('give the same execution again while it runs with the same input', async () => {
    const first = await start('job-1-g1');
    const again = await start('job-1-g1');
    expect(again).toMatchObject({ executionArn: first.executionArn, startDate: first.startDate });
    await gateToken(1);
    expect(service.running()).toBe(1);
  });

  it('are taken for another input, and for any input once ended, across restarts too', async () => {
    const { executionArn } = await start('job-1-g1');
    await expect(start('job-1-g1', { jobId: 'job_2' })).rejects.toMatchObject({
      name: 'ExecutionAlreadyExists',
    });
    await client.send(new StopExecutionCommand({ executionArn }));
    await expect(start('job-1-g1')).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
    await stopService();
    await startService();
    await expect(start('job-1-g1')).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
  });

  it('must be valid', async () => {
    await expect(start('a b')).rejects.toMatchObject({ name: 'InvalidName' });
    await expect(start('x'.repeat(81))).rejects.toMatchObject({ name: 'InvalidName' });
  });
});

describe('errors', () => {
  it('name what does not exist or is invalid as AWS does', async () => {
    await expect(
      client.send(new StartExecutionCommand({ stateMachineArn: stateMachineArn('Nope') })),
    ).rejects.toMatchObject({ name: 'StateMachineDoesNotExist' });
    await expect(
      client.send(new StartExecutionCommand({ stateMachineArn: stateMachineArn('Lifecycle'), input: '{' })),
    ).rejects.toMatchObject({ name: 'InvalidExecutionInput' });
    await expect(
      client.send(new StartExecutionCommand({ stateMachineArn: 'Lifecycle' })),
    ).rejects.toMatchObject({
      name: 'InvalidArn',
    });
    await expect(describeIt(executionArn('Lifecycle', 'nope'))).rejects.toMatchObject({
      name: 'ExecutionDoesNotExist',
    });
    await expect(success('nonsense', {})).rejects.toMatchObject({ name: 'InvalidToken' });
    await expect(success(mintToken(executionArn('Lifecycle', 'nope')), {})).rejects.toMatchObject({
      name: 'TaskDoesNotExist',
    });
  });

  it('refuse an output that is no JSON and leave the task open', async () => {
    await start();
    const taskToken = await gateToken(1);
    await expect(client.send(new SendTaskSuccessCommand({ taskToken, output: '{' }))).rejects.toMatchObject({
      name: 'InvalidOutput',
    });
    await client.send(new SendTaskHeartbeatCommand({ taskToken }));
    await success(taskToken, { status: 'completed' });
    await expect(success(taskToken, { status: 'completed' })).rejects.toMatchObject({ name: 'TaskTimedOut' });
    await expect(client.send(new SendTaskHeartbeatCommand({ taskToken }))).rejects.toMatchObject({
      name: 'TaskTimedOut',
    });
  });
});

describe('lists', () => {
  it('page through the executions of one status, newest first', async () => {
    for (const name of ['a', 'b', 'c', 'd']) await start(name);
    await client.send(new StopExecutionCommand({ executionArn: executionArn('Lifecycle', 'b') }));
    const names: (string | undefined)[][] = [];
    let nextToken: string | undefined;
    do {
      const page = await client.send(
        new ListExecutionsCommand({
          stateMachineArn: stateMachineArn('Lifecycle'),
          statusFilter: 'RUNNING',
          maxResults: 2,
          nextToken,
        }),
      );
      names.push((page.executions ?? []).map((each) => each.name));
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    expect(names).toEqual([['d', 'c'], ['a']]);
  });
});

describe('an interruption', () => {
  it('ends what was running as ABORTED at the next start', async () => {
    const { executionArn } = await start();
    const token = await gateToken(1);
    await stopService();
    changes = [];
    await startService();
    expect(await describeIt(executionArn)).toMatchObject({ status: 'ABORTED' });
    expect(changes.map((change) => change.status)).toEqual(['ABORTED']);
    await expect(success(token, { status: 'completed' })).rejects.toMatchObject({ name: 'TaskTimedOut' });
  });

  it('by pause refuses every call and drops what runs; resume comes back empty', async () => {
    const { executionArn } = await start();
    const token = await gateToken(1);
    service.pause();
    await expect(start()).rejects.toMatchObject({ name: 'ServiceUnavailable' });
    await expect(success(token, {})).rejects.toMatchObject({ name: 'ServiceUnavailable' });
    clock.advance(30 * DAY_MS);
    service.resume();
    expect(service.running()).toBe(0);
    expect((await describeIt(executionArn)).status).toBe('ABORTED');
    expect(calls.map((call) => call.op)).toEqual(['enter', 'gate']);
    const fresh = await start();
    await success(await gateToken(2), { status: 'completed' });
    expect((await ended(fresh.executionArn)).status).toBe('SUCCEEDED');
  });
});

describe('a Wait state', () => {
  it('ends when business time comes', async () => {
    const machine = {
      StartAt: 'Rest',
      States: { Rest: { Type: 'Wait', SecondsPath: '$.rest', Next: 'Done' }, Done: { Type: 'Succeed' } },
    };
    const seen: string[] = [];
    const own = await stepFunctions({
      store,
      clock,
      invoke: async () => null,
      machines: [{ name: 'Resting', definition: machine }],
      onStatusChange: (detail) => seen.push(`${detail.status} ${detail.output}`),
    });
    const body = { stateMachineArn: stateMachineArn('Resting'), name: 'r', input: '{"rest":86400}' };
    const request = {
      method: 'POST',
      path: '/',
      query: new URLSearchParams(),
      headers: {},
      requestId: 'test',
      principal: administrator,
    };
    await own.handle({ ...request, body: Buffer.from(JSON.stringify(body)), operation: 'StartExecution' });
    clock.advance(DAY_MS - 60_000);
    await new Promise((turn) => setImmediate(turn));
    expect(seen).toEqual(['RUNNING null']);
    clock.advance(60_000);
    await vi.waitFor(() => expect(seen).toEqual(['RUNNING null', 'SUCCEEDED {"rest":86400}']));
    own.close();
  });
});

describe('a definition', () => {
  it.each([
    [
      'JSONata',
      { QueryLanguage: 'JSONata', StartAt: 'A', States: { A: { Type: 'Succeed' } } },
      /QueryLanguage/,
    ],
    ['Assign', { StartAt: 'A', States: { A: { Type: 'Pass', Assign: { x: 1 }, End: true } } }, /Assign/],
    [
      'another service',
      {
        StartAt: 'A',
        States: { A: { Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage', End: true } },
      },
      /sqs/,
    ],
  ])('with %s is refused by name', async (_what, definition, message) => {
    const refused = stepFunctions({
      store,
      clock,
      invoke: async () => null,
      machines: [{ name: 'M', definition }],
    });
    await expect(refused).rejects.toThrow(message);
  });
});
