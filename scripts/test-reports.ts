import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import * as z from 'zod';

/** A test that ran: where it stands, what it guarantees, and how it ended. */
export interface TestOutcome {
  /** Relative to the project, with forward slashes. */
  file: string;
  title: string;
  /** Titles of the steps that a browser test passed through, in their order. */
  steps: string[];
  state: 'passed' | 'failed' | 'skipped';
}

const vitestReport = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().optional(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

interface Step {
  title: string;
  steps?: Step[] | undefined;
}
const step: z.ZodType<Step> = z.lazy(() => z.object({ title: z.string(), steps: z.array(step).optional() }));
const spec = z.object({
  title: z.string(),
  file: z.string(),
  ok: z.boolean(),
  tests: z.array(
    z.object({ status: z.string(), results: z.array(z.object({ steps: z.array(step).optional() })) }),
  ),
});
interface Suite {
  specs?: z.infer<typeof spec>[] | undefined;
  suites?: Suite[] | undefined;
}
const suite: z.ZodType<Suite> = z.lazy(() =>
  z.object({ specs: z.array(spec).optional(), suites: z.array(suite).optional() }),
);
const playwrightReport = z.object({ config: z.object({ rootDir: z.string() }), suites: z.array(suite) });

const inProject = (root: string, path: string) => relative(root, path).replaceAll('\\', '/');

function ofVitest(root: string, report: z.infer<typeof vitestReport>): TestOutcome[] {
  return report.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = inProject(root, name);
    const outcomes = assertionResults.map(({ fullName, status }): TestOutcome => {
      const state = status === 'passed' || status === 'failed' ? status : 'skipped';
      return { file, title: fullName, steps: [], state };
    });
    // A file that can not be loaded, or whose hooks fail, has no failed test of its own.
    if (status === 'failed' && !outcomes.some(({ state }) => state === 'failed')) {
      const [why = ''] = (message ?? '').split('\n');
      outcomes.push({ file, title: `the file itself: ${why}`, steps: [], state: 'failed' });
    }
    return outcomes;
  });
}

const titlesOf = (steps: readonly Step[] = []): string[] =>
  steps.flatMap(({ title, steps }) => [title, ...titlesOf(steps)]);

function ofPlaywright(root: string, report: z.infer<typeof playwrightReport>): TestOutcome[] {
  const specsOf = ({ specs = [], suites = [] }: Suite): z.infer<typeof spec>[] => [
    ...specs,
    ...suites.flatMap(specsOf),
  ];
  return report.suites.flatMap(specsOf).map(({ title, file, ok, tests }): TestOutcome => {
    const skipped = tests.length === 0 || tests.every(({ status }) => status === 'skipped');
    return {
      file: inProject(root, `${report.config.rootDir}/${file}`),
      title,
      steps: tests.flatMap(({ results }) => titlesOf(results.at(-1)?.steps)),
      state: skipped ? 'skipped' : ok ? 'passed' : 'failed',
    };
  });
}

/** Reads what Vitest or Playwright wrote of a run as JSON; a run that broke down before it wrote anything has no outcomes. */
export function readReport(root: string, path: string): TestOutcome[] {
  if (!existsSync(path)) return [];
  const report: unknown = JSON.parse(readFileSync(path, 'utf8'));
  const vitest = vitestReport.safeParse(report);
  return vitest.success ? ofVitest(root, vitest.data) : ofPlaywright(root, playwrightReport.parse(report));
}
