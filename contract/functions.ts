/**
 * Every Lambda function of Kerf and what triggers it: one list, read by the stacks (lib) and by the embedded cloud (local),
 * so that the two can not drift apart.
 */
import { eventTypes, type EventType } from '#domain/event.ts';
import { jobEventTypes, type JobEventType } from '#domain/job/job.ts';
import { eventSource } from './events.ts';
import type { Telling } from './mqtt.ts';
import { uploadSuffix } from './uploads.ts';

/** Groups of permissions; lib turns them into IAM statements, one role per function. */
export type Access =
  | 'table'
  | 'directory'
  | 'system-index'
  | 'files'
  | 'mail'
  | 'bus'
  | 'workflow'
  | 'iot-publish'
  | 'iot-enrol'
  | 'iot-retire'
  | 'shop-removal'
  | 'session-sign'
  | 'session-verify'
  | 'stripe';

export type Trigger =
  | { kind: 'api'; context: string }
  | { kind: 'http-authorizer' }
  /** Table rows written for the first time, of these entities. */
  | { kind: 'stream'; insertsOf: readonly string[] }
  | { kind: 'bus'; source: string; detailTypes: readonly string[] }
  | { kind: 'upload'; suffix: string }
  | { kind: 'mqtt-rule'; rule: Telling }
  | { kind: 'mqtt-authorizer' }
  | { kind: 'workflow-task' }
  | { kind: 'schedule'; everyMinutes: number; everySecondsLocally: number };

export interface FunctionSpec {
  name: string;
  entry: string;
  trigger: Trigger;
  timeoutSeconds: number;
  memoryMb: number;
  access: readonly Access[];
  /** Works long on the processor: the embedded cloud gives it a thread of its own. */
  heavy?: boolean;
  /** What else lies beside its bundle. */
  beside?: {
    /** Entry paths of threads that it starts; each becomes a bundle named like its file, ending in .mjs. */
    threads: readonly string[];
    /** Files of packages that its threads read. */
    packageFiles: readonly string[];
  };
}

const api = (context: string, ...access: Access[]): FunctionSpec => ({
  name: `api-${context}`,
  entry: `lambdas/api/${context}/index.ts`,
  trigger: { kind: 'api', context },
  timeoutSeconds: 25,
  memoryMb: 1024,
  access,
});

const reactor = (
  name: string,
  entry: string,
  detailTypes: readonly string[],
  ...access: Access[]
): FunctionSpec => ({
  name,
  entry,
  trigger: { kind: 'bus', source: eventSource, detailTypes },
  timeoutSeconds: 30,
  memoryMb: 512,
  access,
});

const ingest = (name: string, rule: Telling, ...access: Access[]): FunctionSpec => ({
  name,
  entry: `lambdas/farm/${name}.ts`,
  trigger: { kind: 'mqtt-rule', rule },
  timeoutSeconds: 30,
  memoryMb: 512,
  access,
});

const sweep = (
  name: string,
  entry: string,
  everySecondsLocally: number,
  ...access: Access[]
): FunctionSpec => ({
  name,
  entry,
  trigger: { kind: 'schedule', everyMinutes: 1, everySecondsLocally },
  timeoutSeconds: 50,
  memoryMb: 512,
  access,
});

/** Steps that can lead to where a template invoices a job. */
const invoicing: readonly JobEventType[] = [
  'job.placed',
  'quote.approved',
  'job.ready',
  'job.handed_over',
  'job.delivered',
  'job.resumed',
  'job.changed',
];

/** Events that somebody may be mailed about: every step of a job, and news around it; a step that is undone drops its mails. */
const mailing: readonly EventType[] = [
  ...jobEventTypes.filter((type) => type !== 'job.created'),
  'payment.unmatched',
  'payment.failed',
  'refund.settled',
  'refund.failed',
  'adjustment.asked',
  'adjustment.declined',
  'vendor.assigned',
  'vendor.drawing_added',
  'purchase_order.issued',
  'message.written',
  'mail.bounced',
  'mail.held',
];

