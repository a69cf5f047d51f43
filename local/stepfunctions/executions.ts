/** What is remembered of executions across restarts: their names, inputs and how they ended. */
import type { Store } from '../engine/store.ts';

export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

export interface Execution {
  id: number;
  arn: string;
  machineArn: string;
  name: string;
  status: ExecutionStatus;
  /** JSON texts, as they came. */
  input: string;
  output: string | null;
  error: string | null;
  cause: string | null;
  /** Milliseconds since 1970, business time. */
  startedAt: number;
  stoppedAt: number | null;
}

export interface Ending {
  status: Exclude<ExecutionStatus, 'RUNNING'>;
  stoppedAt: number;
  output?: string;
  error?: string | undefined;
  cause?: string | undefined;
}

export interface ExecutionStore {
  insert(execution: Pick<Execution, 'arn' | 'machineArn' | 'name' | 'input' | 'startedAt'>): Execution;
  find(arn: string): Execution | undefined;
  /** Ends a running execution; the ended row, or undefined when it was not running. */
  end(arn: string, ending: Ending): Execution | undefined;
  /** Newest first, those with a smaller id than `before` only. */
  list(query: { machineArn: string; status: string | undefined; before: number; limit: number }): Execution[];
  running(): Execution[];
  /** Frees the names of executions that ended before then. */
  forgetEndedBefore(time: number): void;
}

const COLUMNS = 'id, arn, machineArn, name, status, input, output, error, cause, startedAt, stoppedAt';

export function executionStore(store: Store): ExecutionStore {
  store.exec(`
    CREATE TABLE IF NOT EXISTS sfn_executions (
      id INTEGER PRIMARY KEY AUTOINCREMENT, arn TEXT NOT NULL UNIQUE, machineArn TEXT NOT NULL, name TEXT NOT NULL,
      status TEXT NOT NULL, input TEXT NOT NULL, output TEXT, error TEXT, cause TEXT, startedAt INTEGER NOT NULL, stoppedAt INTEGER);
    CREATE INDEX IF NOT EXISTS sfn_executions_by_status ON sfn_executions (machineArn, status, id);`);
  const insert = store.prepare(
    `INSERT INTO sfn_executions (arn, machineArn, name, status, input, startedAt) VALUES (?, ?, ?, 'RUNNING', ?, ?) RETURNING ${COLUMNS}`,
  );
  const find = store.prepare(`SELECT ${COLUMNS} FROM sfn_executions WHERE arn = ?`);
  const end = store.prepare(
    `UPDATE sfn_executions SET status = ?, stoppedAt = ?, output = ?, error = ?, cause = ? WHERE arn = ? AND status = 'RUNNING' RETURNING ${COLUMNS}`,
  );
  const listAll = store.prepare(
    `SELECT ${COLUMNS} FROM sfn_executions WHERE machineArn = ? AND id < ? ORDER BY id DESC LIMIT ?`,
  );
  const listByStatus = store.prepare(
    `SELECT ${COLUMNS} FROM sfn_executions WHERE machineArn = ? AND status = ? AND id < ? ORDER BY id DESC LIMIT ?`,
  );
  const running = store.prepare(`SELECT ${COLUMNS} FROM sfn_executions WHERE status = 'RUNNING' ORDER BY id`);
  const forget = store.prepare(`DELETE FROM sfn_executions WHERE status <> 'RUNNING' AND stoppedAt < ?`);
  return {
    insert: (row) =>
      insert.get(row.arn, row.machineArn, row.name, row.input, row.startedAt) as unknown as Execution,
    find: (arn) => find.get(arn) as unknown as Execution | undefined,
    end: (arn, ending) =>
      end.get(
        ending.status,
        ending.stoppedAt,
        ending.output ?? null,
        ending.error ?? null,
        ending.cause ?? null,
        arn,
      ) as unknown as Execution | undefined,
    list: ({ machineArn, status, before, limit }) =>
      (status === undefined
        ? listAll.all(machineArn, before, limit)
        : listByStatus.all(machineArn, status, before, limit)) as unknown as Execution[],
    running: () => running.all() as unknown as Execution[],
    forgetEndedBefore: (time) => void forget.run(time),
  };
}
