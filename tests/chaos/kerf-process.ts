/** A whole Kerf as a process of its own, to be killed: `kerf-process.ts <data folder> [subject of a mail to die at]`. */
import { join } from 'node:path';
import { startCloud } from '#local/cloud.ts';
import { plantFaults } from './faults.ts';
import { seeded } from './seeded.ts';

/** An operator looks so often. */
const everyMs = 15_000;
let sentAgain = 0;

const [dataDir = '', deadlySubject] = process.argv.slice(2);
process.env['POWERTOOLS_LOG_LEVEL'] = 'SILENT';
const cloud = await startCloud({
  dataDir,
  port: 0,
  root: join(import.meta.dirname, '..', '..'),
  onError: () => undefined,
});
const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => name.startsWith('AWS_') || name === 'STATE_MACHINE_ARN'),
);
process.send?.({ url: cloud.url, payments: cloud.ports.payments, environment });
process.on('disconnect', () => process.exit(0));
let faults: ReturnType<typeof plantFaults> | undefined;
process.on('message', (message: { faults?: number; calm?: true }) => {
  if (message.faults !== undefined) {
    faults = plantFaults(cloud, seeded(message.faults));
    setInterval(sendAgain, everyMs);
  }
  if (message.calm) {
    const counts = faults?.stop() ?? {};
    sendAgain();
    process.send?.({ counts: { ...counts, 'dead letters sent again': sentAgain } });
  }
});

/** What functions gave up is sent again, as docs/operations/poison-event.md has an operator do it. */
function sendAgain(): void {
  for (const { id } of cloud.deliveries.deadLetters()) if (cloud.deliveries.redrive(id)) sentAgain += 1;
}
if (deadlySubject !== undefined) dieAt(deadlySubject);

/** Ends the hard way as soon as the provider has taken such a mail: long before its sender can have heard of it. */
function dieAt(subject: string): void {
  const taken = cloud.mail.list({ limit: 20 }).some((mail) => mail.subject.includes(subject));
  if (taken) process.kill(process.pid, 'SIGKILL');
  setImmediate(() => dieAt(subject));
}
