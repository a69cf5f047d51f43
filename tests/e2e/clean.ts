import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const looks = [
  { colorScheme: 'light', width: 1440, height: 900 },
  { colorScheme: 'dark', width: 1440, height: 900 },
  { colorScheme: 'light', width: 390, height: 844 },
  { colorScheme: 'dark', width: 390, height: 844 },
] as const;

/** Shows the page as it stands in light and dark, wide and narrow, and fails with what axe finds in any of them. */
export async function expectClean(page: Page, where: string): Promise<void> {
  for (const { colorScheme, width, height } of looks) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height });
    await expect(page.locator(`html[data-mantine-color-scheme=${colorScheme}]`)).toBeAttached();
    const { violations } = await new AxeBuilder({ page }).analyze();
    const found = violations.map(
      ({ id, help, nodes }) => `${id}: ${help}: ${nodes[0]?.html ?? ''} ${nodes[0]?.failureSummary ?? ''}`,
    );
    const look = `${where} ${colorScheme} ${width}`;
    expect.soft(found, look).toEqual([]);
    const sideways = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect.soft(sideways, `${look} must not scroll sideways`).toBeLessThanOrEqual(0);
    const shots = process.env['KERF_SHOTS'];
    if (shots)
      await page.screenshot({ path: `${shots}/${look.replaceAll(/[^\w-]+/g, '_')}.png`, fullPage: true });
  }
}
