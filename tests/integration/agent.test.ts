import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { IoTClient, ListThingPrincipalsCommand } from '@aws-sdk/client-iot';
import { IoTDataPlaneClient, PublishCommand } from '@aws-sdk/client-iot-data-plane';
import mqtt from 'mqtt';
import { ulid } from 'ulid';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { heartbeatSeconds, poke, topics, type PrintCommand } from '#contract/mqtt.ts';
import {
  confirmBedClear,
  createMachine,
  getLiveAccess,
  listMachines,
  type MachineView,
} from '#contract/routes/farm.ts';
import * as jobs from '#contract/routes/jobs.ts';
import type { OutOf } from '#contract/route.ts';
import { contactUntil } from '#domain/machine/machine.ts';
import { addPrinter, connectAgent, runAgent, type RunningAgent } from '../../scripts/walk/farm.ts';
import { until } from '../../scripts/walk/instance.ts';
import { openShop, signInCustomer } from '../../scripts/walk/people.ts';
import { cube, minutes, model, startKerf, type Kerf } from './support/kerf.ts';
import { enrolDevice, print, printerWithDevice } from './support/device.ts';
import { approved, jobOf, refusal, started, submitted, untilJob, type Players } from './support/orders.ts';
import { draftWithPart } from '../../scripts/walk/request.ts';

/** Of a simulated print: a cube takes some ten minutes, so this makes three seconds of it, long enough to be seen on a busy machine. */
const slow = 200;
const fast = 100_000;
/** Long enough to have lost contact, in milliseconds. */
const silentFor = Date.parse(contactUntil(new Date(0).toISOString(), heartbeatSeconds)) + 1000;

let kerf: Kerf;
let players: Players;
let printer: MachineView;
const newId = (prefix: string) => `${prefix}_${ulid().toLowerCase()}`;
const running = new Set<RunningAgent>();
const folders: string[] = [];

