import type { Route } from '#contract/route.ts';

/** A step of a job can be taken quietly: its query says so. */
export const canBeQuiet = ({
  method,
  context,
  query,
}: Pick<Route, 'method' | 'context' | 'query'>): boolean =>
  method === 'POST' && context === 'jobs' && query !== undefined;
