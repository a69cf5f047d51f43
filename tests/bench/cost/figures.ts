import type { TemplateName } from '#domain/job/job.ts';
import type { Amounts, OwnTimes } from './meter.ts';

/** What some jobs of one template asked of AWS. */
export interface Measured {
  jobs: number;
  events: number;
  runs: number;
  printSeconds: number;
  transitions: number;
  /** By function; of the API by function and route. */
  functions: Record<string, Amounts>;
}

/** All that was measured in one run. */
export interface Figures {
  templates: Partial<Record<TemplateName, Measured>>;
  /** Some messages of an agent that nothing but time has called for. */
  telemetry: Amounts;
  /** Calls of the routes that pages load again and again. */
  reads: Record<string, Amounts>;
  authorizer: Amounts;
  /** Calls of the scheduled functions with little to do. */
  schedules: Record<string, Amounts>;
  /** Of the API, by route: of environments that have just begun, and of such as have served some hundreds of calls. */
  youngMs: OwnTimes;
  ownMs: OwnTimes;
}
