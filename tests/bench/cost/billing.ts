import { functions } from '#contract/functions.ts';
import { heartbeatSeconds } from '#contract/mqtt.ts';
import { percentStep } from '../../../agent/core.ts';
import type { Figures, Measured } from './figures.ts';
import type { Amounts } from './meter.ts';
import { sum, times, type Bill } from './prices.ts';

/** What the measurement can not see is assumed here, once. */
export const assumed = {
  /** Open pages that load a job again whenever something happens to it: the shop's, its customer's. */
  jobPages: 2,
  /** Open lists in the shop that are loaded again whenever something happens. */
  listPages: 1,
  /** Lambda's own lines (start, end, report) of a call, in bytes. */
  platformLogBytes: 330,
  /** Of calls: X-Ray's default, five percent. */
  tracedShare: 0.05,
  /** Send, receive and delete of one message, none of them in batches. */
  queueRequestsPerMessage: 3,
} as const;

const memoryOf = new Map(functions.map(({ name, memoryMb }) => [name, memoryMb]));
const ingests = new Set(
  functions.filter(({ trigger }) => trigger.kind === 'mqtt-rule').map(({ name }) => name),
);
const schedules = new Set(
  functions.filter(({ trigger }) => trigger.kind === 'schedule').map(({ name }) => name),
);

const units = (amounts: Amounts, ...names: string[]): number =>
  names.reduce((total, name) => total + (amounts[name] ?? 0), 0);

/** What a function's calls cost; `name` may carry a route. */
export function billOf(name: string, amounts: Amounts): Bill {
  const functionName = name.split(' ')[0] ?? name;
  const calls = units(amounts, 'calls');
  const isRoute = name.includes(' ');
  const told = ingests.has(functionName) ? calls : 0;
  return {
    ...(isRoute ? { apiRequest: calls, webRequest: calls } : {}),
    invocation: calls,
    gigabyteSecond: (units(amounts, 'ms') / 1000) * ((memoryOf.get(functionName) ?? 0) / 1024),
    writeUnit: units(amounts, 'dynamodb:write units'),
    readUnit: units(amounts, 'dynamodb:read units'),
    busEvent: units(amounts, 'events:entries'),
    mail: units(amounts, 'ses:POST'),
    objectWrite: units(amounts, 's3:PUT', 's3:POST'),
    objectRead: units(amounts, 's3:GET', 's3:HEAD'),
    signature: units(amounts, 'kms:Sign'),
    // Out: in at the cloud's end, and out to a page that listens. What agents tell by Basic Ingest is billed as rule and action only.
    iotMessage: units(amounts, 'iotdata:POST') * 2,
    iotRule: told,
    iotAction: told,
    queueRequest: told * assumed.queueRequestsPerMessage,
    logGigabyte: (units(amounts, 'log bytes') + calls * assumed.platformLogBytes) / 1e9,
    trace: calls * assumed.tracedShare,
  };
}

const isRead = (name: string): boolean => name.includes(' GET ');
/** Told by telemetry, not by the job; swept by the minute, whether there are jobs or not. */
const isApart = (name: string): boolean => {
  const functionName = name.split(' ')[0] ?? name;
  return (
    functionName === 'ingest-snapshots' || functionName === 'authorize-request' || schedules.has(functionName)
  );
};

/** One call of a route, its authorizer with it. */
const requestBill = (figures: Figures, route: string): Bill => {
  const amounts = figures.reads[route];
  if (!amounts) throw new Error(`${route} was not measured`);
  return sum(times(billOf(route, amounts), 1 / units(amounts, 'calls')), authorizerBill(figures));
};
export const authorizerBill = ({ authorizer }: Figures): Bill =>
  times(billOf('authorize-request', authorizer), 1 / units(authorizer, 'calls'));

/**
 * A job's whole life: its commands and all they set off as measured; its reads by the pages assumed to be open, because the walk asks
 * far more often than a page that is told of changes; telemetry by the hours its prints take, and the steps of progress of each, which can
 * only be fewer: a message about progress puts off the regular one.
 */
export function billOfJob(
  figures: Figures,
  measured: Measured,
): { commands: Bill; reads: Bill; telemetry: Bill } {
  const each = 1 / measured.jobs;
  const commands = Object.entries(measured.functions).filter(([name]) => !isRead(name) && !isApart(name));
  const calls = commands.reduce(
    (total, [name, { calls = 0 }]) => total + (name.includes(' ') ? calls : 0),
    0,
  );
  const events = measured.events * each;
  return {
    commands: sum(
      ...commands.map(([name, amounts]) => times(billOf(name, amounts), each)),
      times(authorizerBill(figures), calls * each),
      { transition: measured.transitions * each },
    ),
    reads: sum(
      times(requestBill(figures, 'api-jobs GET /v1/jobs/{jobId}'), events * assumed.jobPages),
      times(requestBill(figures, 'api-jobs GET /v1/jobs'), events * assumed.listPages),
    ),
    telemetry: sum(
      times(telemetryBill(figures), (measured.printSeconds * each) / 3600),
      times(snapshotBill(figures), (measured.runs * each * 100) / percentStep),
    ),
  };
}

const snapshotBill = ({ telemetry }: Figures): Bill =>
  times(billOf('ingest-snapshots', telemetry), 1 / units(telemetry, 'calls'));

/** An agent's regular messages of an hour, and its connection. */
export const telemetryBill = (figures: Figures): Bill =>
  sum(times(snapshotBill(figures), 3600 / heartbeatSeconds), { iotMinute: 60 });

/** What runs whether there are shops or not: the scheduled functions, of a month. */
export function billOfSchedules(figures: Figures): Bill {
  const minutes = 30 * 24 * 60;
  return sum(
    ...functions.flatMap(({ name, trigger }) => {
      const amounts = figures.schedules[name];
      if (trigger.kind !== 'schedule' || !amounts) return [];
      return [times(billOf(name, amounts), minutes / trigger.everyMinutes / units(amounts, 'calls'))];
    }),
  );
}
