import type { MachineSnapshot } from '#contract/mqtt.ts';

/** What a printer is to print. */
export interface PrintJob {
  runId: string;
  machineId: string;
  /** As the customer named the file. */
  name: string;
  /** Where the checked file lies on this computer; the driver has what it needs of it when `start` returns. */
  path: string;
  quantity: number;
  /** For the whole run. */
  estimatedSeconds: number;
  estimatedGrams: number;
}

/** How a print ended; `at` in milliseconds of this computer's clock. */
export type PrintEnd =
  | { kind: 'finished'; at: number; seconds: number; grams: number }
  | { kind: 'failed' | 'canceled'; at: number; reason: string };

/** A line of the printer's own history. */
export interface PastPrint {
  runId: string;
  /** Milliseconds of this computer's clock. */
  startedAt: number;
  /** Absent while it prints. */
  end?: PrintEnd;
}

/** Why a printer does not take a job, in words for the operator. */
export class CannotStart extends Error {}

/** One kind of printer. The printer is hardware of its own: it prints on and remembers while no agent looks. */
export interface Driver {
  snapshot(machineId: string): Promise<MachineSnapshot>;
  /** Starts a print, once per run id however often it is called. Throws CannotStart when the printer does not take it. */
  start(job: PrintJob): Promise<void>;
  /** The printer's prints that it still remembers, oldest first, the current one included. */
  history(machineId: string): Promise<PastPrint[]>;
}
