import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { collect, type Collected } from './collect.ts';
import { nameOf, planted, type Fault } from './fault.ts';

/**
 * Runs the acceptance file's own hooks once and, for each fault, the row's own test: it passes, and with the fault planted it
 * fails.
 */
export function proveFaults(faults: readonly Fault[], load: () => Promise<unknown>): void {
  let file: Collected;
  beforeAll(async () => {
    file = await collect(load);
    for (const hook of file.before) await hook();
  }, 120_000);
  afterAll(async () => {
    for (const hook of file.after) await hook();
  });

  describe.each(faults)('$group', (fault) => {
    test(`${fault.row} fails when ${fault.breaks}`, async () => {
      const check = file.tests.find(({ title }) => title.includes(`${fault.row} `));
      if (!check) throw new Error(`No test has ${fault.row} in its title`);
      await check.body();
      planted.fault = nameOf(fault);
      const noticed = await (async () => check.body())()
        .then(() => 'nothing', String)
        .finally(() => delete planted.fault);
      // A wait in vain may have other reasons than the fault.
      expect(noticed).not.toMatch(/^nothing$|Waited \d+ s in vain/);
    }, 60_000);
  });
}
