import type { RepairSteps } from '../geometry/repair-mesh.ts';
import type { GeometryReport, MeshReport } from '../geometry/report.ts';

/** A repaired copy of a file, made by its check and stored by its own hash; it becomes a file when somebody wants it. */
export interface RepairedContent {
  /** Hex SHA-256. */
  sha256: string;
  bytes: number;
  steps: RepairSteps;
  /** Of the repaired copy; that of the file itself is the other half of before and after. */
  report: MeshReport;
  hasPreview: boolean;
  hasLayers: boolean;
}

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
  /** Offered where a repair makes the file better. */
  repair?: RepairedContent;
  /** The file that this one is the repaired copy of. */
  repairedFrom?: string;
  createdAt: string;
  checkedAt?: string;
}

/** Largest file accepted, bytes. */
export const maximumFileBytes = 500_000_000;
/** Files a job may have: more than its parts, since some are replaced. */
export const mostFiles = 80;