export const functions: readonly FunctionSpec[] = [
  api('platform'),
  api('shops', 'table', 'directory', 'stripe'),
  api('portal', 'table', 'directory', 'mail', 'session-sign'),
  api('jobs', 'table', 'directory', 'files'),
  api('farm', 'table', 'directory', 'iot-enrol', 'session-sign'),
  api('billing', 'table', 'directory', 'stripe'),
  api('quality', 'table', 'files'),
  api('mail', 'table', 'mail'),
  api('console', 'table', 'directory', 'system-index', 'session-sign', 'workflow', 'bus'),
  // Setting type works the processor for a good part of a second.
  { ...api('documents', 'table', 'files'), heavy: true },
  {
    name: 'authorize-request',
    entry: 'lambdas/http/authorize-request.ts',
    trigger: { kind: 'http-authorizer' },
    timeoutSeconds: 10,
    memoryMb: 512,
    access: ['directory', 'session-verify'],
  },
  {
    name: 'authorize-browser',
    entry: 'lambdas/farm/authorize-browser.ts',
    trigger: { kind: 'mqtt-authorizer' },
    timeoutSeconds: 5,
    memoryMb: 512,
    access: ['session-verify'],
  },
  {
    name: 'relay',
    entry: 'lambdas/events/relay.ts',
    trigger: { kind: 'stream', insertsOf: ['event'] },
    timeoutSeconds: 60,
    memoryMb: 512,
    access: ['table', 'bus'],
  },
  reactor(
    'start-workflow',
    'lambdas/workflow/start-workflow.ts',
    ['job.created', 'job.reopened', 'job.undone'],
    'table',
    'workflow',
  ),
  reactor(
    'resume-workflow',
    'lambdas/workflow/resume-workflow.ts',
    [...jobEventTypes, 'credit_note.issued'],
    'table',
    'workflow',
  ),
  reactor('send-mails', 'lambdas/events/send-mails.ts', mailing, 'table', 'directory', 'mail'),
  reactor('poke-pages', 'lambdas/events/poke-pages.ts', eventTypes, 'iot-publish'),
  reactor(
    'dispatch-print',
    'lambdas/farm/dispatch-print.ts',
    ['run.requested'],
    'table',
    'files',
    'iot-publish',
  ),
  reactor(
    'issue-documents',
    'lambdas/documents/issue-documents.ts',
    ['quote.sent', 'invoice.issued', 'credit_note.issued', 'purchase_order.issued'],
    'table',
    'files',
  ),
  reactor('issue-invoice', 'lambdas/billing/issue-invoice.ts', invoicing, 'table'),
  reactor(
    'return-money',
    'lambdas/billing/return-money.ts',
    ['job.canceled', 'quote.declined', 'refund.asked'],
    'table',
    'stripe',
  ),
  reactor(
    'close-pages',
    'lambdas/billing/close-pages.ts',
    [
      'invoice.issued',
      'invoice.paid',
      'payment.received',
      'credit_note.issued',
      'adjustment.agreed',
      'job.canceled',
      'job.changed',
      'job.undone',
      'quote.withdrawn',
      'quote.changes_requested',
      'quote.declined',
      'quote.expired',
    ],
    'table',
    'stripe',
  ),
  {
    name: 'note-mail-fate',
    entry: 'lambdas/events/note-mail-fate.ts',
    trigger: {
      kind: 'bus',
      source: 'aws.ses',
      detailTypes: ['Email Sent', 'Email Delivered', 'Email Bounced', 'Email Complaint Received'],
    },
    timeoutSeconds: 30,
    memoryMb: 256,
    access: ['table'],
  },
  {
    name: 'note-execution-end',
    entry: 'lambdas/workflow/note-execution-end.ts',
    trigger: { kind: 'bus', source: 'aws.states', detailTypes: ['Step Functions Execution Status Change'] },
    timeoutSeconds: 30,
    memoryMb: 256,
    access: ['table'],
  },
  {
    name: 'check-geometry',
    entry: 'lambdas/files/check-geometry.ts',
    trigger: { kind: 'upload', suffix: uploadSuffix },
    timeoutSeconds: 300,
    // The check of a 500 MB mesh takes half of it, a STEP file up to 1 GB for OpenCascade and 0.8 GB for what comes out.
    memoryMb: 3008,
    access: ['table', 'files', 'iot-publish'],
    heavy: true,
    beside: {
      threads: ['lambdas/files/readers/cad-thread.ts'],
      packageFiles: ['occt-import-js/dist/occt-import-js.wasm', 'rhino3dm/rhino3dm.wasm'],
    },
  },
  ingest('ingest-snapshots', 'snapshot', 'table', 'directory', 'files', 'iot-publish'),
  ingest('ingest-facts', 'fact', 'table', 'directory', 'iot-publish'),
  ingest('ingest-answers', 'answer', 'table', 'directory', 'iot-publish'),
  {
    name: 'workflow-step',
    entry: 'lambdas/workflow/step.ts',
    trigger: { kind: 'workflow-task' },
    timeoutSeconds: 30,
    memoryMb: 512,
    access: ['table', 'workflow'],
  },
  sweep('reconcile-workflows', 'lambdas/workflow/reconcile.ts', 2, 'table', 'system-index', 'workflow'),
  sweep('sweep-outbox', 'lambdas/events/sweep-outbox.ts', 5, 'table', 'system-index', 'bus'),
  sweep('sweep-mails', 'lambdas/events/sweep-mails.ts', 5, 'table', 'system-index', 'directory', 'mail'),
  {
    ...sweep(
      'export-shops',
      'lambdas/shops/export-shops.ts',
      2,
      'table',
      'files',
      'directory',
      'system-index',
      'mail',
    ),
    timeoutSeconds: 300,
    // A file of 32 MB of rows is made in memory.
    memoryMb: 1024,
  },
  {
    ...sweep(
      'delete-shops',
      'lambdas/shops/delete-shops.ts',
      2,
      'table',
      'files',
      'directory',
      'system-index',
      'workflow',
      'iot-retire',
      'shop-removal',
    ),
    timeoutSeconds: 300,
  },
  sweep(
    'sweep-farm',
    'lambdas/farm/sweep-farm.ts',
    2,
    'table',
    'system-index',
    'files',
    'iot-publish',
    'iot-retire',
  ),
];
