/**
 * The two things dynoxide leaves to its host, done in its SQLite file: without the index every write scans all stream records, and
 * nothing ever trims them. The schema is private to the pinned version.
 */
import { DatabaseSync } from 'node:sqlite';

const open = (path: string) => new DatabaseSync(path, { timeout: 5000 });

/** Idempotent; call after the engine has made its schema. */
export function addStreamIndex(databasePath: string): void {
  const database = open(databasePath);
  try {
    database.exec(
      'CREATE INDEX IF NOT EXISTS local_stream_seq ON _stream_records (table_name, CAST(sequence_number AS INTEGER))',
    );
  } finally {
    database.close();
  }
}

/** Deletes the table's stream records before `sequenceNumber`; the newest always stays, since numbering goes on from it. */
export function trimStream(databasePath: string, tableName: string, sequenceNumber: string): number {
  const database = open(databasePath);
  try {
    const result = database
      .prepare(
        `DELETE FROM _stream_records WHERE table_name = ? AND CAST(sequence_number AS INTEGER) < CAST(? AS INTEGER)
         AND CAST(sequence_number AS INTEGER) < (SELECT MAX(CAST(sequence_number AS INTEGER)) FROM _stream_records WHERE table_name = ?)`,
      )
      .run(tableName, sequenceNumber, tableName);
    return Number(result.changes);
  } finally {
    database.close();
  }
}
