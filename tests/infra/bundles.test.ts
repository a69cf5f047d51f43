import { execFileSync } from 'node:child_process';
import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { functions } from '#contract/functions.ts';
import { bundle, bundleFolder } from '#tests/support/bundle.ts';

const root = join(import.meta.dirname, '..', '..');
const folder = join(bundleFolder, `test-${process.pid}`);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const mostBytes = 600_000;
/** Prints papers: fonts and all. */
const prints = 'api-documents';

test('no function of the API but the one that prints is larger than 600 kB: cold starts grow with what is loaded', async () => {
  const api = functions.filter(
    ({ name, trigger }) => (trigger.kind === 'api' || trigger.kind === 'http-authorizer') && name !== prints,
  );
  expect(api.length).toBeGreaterThan(5);
  const sizes = await Promise.all(
    api.map(async ({ name, entry }) => {
      const file = join(folder, `${name}.mjs`);
      await bundle({ entryPoints: [entry] }, file);
      return [name, statSync(file).size] as const;
    }),
  );
  expect(sizes.filter(([, bytes]) => bytes > mostBytes)).toEqual([]);
});

/** Every entity's key and one of its puts, as text. */
const patterns = `
  const { tenant } = await import('#lambdas/adapters/dynamo/tenant.ts');
  const some = new Proxy({}, { get: (_, name) => 'some-' + String(name) });
  const { entities } = tenant('shop_01kahs4xynx4ns5qqywhz8jqz7');
  console.log(Object.entries(entities).map(([name, entity]) =>
    name + JSON.stringify([entity.get(some).params(), Object.entries(entity.query).map(([pattern, ask]) => [pattern, ask(some).params()])])).join('\\n'));
`;
const environment = {
  TABLE_NAME: 'Kerf',
  SHOP_ROLE_ARN: 'arn:aws:iam::000000000000:role/kerf-shop',
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'nobody',
  AWS_SECRET_ACCESS_KEY: 'nothing',
};

test('a bundle, small and without examined models, asks for the same keys as the sources', async () => {
  const file = join(folder, 'patterns.mjs');
  await bundle({ stdin: { contents: patterns, resolveDir: root, loader: 'ts' } }, file);
  const run = (...args: string[]) =>
    execFileSync(process.execPath, args, {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, ...environment },
    });
  const fromSources = run('--input-type=module-typescript', '--eval', patterns);
  expect(fromSources.split('\n').length).toBeGreaterThan(40);
  expect(run(file)).toBe(fromSources);
});
