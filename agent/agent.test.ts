import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { newId, smallCloud } from '#tests/agent/small-cloud.ts';
import { enrol, loadIdentity } from './identity.ts';

const patience = { timeout: 20_000, interval: 30 };
let cloud: Awaited<ReturnType<typeof smallCloud>>;

beforeEach(async () => {
  cloud = await smallCloud();
});
afterEach(() => cloud.close());

const until = (check: () => void) => vi.waitFor(check, patience);

async function running(...flags: string[]) {
  const identity = loadIdentity(cloud.dir) ?? (await enrol(cloud.url, 'GOOD-CODE', cloud.dir));
  const agent = cloud.agent('run', '--data', cloud.dir, ...flags);
  await until(() => expect(agent.output()).toContain('Connected to'));
  return { agent, agentId: identity.agentId };
}

const factsOf = (runId: string) =>
  cloud.heard.facts.filter(({ fact }) => fact.runId === runId).map(({ fact }) => fact.kind);
/** Facts as the cloud counts them: a number seen before is not counted again. */
const counted = () => [
  ...new Map(cloud.heard.facts.map(({ seq, fact }) => [seq, `${fact.runId} ${fact.kind}`])).entries(),
];
const answersTo = (commandId: string) =>
  cloud.heard.answers.filter((answer) => answer.commandId === commandId).map(({ state }) => state);
const printsOf = (machineId: string) => {
  const path = join(cloud.dir, 'printers', `${machineId}.json`);
  if (!readdirSync(cloud.dir).includes('printers')) return [];
  return (JSON.parse(readFileSync(path, 'utf8')) as { prints: { runId: string }[] }).prints;
};

describe('enrolment', () => {
  test('exchanges a code and a request signed by its own key; the key stays here, for the owner only', async () => {
    const agent = cloud.agent('enrol', '--api', cloud.url, '--code', 'GOOD-CODE', '--data', cloud.dir);
    expect(await agent.exit, agent.output()).toBe(0);
    const identity = loadIdentity(cloud.dir);
    const certificate = new X509Certificate(identity?.certificate ?? '');
    const key = createPrivateKey(identity?.key ?? '');
    expect(certificate.checkPrivateKey(key)).toBe(true);
    expect(key.asymmetricKeyDetails).toMatchObject({ namedCurve: 'prime256v1' });
    expect(statSync(join(cloud.dir, 'key.pem')).mode & 0o777).toBe(0o600);
    expect(cloud.heard.csrs.join()).not.toContain('PRIVATE');
  });

  test('says why a code is refused, and leaves the folder unenrolled', async () => {
    const agent = cloud.agent('enrol', '--api', cloud.url, '--code', 'BAD', '--data', cloud.dir);
    expect(await agent.exit).toBe(1);
    expect(agent.output()).toContain('This code is wrong, used or over.');
    expect(loadIdentity(cloud.dir)).toBeUndefined();
  });

  test('run with a code enrols first; SIGTERM ends cleanly; a second start needs no code', async () => {
    const first = cloud.agent('run', '--data', cloud.dir, '--api', cloud.url, '--code', 'GOOD-CODE');
    await until(() => expect(cloud.connected()).toHaveLength(1));
    expect(await first.end('SIGTERM')).toBe(0);
    await until(() => expect(cloud.connected()).toHaveLength(0));
    const { agent } = await running();
    expect(cloud.heard.csrs).toHaveLength(1);
    expect(await agent.end('SIGTERM')).toBe(0);
  });

  test('wrong use is answered with what to do', async () => {
    const lost = cloud.agent('run', '--data', cloud.dir);
    const speed = cloud.agent('run', '--data', cloud.dir, '--speed', 'fast');
    expect(await lost.exit).toBe(2);
    expect(lost.output()).toContain('Enrol first');
    expect(await speed.exit).toBe(2);
    expect(speed.output()).toContain('--speed fast: give a number');
  });

  test('a second agent in the same folder is refused', async () => {
    await running();
    const second = cloud.agent('run', '--data', cloud.dir);
    expect(await second.exit).toBe(1);
    expect(second.output()).toContain('Stop it first');
  });
});

