import { expect, test } from '@playwright/test';
import { expectClean } from './clean.ts';
import { bracket, openShopByClicks, signInCustomerByClicks } from './people.ts';

test('CO-13 the price follows material, finish, quantity and infill as they are chosen and typed, and never goes blank', async ({
  browser,
}, info) => {
  const shop = await (await browser.newContext()).newPage();
  const customer = await (await browser.newContext()).newPage();
  const portal = await openShopByClicks(shop, 'Instant Works');
  await signInCustomerByClicks(customer, portal);
  await customer.getByRole('button', { name: 'New request' }).click();
  await customer.getByLabel('Files', { exact: true }).setInputFiles(bracket);
  await customer.getByLabel('Title').fill('Priced as chosen');
  await customer.getByRole('button', { name: 'Check the files and see the price' }).click();

  const row = customer.getByRole('region', { name: 'Price' }).getByRole('row').nth(1);
  await expect(row).toContainText('1 × bracket.stl');
  await expect(customer.locator('.stale')).toHaveCount(0);
  await customer.evaluate(() => {
    const seen = { blank: false };
    Object.assign(window, { seen });
    const look = () => {
      if (!document.querySelector('[role="region"][aria-label="Price"] tbody tr')) seen.blank = true;
      requestAnimationFrame(look);
    };
    look();
  });

  const choices: [string, () => Promise<unknown>][] = [
    ['material', () => customer.getByLabel('Material').selectOption({ label: 'PETG' })],
    ['finish', () => customer.getByLabel('Finish').selectOption({ index: 1 })],
    ['infill', () => customer.getByLabel('Infill').selectOption('60')],
    // Typed, and the field not left yet.
    ['quantity', () => customer.getByLabel('Quantity').fill('12')],
  ];
  for (const [what, choose] of choices)
    await test.step(what, async () => {
      const before = await row.innerText();
      const moved = customer.evaluate(
        (old) =>
          new Promise<number>((resolve) => {
            const table = () =>
              document.querySelector<HTMLElement>('[role="region"][aria-label="Price"] tbody tr');
            let from: number | undefined;
            const start = () => (from ??= performance.now());
            addEventListener('change', start, { capture: true, once: true });
            addEventListener('input', start, { capture: true, once: true });
            const look = () => {
              if (from !== undefined && table() && table()!.innerText !== old)
                resolve(performance.now() - from);
              else requestAnimationFrame(look);
            };
            look();
          }),
        before,
      );
      await choose();
      info.annotations.push({
        type: 'milliseconds to the new price',
        description: `${what}: ${Math.round(await moved)}`,
      });
      await expect(customer.locator('.stale')).toHaveCount(0);
    });
  await expect(row).toContainText('12 × bracket.stl');

  await customer.getByLabel('Quantity').blur();
  await expect(customer.getByRole('button', { name: 'Remove', exact: true }).first()).toBeEnabled();
  const chosen = await row.innerText();
  await expectClean(customer, 'portal-draft');
  expect(await customer.evaluate(() => (window as never as { seen: { blank: boolean } }).seen.blank)).toBe(
    false,
  );
  await customer.reload();
  await expect(customer.getByLabel('Infill')).toHaveValue('60');
  await expect.poll(() => row.innerText()).toBe(chosen);
});
