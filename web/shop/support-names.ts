import type { SupportChoice } from '#domain/estimate/print-settings.ts';

export const supportNames: Readonly<Record<SupportChoice, string>> = {
  none: 'none',
  'build-plate': 'from the build plate',
  everywhere: 'everywhere',
};
