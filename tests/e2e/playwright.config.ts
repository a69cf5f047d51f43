import { defineConfig } from '@playwright/test';
import { findChromium } from '../../scripts/browser.ts';

export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results',
  globalSetup: './start-kerf.ts',
  // 3D without a graphics card fills a core; the other one belongs to the tests beside these.
  workers: 1,
  // Limits for what hangs, not for what is slow: other tests run at the same time.
  timeout: 300_000,
  expect: { timeout: 60_000 },
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    viewport: { width: 1440, height: 900 },
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: await findChromium(),
      // The viewer's 3D is painted without a graphics card.
      args: [
        '--no-sandbox',
        '--disable-dev-shm-usage',
        '--use-angle=swiftshader',
        '--enable-unsafe-swiftshader',
      ],
    },
  },
});
