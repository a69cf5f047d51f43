import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestOutcome } from './test-reports.ts';

/** IDs of the rows that docs/acceptance.md lists, in its order. */
export const listedRows = (root: string): string[] =>
  [...readFileSync(join(root, 'docs', 'acceptance.md'), 'utf8').matchAll(/^- ((?:CO|DF|JT)-\d\d) /gm)].map(
    ([, id = '']) => id,
  );

export interface Coverage {
  covered: string[];
  uncovered: string[];
  /** IDs in titles that the list does not know: slips of the pen. */
  unknown: string[];
}

/**
 * Which rows the tests prove. Only a test that has run and passed counts, and only one that crosses folders: those under tests/ go
 * through the API or a browser, those beside the source prove a rule but not that anybody can reach it.
 */
export function coverageOf(rows: readonly string[], outcomes: readonly TestOutcome[]): Coverage {
  const proven = new Set(
    outcomes
      .filter(({ file, state }) => state === 'passed' && file.startsWith('tests/'))
      .flatMap(({ title, steps }) => [title, ...steps].join(' ').match(/\b(?:CO|DF|JT)-\d+/g) ?? []),
  );
  return {
    covered: rows.filter((row) => proven.has(row)),
    uncovered: rows.filter((row) => !proven.has(row)),
    unknown: [...proven].filter((row) => !rows.includes(row)).sort(),
  };
}

/** What `npm test` says of the rows at its end. */
export function acceptanceLines(root: string, outcomes: readonly TestOutcome[]): string[] {
  const rows = listedRows(root);
  const { covered, uncovered, unknown } = coverageOf(rows, outcomes);
  return [
    `acceptance rows: ${covered.length} of ${rows.length} covered`,
    ...(uncovered.length > 0 ? [`not covered: ${uncovered.join(' ')}`] : []),
    ...(unknown.length > 0 ? [`in titles, but not in docs/acceptance.md: ${unknown.join(' ')}`] : []),
  ];
}