beforeAll(async () => {
  kerf = await startKerf();
});
afterAll(() => kerf?.stop());
beforeEach(async () => {
  const { instance } = kerf;
  const shop = await openShop(instance, 'Shop Floor');
  players = { instance, shop, customer: await signInCustomer(instance, shop.slug) };
  printer = await addPrinter(shop.owner);
});
afterEach(async () => {
  await Promise.all([...running].map((agent) => agent.kill()));
  running.clear();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

async function agentAt(speed: number): Promise<RunningAgent> {
  const dataDir = mkdtempSync(join(tmpdir(), 'kerf-agent-'));
  folders.push(dataDir);
  const agent = await connectAgent(kerf.instance, players.shop.owner, [printer.id], dataDir, { speed });
  running.add(agent);
  return agent;
}
function againAt(speed: number, { dataDir }: RunningAgent): RunningAgent {
  const agent = runAgent(dataDir, { speed });
  running.add(agent);
  return agent;
}

const machine = async (): Promise<MachineView> => {
  const { machines } = await players.shop.owner(listMachines, {});
  return machines.find(({ id }) => id === printer.id) ?? printer;
};
const untilRun = (jobId: string, state: string) =>
  until(`the run of ${jobId} to be ${state}`, async () =>
    (await jobOf(players.shop.owner, jobId)).runs.some((run) => run.state === state),
  );
const printsOf = ({ dataDir }: RunningAgent): string[] =>
  readdirSync(join(dataDir, 'printers')).flatMap((name) =>
    (
      JSON.parse(readFileSync(join(dataDir, 'printers', name), 'utf8')) as { prints: { runId: string }[] }
    ).prints.map(({ runId }) => runId),
  );

async function startedJob() {
  const job = await approved(players);
  return { job, run: await started({ ...players, printer }, job) };
}

describe('a print by the agent', () => {
  test('CO-38 CO-39 CO-40 CO-43 shows live progress and temperatures, then finishes by itself with its real time', async () => {
    const agent = await agentAt(slow);
    const { job, run } = await startedJob();
    await untilRun(job.id, 'printing');
    const seen = await until('progress and a hot nozzle', async () => {
      const { live } = await machine();
      const hot = (live?.temperaturesC?.nozzle ?? 0) > 150 && (live?.temperaturesC?.bed ?? 0) > 30;
      return live?.state === 'printing' && (live.percent ?? 0) > 0 && hot && live;
    });
    expect(seen.percent).toBeLessThan(100);
    expect(seen.etaSeconds).toBeGreaterThan(0);
    expect(seen.temperaturesC?.nozzleTarget).toBeGreaterThan(150);
    const { runs } = await jobOf(players.shop.owner, job.id);
    expect(runs[0]?.percent).toBeGreaterThan(0);
    const done = await untilJob(
      players.shop.owner,
      job.id,
      'the check',
      ({ status }) => status === 'quality_check',
    );
    expect(done.runs[0]?.actualSeconds).toBeGreaterThan(0);
    expect(done.runs[0]?.actualGrams).toBeGreaterThan(0);
    expect(printsOf(agent)).toEqual([run.id]);
  });

  test('CO-41 an agent that dies in mid-print makes the run unknown, never failed; back again it says how the print ended', async () => {
    const agent = await agentAt(slow);
    const { job, run } = await startedJob();
    await untilRun(job.id, 'printing');
    await agent.kill();
    kerf.cloud.clock.advance(silentFor);
    await untilRun(job.id, 'unknown');
    expect((await jobOf(players.shop.owner, job.id)).status).toBe('in_production');
    expect((await machine()).live?.state).toBe('unknown');
    kerf.cloud.clock.advance(minutes(60));
    await kerf.cloud.settled();
    expect((await jobOf(players.shop.owner, job.id)).runs.map(({ state }) => state)).toEqual(['unknown']);

    againAt(slow, agent);
    await untilJob(players.shop.owner, job.id, 'the check', ({ status }) => status === 'quality_check');
    const { runs } = await jobOf(players.shop.owner, job.id);
    expect(runs.map(({ id, state }) => [id, state])).toEqual([[run.id, 'finished']]);
  });

  test('a print that ended while the agent was dead is finished once, and the log says so once', async () => {
    const agent = await agentAt(slow);
    const { job } = await startedJob();
    await untilRun(job.id, 'printing');
    await agent.kill();
    await until('the end of the print', async () => {
      const [file] = readdirSync(join(agent.dataDir, 'printers'));
      const { prints } = JSON.parse(readFileSync(join(agent.dataDir, 'printers', file ?? ''), 'utf8')) as {
        prints: { startedAt: number; endsAfterMilliseconds: number }[];
      };
      return prints.every(
        ({ startedAt, endsAfterMilliseconds }) => startedAt + endsAfterMilliseconds < Date.now(),
      );
    });
    const again = againAt(fast, agent);
    await untilJob(players.shop.owner, job.id, 'the check', ({ status }) => status === 'quality_check');
    await again.kill();
    running.add(againAt(fast, agent));
    await kerf.cloud.settled();
    const { events } = await players.shop.owner(jobs.listJobEvents, { params: { jobId: job.id } });
    expect(events.filter(({ type }) => type === 'run.finished')).toHaveLength(1);
    expect((await jobOf(players.shop.owner, job.id)).parts[0]?.made).toBe(1);
  });

  test('a command that the agent was not there for is taken when it is back within its life, once', async () => {
    const agent = await agentAt(fast);
    await agent.kill();
    const { job, run } = await startedJob();
    await kerf.cloud.settled();
    againAt(fast, agent);
    kerf.cloud.clock.advance(silentFor);
    await untilJob(players.shop.owner, job.id, 'the check', ({ status }) => status === 'quality_check');
    expect(printsOf(agent)).toEqual([run.id]);
  });

  test('a command that nobody takes is void after ten minutes and two of grace: the run is canceled and the machine is free again', async () => {
    const agent = await agentAt(fast);
    await agent.kill();
    const { job } = await startedJob();
    await kerf.cloud.settled();
    kerf.cloud.clock.advance(minutes(11));
    await kerf.cloud.settled();
    expect((await jobOf(players.shop.owner, job.id)).runs.map(({ state }) => state)).not.toContain(
      'canceled',
    );
    kerf.cloud.clock.advance(minutes(2));
    await untilRun(job.id, 'canceled');
    expect((await jobOf(players.shop.owner, job.id)).status).toBe('in_production');
    const { bed } = await players.shop.owner(confirmBedClear, { params: { machineId: printer.id } });
    expect(bed).toBe('clear');
  });

  test('a command delivered twice prints once, and one whose time is over never does', async () => {
    const agent = await agentAt(fast);
    const { agentId = '' } = await machine();
    const { content, name } = cube();
    const files = createServer((_, response) => response.end(content));
    await new Promise<void>((resolve) => files.listen(0, '127.0.0.1', resolve));
    const at = (minutesFromNow: number) => new Date(Date.now() + minutes(minutesFromNow)).toISOString();
    const command = (issuedAt: string, expiresAt: string): PrintCommand => ({
      id: newId('cmd'),
      kind: 'print',
      machineId: printer.id,
      runId: newId('run'),
      quantity: 1,
      file: {
        name,
        url: `http://127.0.0.1:${(files.address() as AddressInfo).port}/`,
        sha256: createHash('sha256').update(content).digest('hex'),
        bytes: content.length,
      },
      estimatedSeconds: 600,
      estimatedGrams: 3,
      issuedAt,
      expiresAt,
    });
    const cloud = new IoTDataPlaneClient({ credentials: kerf.cloud.operator });
    const deliver = (each: PrintCommand) =>
      cloud.send(
        new PublishCommand({
          topic: topics.commands(players.shop.shopId, agentId),
          payload: Buffer.from(JSON.stringify(each)),
          qos: 1,
        }),
      );
    const over = command(at(-20), at(-10));
    const good = command(at(-1), at(9));
    for (const each of [over, good, good, over, good]) await deliver(each);
    await until(
      'the print',
      async () => existsSync(join(agent.dataDir, 'printers')) && printsOf(agent).length > 0,
    );
    await until('the end of the print', async () => (await machine()).live?.state === 'finished');
    await deliver(good);
    await deliver(over);
    await kerf.cloud.settled();
    await agent.stop();
    expect(printsOf(agent)).toEqual([good.runId]);
    files.close();
  });
});

describe('a machine refuses a run', () => {
  test('while it is busy, and until somebody has said that the bed is clear', async () => {
    const { owner } = players.shop;
    const start = async (jobId: string) => {
      const job = await jobOf(owner, jobId);
      return owner(jobs.startRun, {
        params: { jobId },
        body: { partId: job.parts[0]?.id ?? '', machineId: printer.id, quantity: 1 },
      });
    };
    const [one, two] = [await approved(players), await approved(players)];
    const device = await enrolDevice(kerf.instance, owner, [printer.id]);
    const after = await start(one.id);
    expect((await refusal('not_ready', start(two.id))).message).toContain('busy with another run');
    await refusal('not_ready', owner(confirmBedClear, { params: { machineId: printer.id } }));
    await print(device, after.runs[0]?.id ?? '');
    expect((await refusal('not_ready', start(two.id))).message).toContain('bed');
    await owner(confirmBedClear, { params: { machineId: printer.id } });
    expect((await start(two.id)).status).toBe('in_production');
    await device.close();
  });

  test('of a part that is too big for it, and says how big both are', async () => {
    const { customer, shop } = players;
    const small = await shop.owner(createMachine, {
      body: { name: 'Mini', volumeMm: { x: 80, y: 80, z: 80 } },
    });
    const device = await enrolDevice(kerf.instance, shop.owner, [small.id]);
    const { id: jobId, parts } = await draftWithPart(customer.call, 'Too big', model('sound/enclosure.stl'));
    const params = { jobId };
    await customer.call(jobs.submitJob, { params, body: {} });
    await shop.owner(jobs.sendQuote, { params, body: {} });
    await customer.call(jobs.approveQuote, { params, body: { version: 1, name: 'Cleo' } });
    const body = { partId: parts[0]?.id ?? '', machineId: small.id, quantity: 1 };
    const problem = await refusal('not_ready', shop.owner(jobs.startRun, { params, body }));
    expect(problem.message).toBe('90.0 x 60.0 x 30.0 mm does not fit Mini (80 x 80 x 80 mm).');
    await device.close();
  });

  test('of more pieces than are missing', async () => {
    const { device, printer: other } = await printerWithDevice(kerf.instance, players.shop.owner);
    const job = await approved(players, 2);
    const body = { partId: job.parts[0]?.id ?? '', machineId: other.id, quantity: 3 };
    const problem = await refusal(
      'invalid_request',
      players.shop.owner(jobs.startRun, { params: { jobId: job.id }, body }),
    );
    expect(problem.message).toContain('1 to 2');
    await device.close();
  });
});

describe("an agent's messages", () => {
  test('that come twice, late or out of order count once, and are all acknowledged', async () => {
    const { owner } = players.shop;
    const { device, printer: mine } = await printerWithDevice(kerf.instance, owner);
    const job = await approved(players);
    const run = await started({ ...players, printer: mine }, job);
    await device.commandFor(run.id);
    const at = new Date().toISOString();
    const begun = { kind: 'started', runId: run.id, at } as const;
    const finished = { kind: 'finished', runId: run.id, at, seconds: 60, grams: 1 } as const;
    await Promise.all([
      device.send(1, begun),
      device.send(1, begun),
      device.send(2, finished),
      device.send(2, finished),
    ]);
    await device.send(1, begun);
    await until('the acknowledgement', async () => device.acked() === 2);
    await untilJob(owner, job.id, 'the check', ({ status }) => status === 'quality_check');
    await device.send(3, { kind: 'failed', runId: run.id, at, reason: 'too late' });
    await until('the acknowledgement', async () => device.acked() === 3);
    const after = await jobOf(owner, job.id);
    expect([after.status, after.runs[0]?.state, after.parts[0]?.made]).toEqual([
      'quality_check',
      'finished',
      1,
    ]);
    await device.close();
  });

  test("about another shop's run, or another agent's machine, change nothing", async () => {
    const { owner } = players.shop;
    const { device, printer: mine } = await printerWithDevice(kerf.instance, owner);
    const job = await approved(players);
    const run = await started({ ...players, printer: mine }, job);
    const colleague = await printerWithDevice(kerf.instance, owner);
    const at = new Date().toISOString();
    const failed = { kind: 'failed', runId: run.id, at, reason: 'not mine to say' } as const;
    await colleague.device.tell(failed);
    const stranger = await openShop(kerf.instance, 'Elsewhere');
    const foreign = await printerWithDevice(kerf.instance, stranger.owner);
    await foreign.device.send(1, failed);
    await foreign.device.snapshot([{ machineId: mine.id, state: 'failed' }]);
    await kerf.cloud.settled();
    expect((await jobOf(owner, job.id)).runs[0]?.state).toBe('requested');
    const { machines } = await owner(listMachines, {});
    expect(machines.find(({ id }) => id === mine.id)?.live?.state).not.toBe('failed');
    for (const each of [device, colleague.device, foreign.device]) await each.close();
  });
});

test('a command that got lost on its way is sent again, though its agent goes on speaking', async () => {
  const { device, printer: mine } = await printerWithDevice(kerf.instance, players.shop.owner);
  const run = await started({ ...players, printer: mine }, await approved(players));
  const { id: lost } = await device.commandFor(run.id);
  for (let round = 0; round < 3; round += 1) {
    kerf.cloud.clock.advance(25_000);
    await device.snapshot([{ machineId: mine.id, state: 'idle' }]);
    await kerf.cloud.settled();
  }
  const sent = () => device.commands.filter(({ id }) => id === lost).length;
  await until('the command once more', async () => sent() > 1, 20);
  await device.close();
});

test('contact that comes back brings the run back, even when the first word of it dies half way', async () => {
  const { owner } = players.shop;
  const { device, printer: mine } = await printerWithDevice(kerf.instance, owner);
  const job = await approved(players);
  const run = await started({ ...players, printer: mine }, job);
  await device.commandFor(run.id);
  await device.tell({ kind: 'started', runId: run.id, at: new Date().toISOString() });
  await device.snapshot([{ machineId: mine.id, state: 'printing' }]);
  await kerf.cloud.settled();
  kerf.cloud.clock.advance(silentFor);
  await untilRun(job.id, 'unknown');

  let died = false;
  // eslint-disable-next-line @typescript-eslint/unbound-method -- it is applied to its own client below
  const { send: original } = DynamoDBDocumentClient.prototype;
  const send = vi.spyOn(DynamoDBDocumentClient.prototype, 'send').mockImplementation(function (
    this: DynamoDBDocumentClient,
    command: unknown,
  ) {
    if (!died && command instanceof TransactWriteCommand && JSON.stringify(command.input).includes(run.id)) {
      died = true;
      return Promise.reject(new Error('The sandbox died'));
    }
    return Reflect.apply(original, this, [command]) as never;
  } as never);
  await device.snapshot([{ machineId: mine.id, state: 'printing' }]);
  await untilRun(job.id, 'printing');
  expect(died).toBe(true);
  send.mockRestore();
  await device.close();
});

test('a run shows progress that was told of itself, not what its machine said of the run before', async () => {
  const { owner } = players.shop;
  const { device, printer: mine } = await printerWithDevice(kerf.instance, owner);
  const told = (runId: string, percent: number) =>
    device.snapshot([{ machineId: mine.id, state: 'printing', runId, percent, etaSeconds: 60 }]);
  const before = await approved(players);
  const first = await started({ ...players, printer: mine }, before);
  await print(device, first.id);
  await told(first.id, 96);
  await until('the snapshot', async () => {
    const { machines } = await owner(listMachines, {});
    return machines.find(({ id }) => id === mine.id)?.live?.percent === 96;
  });
  await owner(confirmBedClear, { params: { machineId: mine.id } });
  const job = await approved(players);
  const run = await started({ ...players, printer: mine }, job);
  await device.commandFor(run.id);
  await device.tell({ kind: 'started', runId: run.id, at: new Date().toISOString() });
  await untilRun(job.id, 'printing');
  expect((await jobOf(owner, job.id)).runs[0]?.percent).toBeUndefined();
  await told(run.id, 12);
  for (const who of [owner, players.customer.call])
    await until('its own progress', async () => (await jobOf(who, job.id)).runs[0]?.percent === 12);
  await device.close();
});

describe('a command that was given up', () => {
  /** A run whose command nobody took in time. */
  async function givenUp() {
    const { owner } = players.shop;
    const { device, printer: mine } = await printerWithDevice(kerf.instance, owner);
    const job = await approved(players);
    const run = await started({ ...players, printer: mine }, job);
    const command = await device.commandFor(run.id);
    kerf.cloud.clock.advance(minutes(13));
    await untilRun(job.id, 'canceled');
    const busyWith = async () =>
      (await owner(listMachines, {})).machines.find(({ id }) => id === mine.id)?.currentRunId;
    return { device, job, run, command, busyWith };
  }

  test('and was taken after all makes its run unknown and its machine busy, until the printer says how it ended', async () => {
    const { owner } = players.shop;
    const { device, job, run, command, busyWith } = await givenUp();
    expect(await busyWith()).toBeUndefined();
    await device.answer(command.id, 'accepted');
    await untilRun(job.id, 'unknown');
    expect(await busyWith()).toBe(run.id);
    const { events } = await owner(jobs.listJobEvents, { params: { jobId: job.id } });
    expect(events.filter(({ type }) => type === 'run.taken_late')).toMatchObject([
      { data: { runId: run.id } },
    ]);
    await device.answer(command.id, 'done');
    const at = new Date().toISOString();
    await device.tell({ kind: 'finished', runId: run.id, at, seconds: 60, grams: 1 });
    await untilJob(owner, job.id, 'the check', ({ status }) => status === 'quality_check');
    expect(await busyWith()).toBeUndefined();
    await device.close();
  });

  test('and whose print is heard of before its acceptance prints in the books too', async () => {
    const { device, job, run, command, busyWith } = await givenUp();
    await device.tell({ kind: 'started', runId: run.id, at: new Date().toISOString() });
    await untilRun(job.id, 'printing');
    await device.answer(command.id, 'accepted');
    await kerf.cloud.settled();
    expect((await jobOf(players.shop.owner, job.id)).runs.map(({ state }) => state)).toEqual(['printing']);
    expect(await busyWith()).toBe(run.id);
    await device.close();
  });
});

describe('an agent that was replaced', () => {
  test('loses its powers: its facts, answers and snapshots do not count, and its certificate opens nothing', async () => {
    const { owner } = players.shop;
    const { device: old, printer: mine } = await printerWithDevice(kerf.instance, owner);
    const job = await approved(players, 2);
    const run = await started({ ...players, printer: mine }, job);
    const command = await old.commandFor(run.id);
    await old.snapshot([{ machineId: mine.id, state: 'idle' }]);
    const shown = async () => (await owner(listMachines, {})).machines.find(({ id }) => id === mine.id);
    await until('the snapshot', async () => (await shown())?.live?.state === 'idle');

    const device = await enrolDevice(kerf.instance, owner, [mine.id]);
    expect(await shown()).toMatchObject({ agentId: device.agentId });
    expect((await shown())?.currentRunId).toBeUndefined();
    expect((await jobOf(owner, job.id)).runs[0]).toMatchObject({
      state: 'canceled',
      reason: 'The machine was given to another agent during the run.',
    });
    // What is still on its way when it loses its connection.
    const at = new Date().toISOString();
    const late = (message: object, name: string) =>
      kerf.cloud.host.invoke(`ingest-${name}`, {
        Records: [
          {
            messageId: newId('msg'),
            body: JSON.stringify({ rule: name, clientId: old.agentId, message }),
          },
        ],
      });
    const started2 = { kind: 'started', runId: run.id, at };
    expect(await late({ seq: 1, fact: started2 }, 'facts')).toEqual({ batchItemFailures: [] });
    expect(await late({ commandId: command.id, state: 'accepted' }, 'answers')).toEqual({
      batchItemFailures: [],
    });
    const snapshot = { at, machines: [{ machineId: mine.id, state: 'failed' }] };
    expect(await late(snapshot, 'snapshots')).toEqual({ batchItemFailures: [] });
    expect((await shown())?.live?.state).toBe('idle');
    expect((await jobOf(owner, job.id)).runs.map(({ state }) => state)).toEqual(['canceled']);

    const iot = new IoTClient({});
    await until('the end of its certificate', async () => {
      const { principals } = await iot.send(new ListThingPrincipalsCommand({ thingName: old.agentId }));
      return principals?.length === 0;
    });
    await expect(old.reconnected()).rejects.toThrow();
    const again = await jobOf(owner, job.id);
    await owner(confirmBedClear, { params: { machineId: mine.id } });
    await print(device, (await started({ ...players, printer: mine }, again)).id);
    await untilJob(owner, job.id, 'the check', ({ status }) => status === 'quality_check');
    for (const each of [old, device]) await each.close();
  });

  test('for one of its machines speaks on for the others', async () => {
    const { owner } = players.shop;
    const [one, two] = [await addPrinter(owner, 'One'), await addPrinter(owner, 'Two')];
    const old = await enrolDevice(kerf.instance, owner, [one.id, two.id]);
    const device = await enrolDevice(kerf.instance, owner, [one.id]);
    await kerf.cloud.settled();
    await old.snapshot([
      { machineId: one.id, state: 'failed' },
      { machineId: two.id, state: 'attention' },
    ]);
    const stateOf = async (id: string) =>
      (await owner(listMachines, {})).machines.find((each) => each.id === id)?.live?.state;
    await until('the snapshot', async () => (await stateOf(two.id)) === 'attention');
    expect(await stateOf(one.id)).toBeUndefined();
    await old.reconnected();
    for (const each of [old, device]) await each.close();
  });
});

describe('live pokes', () => {
  const connect = (access: OutOf<typeof getLiveAccess>, change: { clientId?: string; token?: string } = {}) =>
    mqtt.connectAsync(access.url, {
      clientId: change.clientId ?? access.clientId,
      username: 'browser',
      password: change.token ?? access.token,
      reconnectPeriod: 0,
      connectTimeout: 5000,
    });

  test("reach a browser of the shop and one of the customer, each on its own topic, and a stranger's not", async () => {
    const { customer, shop } = players;
    const heard: Record<string, string[]> = { staff: [], customer: [], stranger: [] };
    const stranger = await signInCustomer(kerf.instance, shop.slug);
    const clients = [];
    for (const [who, call] of [
      ['staff', shop.owner],
      ['customer', customer.call],
      ['stranger', stranger.call],
    ] as const) {
      const access = await call(getLiveAccess, {});
      const client = await connect(access);
      client.on('message', (_, payload) => {
        const said = poke.parse(JSON.parse(payload.toString('utf8')));
        if (said.jobId) heard[who]?.push(said.jobId);
      });
      await client.subscribeAsync(access.topic);
      clients.push(client);
    }
    const { id: jobId } = await submitted(players);
    await until(
      'the pokes',
      async () => heard['staff']?.includes(jobId) && heard['customer']?.includes(jobId),
    );
    expect(heard['stranger']).toEqual([]);
    for (const client of clients) await client.endAsync(true);
  });

  test('let nobody in with a forged pass, a session instead of a pass, or under another name', async () => {
    const access = await players.customer.call(getLiveAccess, {});
    const [head, body] = access.token.split('.');
    await expect(connect(access, { token: `${head}.${body}.${'A'.repeat(86)}` })).rejects.toThrow();
    await expect(connect(access, { token: players.customer.token })).rejects.toThrow();
    await expect(connect(access, { clientId: `${access.clientId}x` })).rejects.toThrow();
  });

  test('can be listened to only where the pass says, and published by no browser', async () => {
    const { customer, shop } = players;
    const [access, staff] = [await customer.call(getLiveAccess, {}), await shop.owner(getLiveAccess, {})];
    const client = await connect(access);
    const granted = await client.subscribeAsync([staff.topic, '#', `shop/${shop.shopId}/#`]).then(
      (answers) => answers.map(({ qos }) => qos as number),
      () => [128],
    );
    expect(new Set(granted)).toEqual(new Set([128]));
    const closed = new Promise<void>((resolve) => client.once('close', () => resolve()));
    client.publish(staff.topic, JSON.stringify({ kind: 'machines' }), { qos: 1 });
    await closed;
    await client.endAsync(true);
  });
});
