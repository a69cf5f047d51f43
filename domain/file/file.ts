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
  /** A preview for the viewer and a thumbnail are stored beside the content. */
  hasPreview?: boolean;
  /** Its layers are kept beside it, to estimate prints from. */
  hasLayers?: boolean;
  /** What lengths of the preview are multiplied by, since somebody chose another unit. */
  previewScale?: number;
  createdAt: string;
  checkedAt?: string;
}

/** Largest file accepted, bytes. */
export const maximumFileBytes = 500_000_000;
