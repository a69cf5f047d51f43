import type { GeometryReport } from '../geometry/report.ts';

/** A customer's file and what the check found. */
export interface JobFile {
  id: string;
  jobId: string;
  name: string;
  bytes: number;
  state: 'awaiting_upload' | 'checked' | 'refused';
  /** Hex SHA-256 of the checked content. */
  sha256?: string;
  report?: GeometryReport;
  createdAt: string;
  checkedAt?: string;
}

/** Largest file accepted, bytes. */
export const maximumFileBytes = 500_000_000;
