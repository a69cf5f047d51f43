import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Dark differs from light in nothing but its colours, so only these are looked at again. */
const looks = [
  { colorScheme: 'light', width: 1440, height: 900, rules: 'all' },
  { colorScheme: 'light', width: 390, height: 844, rules: 'all' },
  { colorScheme: 'dark', width: 1440, height: 900, rules: ['color-contrast', 'link-in-text-block'] },
] as const;

/** Shows the page as it stands in light and dark, wide and narrow, and fails with what axe finds in any of them. */
export async function expectClean(page: Page, where: string): Promise<void> {
  for (const { colorScheme, width, height, rules } of looks) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height });
    await expect(page.locator(`html[data-mantine-color-scheme=${colorScheme}]`)).toBeAttached();
    const axe = new AxeBuilder({ page });
    const { violations } = await (rules === 'all' ? axe : axe.withRules([...rules])).analyze();
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
