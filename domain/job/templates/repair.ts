import type { WorkflowTemplate } from '../template.ts';
import { custom } from './custom.ts';

/** A repair of what the customer owns: the same way as a bespoke piece, under its own name and settings. */
export const repair: WorkflowTemplate = { ...custom, name: 'repair', title: 'Repair' };
