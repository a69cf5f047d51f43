import type { TemplateName } from '#domain/job/job.ts';
import type { Amounts } from './meter.ts';

/** What some jobs of one template asked of AWS. */
export interface Measured {
  jobs: number;
  events: number;
  printSeconds: number;
  transitions: number;
  functions: Record<string, Amounts>;
}

export interface Figures {
  templates: Partial<Record<TemplateName, Measured>>;
  telemetry: { seconds: number; amounts: Amounts };
  ownMs: number[];
}
