import type { Deployment } from '../emulator/deployment.ts';
import type { Stage } from '../walk/stage.ts';

/** Something that must not work. */
export interface Probe {
  /** What AWS does. */
  what: string;
  /** Tries what AWS refuses; true when it was refused here as well. */
  refused: (deployment: Deployment, stage: Stage) => Promise<boolean>;
  /** The part that ought to refuse is Kerf's, not the emulator's. */
  ours?: true;
}