describe('a print', () => {
  test('goes from command to finished: answers in order, facts in order, believable telemetry', async () => {
    const { agentId } = await running();
    const command = cloud.command(3);
    await cloud.send(agentId, command);
    await until(() => expect(factsOf(command.runId)).toEqual(['started', 'finished']));
    expect(answersTo(command.id)).toEqual(['received', 'accepted', 'done']);
    const finished = cloud.heard.facts.find(({ fact }) => fact.kind === 'finished')?.fact;
    if (finished?.kind !== 'finished') throw new Error('no finished fact');
    expect(finished.seconds).toBeGreaterThanOrEqual(180 * 0.92);
    expect(finished.seconds).toBeLessThanOrEqual(180 * 1.09);
    expect(Math.abs(finished.grams - 20)).toBeLessThan(20 * 0.09);
    await until(() => expect(cloud.heard.snapshots.at(-1)?.machines[0]?.state).toBe('finished'));
    const states = cloud.heard.snapshots.map(({ machines }) => machines[0]?.state);
    expect([...new Set(states)].slice(0, 1)).toEqual(['idle']);
    expect(states).toContain('printing');
    expect(cloud.heard.snapshots.at(-1)?.machines[0]).toMatchObject({ percent: 100, runId: command.runId });
  });

  test('a command delivered twice prints once, before and after a restart', async () => {
    const { agent, agentId } = await running();
    const command = cloud.command(1);
    await Promise.all([cloud.send(agentId, command), cloud.send(agentId, command)]);
    await until(() => expect(factsOf(command.runId)).toEqual(['started', 'finished']));
    await agent.end('SIGKILL');
    await running();
    const before = answersTo(command.id).length;
    await cloud.send(agentId, command);
    await until(() => expect(answersTo(command.id).length).toBeGreaterThan(before));
    expect(answersTo(command.id).at(-1)).toBe('done');
    expect(printsOf(cloud.machineId)).toHaveLength(1);
    expect(cloud.heard.downloads).toBe(1);
    expect(counted()).toHaveLength(2);
  });

  test('an expired command prints nothing', async () => {
    const { agentId } = await running();
    const hourAgo = Date.now() - 3600_000;
    const command = cloud.command(1, {
      issuedAt: new Date(hourAgo).toISOString(),
      expiresAt: new Date(hourAgo + 600_000).toISOString(),
    });
    await cloud.send(agentId, command);
    await until(() => expect(answersTo(command.id)).toEqual(['expired']));
    expect(printsOf(cloud.machineId)).toEqual([]);
    expect(cloud.heard.downloads).toBe(0);
  });

  test('a command whose time ran out in the queue of an absent agent prints nothing', async () => {
    const { agent, agentId } = await running();
    await agent.end('SIGKILL');
    await until(() => expect(cloud.connected()).toHaveLength(0));
    const command = cloud.command(1, { expiresAt: new Date(Date.now() + 300).toISOString() });
    await cloud.send(agentId, command);
    await until(() => expect(Date.now()).toBeGreaterThan(Date.parse(command.expiresAt)));
    await running();
    await until(() => expect(answersTo(command.id)).toEqual(['expired']));
    expect(printsOf(cloud.machineId)).toEqual([]);
  });

  test('does not begin before the broker has the acceptance', async () => {
    const { agent, agentId } = await running();
    cloud.behaviour.refusedAnswer = 'accepted';
    const command = cloud.command(1);
    await cloud.send(agentId, command);
    await until(() => expect(answersTo(command.id)).toContain('received'));
    // The broker hangs up on what it does not take: the acceptance was tried, and was tried again.
    await until(() => expect(agent.output().split('The connection was lost').length).toBeGreaterThan(2));
    expect(cloud.heard.downloads).toBe(0);
    expect(printsOf(cloud.machineId)).toEqual([]);
    cloud.behaviour.refusedAnswer = undefined;
    await until(() => expect(factsOf(command.runId)).toContain('finished'));
    expect(printsOf(cloud.machineId)).toHaveLength(1);
  });

  test('a print begun just before a crash counts as done, also when the command is over by the restart', async () => {
    const { agent, agentId } = await running();
    const command = cloud.command(1);
    await cloud.send(agentId, command);
    await until(() => expect(answersTo(command.id)).toContain('done'));
    await agent.end('SIGKILL');
    // The disk as a crash between the printer's start and the note of it leaves it.
    const over = { ...command, expiresAt: new Date(Date.now() - 1).toISOString() };
    const entry = { command: over, state: 'accepted', answered: 'accepted' };
    writeFileSync(join(cloud.dir, 'commands', `${command.id}.json`), JSON.stringify(entry));
    cloud.heard.answers.length = 0;
    await running();
    await until(() => expect(answersTo(command.id)).toEqual(['done']));
    expect(printsOf(cloud.machineId)).toHaveLength(1);
  });

  test('a file with another hash, another size or none fails with the reason and prints nothing', async () => {
    const { agentId } = await running();
    const hash = cloud.command(1);
    hash.file.sha256 = createHash('sha256').update('other').digest('hex');
    const size = cloud.command(1);
    size.file.bytes -= 1;
    const none = cloud.command(1);
    none.file.url += 'x';
    for (const command of [hash, size, none]) await cloud.send(agentId, command);
    for (const [command, reason] of [
      [hash, 'SHA-256'],
      [size, 'bytes'],
      [none, '404'],
    ] as const) {
      await until(() => expect(answersTo(command.id)).toEqual(['received', 'accepted', 'failed']));
      expect(cloud.heard.answers.findLast(({ commandId }) => commandId === command.id)?.reason).toContain(
        reason,
      );
    }
    expect(printsOf(cloud.machineId)).toEqual([]);
    expect(readdirSync(join(cloud.dir, 'files'))).toEqual([]);
  });

  test('a busy printer and a foreign machine are refused with the reason', async () => {
    const { agentId } = await running();
    const first = cloud.command(60);
    await cloud.send(agentId, first);
    await until(() => expect(answersTo(first.id)).toContain('done'));
    const second = cloud.command(1);
    const foreign = cloud.command(1, { machineId: newId('mac') });
    await cloud.send(agentId, second);
    await cloud.send(agentId, foreign);
    await until(() => expect(answersTo(second.id)).toContain('failed'));
    await until(() => expect(answersTo(foreign.id)).toEqual(['failed']));
    expect(printsOf(cloud.machineId)).toHaveLength(1);
  });

  test('fails as often as asked, with a reason', async () => {
    const { agentId } = await running('--fail-rate', '1');
    const command = cloud.command(1);
    await cloud.send(agentId, command);
    await until(() => expect(factsOf(command.runId)).toEqual(['started', 'failed']));
  });
});

