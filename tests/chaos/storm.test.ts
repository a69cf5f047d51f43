import { expect, test } from 'vitest';
import { templateNames } from '#domain/job/job.ts';
import { storm } from './storm.ts';
import { stories } from './stories.ts';

/** One of each template: the short form of `npm run chaos`. */
const few = templateNames.flatMap((name) => stories.find(({ template }) => template === name) ?? []);

test('a storm of faults and kills: every story ends as in calm, with each mail, charge and print once', async () => {
  const seed = Date.now() % 1_000_000;
  console.log(`seed ${seed}`);
  const { jobs, kills, charges } = await storm({
    stories: few,
    jobs: templateNames.length,
    lanes: 2,
    seed,
    killEverySeconds: 6,
  });
  expect(jobs).toBe(templateNames.length);
  expect(kills).toBeGreaterThan(0);
  expect(charges).toBeGreaterThan(0);
}, 900_000);
