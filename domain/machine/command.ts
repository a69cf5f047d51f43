/** An order to an agent. The item is the truth; the MQTT message only carries it. */
export const commandStates = ['issued', 'received', 'accepted', 'done', 'failed', 'expired'] as const;
export type CommandState = (typeof commandStates)[number];

export interface MachineCommand {
  id: string;
  agentId: string;
  machineId: string;
  kind: 'print';
  runId: string;
  jobId: string;
  fileId: string;
  quantity: number;
  estimatedSeconds: number;
  estimatedGrams: number;
  state: CommandState;
  issuedAt: string;
  expiresAt: string;
  reason?: string;
}

/** Minutes after which a print command that nobody took is void: no surprise print an hour later. */
export const commandLifeMinutes = 10;

/** Minutes after its time in which an acceptance given in time may still be on its way. */
export const commandGraceMinutes = 2;

/** What becomes of a command that its agent has not accepted: it is sent again, waited for, or given up. */
export function fateOf({ expiresAt }: MachineCommand, now: string): 'send' | 'wait' | 'void' {
  const over = Date.parse(now) - Date.parse(expiresAt);
  if (over < 0) return 'send';
  return over < commandGraceMinutes * 60_000 ? 'wait' : 'void';
}

/** The agent took a command that had been given up: it may be printing. */
export const isTakenLate = (command: MachineCommand, answer: CommandState): boolean =>
  command.state === 'expired' && (answer === 'accepted' || answer === 'done');

const order: Record<CommandState, number> = {
  issued: 0,
  received: 1,
  accepted: 2,
  done: 3,
  failed: 3,
  expired: 3,
};

/** The command after an answer of the agent; undefined when the answer is old news. */
export function answerCommand(
  command: MachineCommand,
  state: CommandState,
  reason?: string,
): MachineCommand | undefined {
  if (order[state] <= order[command.state]) return undefined;
  return { ...command, state, ...(reason === undefined ? {} : { reason }) };
}
