import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FunctionSpec } from '#contract/functions.ts';
import { type LambdaHost, lambdaHost } from './host.ts';

const HANDLERS = `
  import { threadId } from 'node:worker_threads';
  let calls = 0;
  export const handler = async (event: { op: string }, context: { functionName: string; getRemainingTimeInMillis(): number }) => {
    calls += 1;
    switch (event.op) {
      case 'echo': return event;
      case 'change': (event as { op: string; seen?: boolean }).seen = true; return { at: new Date(0), nothing: undefined };
      case 'nothing': return;
      case 'context': return { ...context, left: context.getRemainingTimeInMillis(), calls, threadId };
      case 'offset': return process.env['CLOCK_OFFSET_MS'];
      case 'throw': throw Object.assign(new RangeError('too far'), { name: 'StaleGeneration' });
      case 'hang': return new Promise(() => setTimeout(() => undefined, 60_000));
      case 'spin': for (;;);
      case 'exit': process.exit(3);
      case 'eat': { const all: number[][] = []; for (;;) all.push(new Array(1_000_000).fill(calls + 0.5)); }
    }
  };
`;

let root: string;
let host: LambdaHost;

const spec = (name: string, more: Partial<FunctionSpec> = {}): FunctionSpec => ({
  name,
  entry: 'handler.ts',
  trigger: { kind: 'stream', insertsOf: [] },
  timeoutSeconds: 1,
  memoryMb: 128,
  access: [],
  ...more,
});

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'kerf-lambda-'));
  writeFileSync(join(root, 'package.json'), '{"type":"module"}');
  writeFileSync(join(root, 'handler.ts'), HANDLERS);
  writeFileSync(join(root, 'empty.ts'), 'export const other = 1;');
  host = lambdaHost({
    root,
    functions: [
      spec('Light'),
      spec('Heavy', { heavy: true, timeoutSeconds: 3 }),
      spec('Missing', { entry: 'nowhere.ts' }),
      spec('Empty', { entry: 'empty.ts' }),
    ],
  });
});
afterEach(async () => {
  await host.close();
  rmSync(root, { recursive: true });
});

describe.each(['Light', 'Heavy'])('a function (%s)', (name) => {
  it('gets and gives JSON only, without shared references', async () => {
    const event = { op: 'change', list: [1] };
    expect(await host.invoke(name, event)).toEqual({ at: '1970-01-01T00:00:00.000Z' });
    expect(event).toEqual({ op: 'change', list: [1] });
    const echoed = await host.invoke(name, { op: 'echo', gone: undefined, list: event.list });
    expect(echoed).toStrictEqual({ op: 'echo', list: [1] });
    expect((echoed as typeof event).list).not.toBe(event.list);
    expect(await host.invoke(name, { op: 'nothing' })).toBeNull();
  });

  it("gets Lambda's context", async () => {
    const context = await host.invoke(`arn:aws:lambda:us-east-1:000000000000:function:${name}`, {
      op: 'context',
    });
    expect(context).toMatchObject({
      functionName: name,
      invokedFunctionArn: `arn:aws:lambda:us-east-1:000000000000:function:${name}`,
      memoryLimitInMB: '128',
      awsRequestId: expect.stringMatching(/^[\da-f-]{36}$/) as string,
    });
    expect((context as { left: number }).left).toBeGreaterThan(500);
  });

  it('passes on name, message and stack of what it throws', async () => {
    await expect(host.invoke(name, { op: 'throw' })).rejects.toMatchObject({
      name: 'StaleGeneration',
      message: 'too far',
      stack: expect.stringContaining('handler.ts') as string,
    });
    expect(host.stats()[name]).toMatchObject({ invocations: 1, errors: 1, running: 0 });
  });

  it('is answered for as Sandbox.Timedout when it takes too long', async () => {
    await expect(host.invoke(name, { op: 'hang' })).rejects.toMatchObject({ name: 'Sandbox.Timedout' });
    expect(await host.invoke(name, { op: 'echo' })).toEqual({ op: 'echo' });
  });

  it('sees business time move', async () => {
    process.env['CLOCK_OFFSET_MS'] = '1';
    expect(await host.invoke(name, { op: 'offset' })).toBe('1');
    process.env['CLOCK_OFFSET_MS'] = '86400000';
    expect(await host.invoke(name, { op: 'offset' })).toBe('86400000');
  });

  it('can be throttled', async () => {
    host.pause(name);
    await expect(host.invoke(name, { op: 'echo' })).rejects.toMatchObject({
      name: 'TooManyRequestsException',
    });
    host.resume(name);
    expect(await host.invoke(name, { op: 'echo' })).toEqual({ op: 'echo' });
    expect(host.stats()[name]).toMatchObject({ invocations: 1, throttles: 1 });
  });

  it('can be made to crash before or after it ran', async () => {
    const calls = async () => ((await host.invoke(name, { op: 'context' })) as { calls: number }).calls;
    const before = await calls();
    host.failNext(name, 2, 'before');
    await expect(calls()).rejects.toMatchObject({ name: 'Runtime.ExitError' });
    await expect(calls()).rejects.toMatchObject({ name: 'Runtime.ExitError' });
    host.failNext(name, 1, 'after');
    await expect(calls()).rejects.toMatchObject({ name: 'Runtime.ExitError' });
    expect(await calls()).toBe(before + 2);
  });
});

describe('a heavy function', () => {
  const thread = async () =>
    (await host.invoke('Heavy', { op: 'context' })) as { calls: number; threadId: number };

  it('keeps its thread warm, and off this one', async () => {
    const first = await thread();
    const second = await thread();
    expect(second).toMatchObject({ calls: 2, threadId: first.threadId });
    expect(first.threadId).toBeGreaterThan(0);
  });

  it.each([
    ['spin', 'Sandbox.Timedout'],
    ['exit', 'Runtime.ExitError'],
    ['eat', 'Runtime.OutOfMemory'],
  ])('gets a new thread after %s (%s)', async (op, name) => {
    const first = await thread();
    await expect(host.invoke('Heavy', { op })).rejects.toMatchObject({ name });
    const next = await thread();
    expect(next.calls).toBe(1);
    expect(next.threadId).not.toBe(first.threadId);
  });

  it('answers every one of many calls at once', async () => {
    const calls = Array.from({ length: 20 }, (_, n) => host.invoke('Heavy', { op: 'echo', n }));
    expect((await Promise.all(calls)).map((each) => (each as { n: number }).n)).toEqual(
      Array.from({ length: 20 }, (_, n) => n),
    );
  });
});

describe('the host', () => {
  it('names what is wrong with a function that can not be called', async () => {
    await expect(host.invoke('Missing', {})).rejects.toMatchObject({ name: 'Runtime.ImportModuleError' });
    await expect(host.invoke('Empty', {})).rejects.toMatchObject({ name: 'Runtime.HandlerNotFound' });
    await expect(host.invoke('Unknown', {})).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('refuses calls once it is closed', async () => {
    await host.close();
    await expect(host.invoke('Light', {})).rejects.toMatchObject({ name: 'ServiceException' });
  });
});
