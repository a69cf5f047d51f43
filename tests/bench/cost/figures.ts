import type { TemplateName } from '#domain/job/job.ts';
import type { Amounts } from './meter.ts';

/** What some jobs of one template asked of AWS. */
export interface Measured {
  jobs: number;
  events: number;
  printSeconds: number;
  transitions: number;
  /** By function; of the API by function and route. */
  functions: Record<string, Amounts>;
}

/** All that was measured in one run. */
export interface Figures {
  templates: Partial<Record<TemplateName, Measured>>;
  /** An agent's regular messages in so many seconds. */
  telemetry: { seconds: number; amounts: Amounts };
  /** Calls of the routes that pages load again and again. */
  reads: Record<string, Amounts>;
  authorizer: Amounts;
  /** Calls of the scheduled functions with little to do. */
  schedules: Record<string, Amounts>;
  /** Milliseconds of each API call that it did not wait for AWS. */
  ownMs: number[];
}
