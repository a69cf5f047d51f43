import { existsSync } from 'node:fs';
import { join } from 'node:path';
import chromium from '@sparticuz/chromium';
import { reportOf, root, type Step } from './steps.ts';

const systemBrowsers = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** A Chromium that is here: the named one, the system's, or the one that came with the packages. */
export async function findChromium(): Promise<string> {
  const named = process.env['CHROMIUM_PATH'];
  return named ?? systemBrowsers.find((path) => existsSync(path)) ?? chromium.executablePath();
}

/** The browser tests, told which browser to use. */
export async function browserTests(): Promise<Step> {
  process.env['CHROMIUM_PATH'] = await findChromium();
  const name = 'browser tests';
  const report = reportOf(name);
  return {
    name,
    report,
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: report },
    command: [
      join(root, 'node_modules', '@playwright', 'test', 'cli.js'),
      'test',
      '--config',
      'tests/e2e/playwright.config.ts',
      '--reporter=list,json',
    ],
    counts: (output) => {
      const number = (word: string) => Number(new RegExp(`^\\s*(\\d+) ${word}`, 'm').exec(output)?.[1] ?? 0);
      return { passed: number('passed'), failed: number('failed') };
    },
  };
}
