/** Asynchronous hand-over to a function, as AWS does it: at least once, retried, dead-lettered. */
export interface Deliveries {
  /**
   * Stores the delivery before it returns, so that what was accepted survives kill -9.
   * `target` is a function's name in the registry. With `queue` the payload becomes one SQS record and is delivered in batches.
   */
  enqueue(target: string, payload: unknown, options?: { queue?: boolean; delayMs?: number }): void;
  /** Starts delivering; resolves at once. Nothing is delivered before. */
  start(): void;
  stop(): Promise<void>;
  /** True when nothing waits or runs. */
  idle(): boolean;
  deadLetters(): DeadLetter[];
  /** Puts a dead letter back with a fresh count of attempts; false when there is none of that id. */
  redrive(id: number): boolean;
}

export interface DeadLetter {
  id: number;
  target: string;
  payload: unknown;
  error: string;
  attempts: number;
  diedAt: string;
}

/** Calls a function by its registry name and gives its answer, or throws what the handler threw. */
export type Invoke = (functionName: string, event: unknown) => Promise<unknown>;