describe('what happened is told once, in order', () => {
  test('a print that finished while the agent was dead is reported after the restart', async () => {
    const { agent, agentId } = await running();
    const command = cloud.command(2);
    await cloud.send(agentId, command);
    await until(() => expect(factsOf(command.runId)).toEqual(['started']));
    await agent.end('SIGKILL');
    const path = join(cloud.dir, 'printers', `${cloud.machineId}.json`);
    const { prints } = JSON.parse(readFileSync(path, 'utf8')) as {
      prints: { startedAt: number; endsAfterMilliseconds: number }[];
    };
    const end = (prints[0]?.startedAt ?? 0) + (prints[0]?.endsAfterMilliseconds ?? 0);
    await until(() => expect(Date.now()).toBeGreaterThan(end));
    expect(factsOf(command.runId)).toEqual(['started']);
    await running();
    await until(() => expect(factsOf(command.runId)).toEqual(['started', 'finished']));
    const finished = cloud.heard.facts.at(-1)?.fact;
    expect(Date.parse(finished?.at ?? '')).toBe(Math.round(end));
  });

  test('facts without acknowledgment survive kill -9 and go out once each, one at a time', async () => {
    cloud.behaviour.acknowledge = false;
    const { agent, agentId } = await running();
    const runs: string[] = [];
    for (const _ of [1, 2, 3]) {
      const command = cloud.command(1);
      runs.push(command.runId);
      await cloud.send(agentId, command);
      await until(() => expect(agent.output()).toContain(`${command.runId}: finished`));
    }
    expect(new Set(cloud.heard.facts.map(({ seq }) => seq))).toEqual(new Set([1]));
    await agent.end('SIGKILL');
    cloud.behaviour.acknowledge = true;
    cloud.heard.facts.length = 0;
    await running();
    await until(() => expect(counted()).toHaveLength(6));
    expect(counted()).toEqual(
      runs.flatMap((runId, index) => [
        [2 * index + 1, `${runId} started`],
        [2 * index + 2, `${runId} finished`],
      ]),
    );
    const numbers = cloud.heard.facts.map(({ seq }) => seq);
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
  });

  test('a lost acknowledgment has the fact sent again', async () => {
    cloud.behaviour.acknowledge = false;
    const { agentId } = await running();
    const command = cloud.command(1);
    await cloud.send(agentId, command);
    await until(() => expect(cloud.heard.facts.length).toBeGreaterThan(1));
    expect(factsOf(command.runId).slice(0, 2)).toEqual(['started', 'started']);
    cloud.behaviour.acknowledge = true;
    await until(() => expect(factsOf(command.runId).at(-1)).toBe('finished'));
  });

  test('killed at any moment, every command prints once and no number is lost', async () => {
    let { agent, agentId } = await running();
    const commands = Array.from({ length: 4 }, () => cloud.command(1));
    for (const [index, command] of commands.entries()) {
      const factsBefore = counted().length;
      await cloud.send(agentId, command);
      const moments = ['received', 'accepted', 'done'] as const;
      const moment = moments[index % moments.length] ?? 'done';
      await until(() => expect(answersTo(command.id)).toContain(moment));
      await agent.end('SIGKILL');
      ({ agent, agentId } = await running());
      await until(() => expect(counted().length).toBe(factsBefore + 2));
    }
    expect(printsOf(cloud.machineId).map(({ runId }) => runId)).toEqual(commands.map(({ runId }) => runId));
    expect(counted().map(([seq]) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    // A number never stands for two facts.
    const sent = new Set(cloud.heard.facts.map(({ seq, fact }) => `${seq} ${fact.runId} ${fact.kind}`));
    expect(sent.size).toBe(8);
  });
});

describe('the connection', () => {
  test('comes back after the broker restarts, and what came meanwhile is told', async () => {
    const { agent, agentId } = await running();
    const command = cloud.command(2);
    await cloud.send(agentId, command);
    await until(() => expect(factsOf(command.runId)).toEqual(['started']));
    await cloud.stopBroker();
    await until(() => expect(agent.output()).toContain(`${command.runId}: finished`));
    await cloud.startBroker();
    await until(() => expect(factsOf(command.runId)).toEqual(['started', 'finished']));
    const next = cloud.command(1);
    await cloud.send(agentId, next);
    await until(() => expect(factsOf(next.runId)).toEqual(['started', 'finished']));
  });

  test('a broker of another authority is not spoken to', async () => {
    const other = await smallCloud();
    try {
      const { authority } = await enrol(other.url, 'GOOD-CODE', other.dir);
      await enrol(cloud.url, 'GOOD-CODE', cloud.dir);
      writeFileSync(join(cloud.dir, 'authority.pem'), authority);
      const agent = cloud.agent('run', '--data', cloud.dir);
      await until(() => expect(agent.output()).toContain('certificate or the authority is wrong'));
      expect(cloud.connected()).toEqual([]);
    } finally {
      await other.close();
    }
  });

  test('another agent’s certificate is refused with what to do', async () => {
    const { certificate, key } = await enrol(cloud.url, 'GOOD-CODE', join(cloud.dir, 'other'));
    await enrol(cloud.url, 'GOOD-CODE', cloud.dir);
    writeFileSync(join(cloud.dir, 'cert.pem'), certificate);
    writeFileSync(join(cloud.dir, 'key.pem'), key);
    const agent = cloud.agent('run', '--data', cloud.dir);
    await until(() => expect(agent.output()).toContain('The broker refused this agent'));
    expect(cloud.connected()).toEqual([]);
  });

  test('a certificate revoked while connected is out at once and not let in again', async () => {
    const { agent } = await running();
    const der = new X509Certificate(readFileSync(join(cloud.dir, 'cert.pem'))).raw;
    cloud.registry.setCertificateStatus(createHash('sha256').update(der).digest('hex'), 'REVOKED');
    await until(() => expect(agent.output()).toContain('The broker refused this agent'));
    expect(cloud.connected()).toEqual([]);
  });
});
