import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { functions } from '#contract/functions.ts';
import { toldTroubles } from '#lib/constructs/told-troubles.ts';

const folder = 'docs/operations';
const pages = readdirSync(folder).map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));
const everything = pages.map(({ text }) => text).join('\n');
const all = (pattern: RegExp) => [...everything.matchAll(pattern)].map(([, found]) => found ?? '');
const names = functions.map(({ name }) => name);

describe('runbooks', () => {
  test('functions, their logs and queues are called by names they have', () => {
    const called = [
      ...all(/--function-name kerf-\$STAGE-([a-z-]+)/g),
      ...all(/\/kerf\/\$STAGE\/([a-z-]+)(?= )/g),
      ...all(/kerf-\$STAGE-([a-z-]+)-failures/g),
      ...all(/for name in ([a-z -]+);/g).flatMap((each) => each.split(' ')),
    ].filter((name) => name !== '');
    expect(called.length).toBeGreaterThan(10);
    // The ingest functions share their queue of failures.
    expect(called.filter((name) => ![...names, 'ingest'].includes(name))).toEqual([]);
  });

  test('every function that knows the payment secrets is started anew when they change', () => {
    const [listed = ''] = all(/for name in ([a-z -]+);/g);
    expect(listed.split(' ').sort()).toEqual(
      functions
        .filter(({ access }) => access.includes('stripe'))
        .map(({ name }) => name)
        .sort(),
    );
  });

  test('words looked for in logs are words of the code', () => {
    const words = all(/--filter-pattern '"([^"]+)"'/g);
    expect(words.length).toBeGreaterThan(1);
    expect(words.filter((each) => !toldTroubles.some((trouble) => trouble.words === each))).toEqual([]);
  });

  test('commands of this repository and linked pages exist', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      scripts: Record<string, string>;
    };
    for (const name of all(/npm run ([\w:-]+)/g)) expect(scripts, name).toHaveProperty(name);
    for (const file of all(/node ([\w/.-]+\.ts)/g)) expect(existsSync(file), file).toBe(true);
    for (const page of all(/\]\(([\w-]+\.md)\)/g)) expect(existsSync(join(folder, page)), page).toBe(true);
  });

  test('every trouble that functions tell of has its page or its alarm explained', () => {
    for (const { name } of toldTroubles) expect(everything, name).toContain(name);
  });
});
