import { expect, test } from 'vitest';
import type { Route } from '#contract/route.ts';
import { allRoutes } from '#contract/routes/all.ts';
import { sendQuote } from '#contract/routes/jobs.ts';
import { dataOf } from '../route-data.ts';
import { canBeQuiet } from './quiet.ts';

const asPagesHaveIt = (route: Route) => JSON.parse(JSON.stringify(dataOf(route))) as Route;

test('pages know of every route whether it can be called without a mail', () => {
  expect(canBeQuiet(asPagesHaveIt(sendQuote))).toBe(true);
  for (const route of allRoutes) expect(canBeQuiet(asPagesHaveIt(route)), route.id).toBe(canBeQuiet(route));
});
