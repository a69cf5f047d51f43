import type { Settings } from './settings.ts';
export function acknowledgeFindings(_stacks: object, _settings: Settings): void {}
