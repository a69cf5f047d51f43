/** Prepares ASL for the interpreter, which knows real time only and stops at 24.8 days. */
import type { StateMachineDefinition } from 'aws-local-stepfunctions';

/** What we do ourselves for one Task or Wait state. */
export type OwnState =
  | {
      kind: 'invoke';
      waitsForToken: boolean;
      timeoutSeconds: number | undefined;
      timeoutPath: string | undefined;
    }
  | { kind: 'wait'; seconds: number | string | undefined; timestamp: string | undefined };

export interface PreparedMachine {
  definition: StateMachineDefinition;
  /** By state name, nested ones too: AWS wants them unique in the machine. */
  ownStates: ReadonlyMap<string, OwnState>;
}

/** Longest timer of the interpreter; a longer one would fire at once. */
const LONGEST_TIMEOUT_SECONDS = 2_147_483;
const INVOKE = 'arn:aws:states:::lambda:invoke';
const UNSUPPORTED = [
  'QueryLanguage',
  'Assign',
  'HeartbeatSeconds',
  'HeartbeatSecondsPath',
  'Arguments',
  'Output',
] as const;

type Json = Record<string, unknown>;

/**
 * Gives a copy in which our handlers own every timeout and every Wait. Throws on what the interpreter would silently do wrong
 * (JSONata, Assign, heartbeats) and on Task resources other than `lambda:invoke`.
 */
export function prepareMachine(name: string, definition: object): PreparedMachine {
  const copy = structuredClone(definition) as Json;
  const ownStates = new Map<string, OwnState>();
  if (typeof copy['TimeoutSeconds'] === 'number')
    copy['TimeoutSeconds'] = Math.min(copy['TimeoutSeconds'], LONGEST_TIMEOUT_SECONDS);
  prepareStates(copy, `Machine ${name}`, ownStates);
  return { definition: copy as unknown as StateMachineDefinition, ownStates };
}

function prepareStates(machine: Json, where: string, ownStates: Map<string, OwnState>): void {
  refuseUnsupported(machine, where);
  for (const [stateName, state] of Object.entries(machine['States'] as Record<string, Json>)) {
    const at = `${where}, state ${stateName}`;
    refuseUnsupported(state, at);
    if (state['Type'] === 'Task' || state['Type'] === 'Wait') {
      if (ownStates.has(stateName)) throw new Error(`${at}: state names must be unique in a machine.`);
      ownStates.set(stateName, state['Type'] === 'Task' ? takeTask(state, at) : takeWait(state));
    }
    for (const nested of [
      state['ItemProcessor'],
      state['Iterator'],
      ...((state['Branches'] as unknown[] | undefined) ?? []),
    ]) {
      if (nested !== undefined) prepareStates(nested as Json, at, ownStates);
    }
  }
}

function refuseUnsupported(part: Json, where: string): void {
  for (const field of UNSUPPORTED) {
    if (field in part)
      throw new Error(`${where}: ${field} does not run locally; write it in JSONPath without it.`);
  }
}

function takeTask(state: Json, where: string): OwnState {
  const resource = state['Resource'];
  if (resource !== INVOKE && resource !== `${INVOKE}.waitForTaskToken`) {
    throw new Error(
      `${where}: only ${INVOKE} and ${INVOKE}.waitForTaskToken run locally, not ${String(resource)}.`,
    );
  }
  const own: OwnState = {
    kind: 'invoke',
    waitsForToken: resource !== INVOKE,
    timeoutSeconds: state['TimeoutSeconds'] as number | undefined,
    timeoutPath: state['TimeoutSecondsPath'] as string | undefined,
  };
  delete state['TimeoutSecondsPath'];
  state['TimeoutSeconds'] = LONGEST_TIMEOUT_SECONDS;
  return own;
}

/** A Wait becomes a Task that gives its input back when business time has come. */
function takeWait(state: Json): OwnState {
  const own: OwnState = {
    kind: 'wait',
    seconds: (state['Seconds'] ?? state['SecondsPath']) as number | string | undefined,
    timestamp: (state['Timestamp'] ?? state['TimestampPath']) as string | undefined,
  };
  for (const field of ['Seconds', 'SecondsPath', 'Timestamp', 'TimestampPath']) delete state[field];
  state['Type'] = 'Task';
  state['Resource'] = INVOKE;
  state['TimeoutSeconds'] = LONGEST_TIMEOUT_SECONDS;
  return own;
}

/** Value at a reference path (`$.a.b`), or undefined. */
export function atPath(input: unknown, path: string): unknown {
  let value = input;
  for (const key of path.split('.').slice(1)) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Json)[key];
  }
  return value;
}
