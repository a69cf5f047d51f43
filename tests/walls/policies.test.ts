import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { describe, expect, test } from 'vitest';
import { isAllowed, type PolicyStatement } from '#local/iam/evaluate.ts';
import { accessPatternsPage } from './access-patterns.ts';
import { requestsToOwnRole, requestsToShopRole, type Judged } from './requests.ts';
import { rolesOfFunctions } from './roles.ts';

const roles = rolesOfFunctions();

/** The requests that the policies judge otherwise than they should. */
const misjudged = (statements: readonly PolicyStatement[], requests: readonly Judged[]) =>
  requests.filter(({ request, allowed }) => isAllowed(statements, request) !== allowed);

test('docs/access-patterns.md is what the entities say; else run node scripts/access-patterns.ts', async () => {
  const file = join(import.meta.dirname, '..', '..', 'docs', 'access-patterns.md');
  const page = await format(accessPatternsPage(), { ...(await resolveConfig(file)), filepath: file });
  expect(readFileSync(file, 'utf8')).toBe(page);
});

describe.each(roles)('$spec.name', (role) => {
  test('its own role reaches no row, object or topic of any shop, and assumes its shop role with exactly one tag', () => {
    const requests = requestsToOwnRole(role);
    expect(requests.length).toBeGreaterThan(300);
    expect(misjudged(role.own, requests)).toEqual([]);
  });

  test.runIf(role.shop)(
    'its shop role does every access pattern for the tagged shop, and none for another',
    () => {
      const requests = requestsToShopRole(role);
      expect(requests.filter(({ allowed }) => allowed).length).toBeGreaterThan(3);
      expect(misjudged(role.shop?.statements ?? [], requests)).toEqual([]);
    },
  );

  test.runIf(role.shop)('its shop role trusts it, with one tag that names a shop', () => {
    const trusting = requestsToOwnRole(role).filter(({ what }) => /^(own )?shop role /.test(what));
    expect(misjudged(role.shop?.trust ?? [], trusting)).toEqual([]);
  });
});

test('the policies are what judges: without a condition, or with a wider pattern, foreign rows come through', () => {
  const jobs = roles.find(({ spec }) => spec.name === 'api-jobs');
  const statements = jobs?.shop?.statements ?? [];
  const weaker = [
    statements.map(({ Condition: _, ...rest }) => rest),
    JSON.parse(
      JSON.stringify(statements).replaceAll('SHOP#${aws:PrincipalTag/shopId}#*', 'SHOP#*'),
    ) as PolicyStatement[],
    JSON.parse(
      JSON.stringify(statements).replaceAll(
        'SHOP#${aws:PrincipalTag/shopId}#*',
        'SHOP#${aws:PrincipalTag/shopId}*',
      ),
    ) as PolicyStatement[],
    JSON.parse(
      JSON.stringify(statements).replaceAll('/t/${aws:PrincipalTag/shopId}/', '/t/'),
    ) as PolicyStatement[],
    statements.map(({ Condition: { Null: _, ...others } = {}, ...rest }) => ({ ...rest, Condition: others })),
  ];
  for (const each of weaker)
    expect(misjudged(each, jobs ? requestsToShopRole(jobs) : []).length).toBeGreaterThan(0);
});
