/**
 * Every Lambda function of Kerf and what triggers it: one list, read by the stacks (lib) and by the embedded cloud (local),
 * so that the two can not drift apart.
 */

/** Groups of permissions; lib turns them into IAM statements, one role per function. */
export type Access =
  | 'table'
  | 'system-index'
  | 'directory'
  | 'files'
  | 'mail'
  | 'bus'
  | 'workflow'
  | 'iot-publish'
  | 'iot-enrol'
  | 'session-sign'
  | 'stripe';

export type Trigger =
  | { kind: 'api'; context: string }
  | { kind: 'http-authorizer' }
  | { kind: 'stream' }
  | { kind: 'bus'; source: string; detailTypes: readonly string[] }
  | { kind: 'upload'; suffix: string }
  | { kind: 'mqtt-rule'; rule: string }
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
}
