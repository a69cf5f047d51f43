import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { zipSync } from 'fflate';
import { expectClean } from './clean.ts';
import { bracket, openShopByClicks, signInCustomerByClicks } from './people.ts';

type Chosen = Parameters<ReturnType<Page['getByLabel']>['setInputFiles']>[0];

async function requestWith(shop: Page, customer: Page, files: Chosen): Promise<void> {
  const portal = await openShopByClicks(shop, 'Viewing Works');
  await signInCustomerByClicks(customer, portal);
  await customer.getByRole('button', { name: 'New request' }).click();
  await customer.getByLabel('Files', { exact: true }).setInputFiles(files);
  await customer.getByLabel('Title').fill('Parts to look at');
  await customer.getByRole('button', { name: 'Check the files and see the price' }).click();
}

test('DF-26 CX-3 an uploaded part is shown in 3D to the customer and to the shop, and its problems are pointed at', async ({
  browser,
}) => {
  const shop = await (await browser.newContext()).newPage();
  const customer = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage();
  await requestWith(shop, customer, ['tests/models/broken/holes25.stl']);

  const view = customer.getByRole('application', { name: /holes25.stl in 3D/ });
  await expect(view.locator('canvas')).toBeVisible();

  await test.step('a chosen problem turns the camera to it', async () => {
    const before = await view.screenshot();
    await customer.getByRole('button', { name: 'Show where' }).first().click();
    await expect(customer.getByRole('button', { name: 'Show where' }).first()).toHaveAttribute(
      'aria-pressed',
      'true',
    );
    await expect.poll(async () => (await view.screenshot()).equals(before)).toBe(false);
  });

  await test.step('a click on an edge of the problem chooses it in the list', async () => {
    const where = customer.getByRole('button', { name: 'Show where' }).first();
    await customer.getByRole('button', { name: 'Fit', exact: true }).click();
    await expect(where).toHaveAttribute('aria-pressed', 'false');
    const { x, y, width, height } = (await view.boundingBox())!;
    const chosen = async () => (await customer.locator('.problems button[aria-pressed=true]').count()) > 0;
    // Where the edges lie on the screen only the picture knows: look along lines until one is hit.
    for (let at = 0; at < 100 && !(await chosen()); at++)
      await customer.mouse.click(
        x + width * (0.3 + 0.04 * (at % 10)),
        y + height * (0.3 + 0.04 * Math.floor(at / 10)),
      );
    expect(await chosen()).toBe(true);
  });

  await test.step('the keyboard turns, cuts and measures', async () => {
    await view.focus();
    const before = await view.screenshot();
    await customer.keyboard.press('ArrowLeft');
    await expect.poll(async () => (await view.screenshot()).equals(before)).toBe(false);
    await customer.keyboard.press('x');
    await expect(customer.getByRole('button', { name: 'Section' })).toHaveAttribute('aria-pressed', 'true');
    await customer.keyboard.press('x');
    await customer.keyboard.press('m');
    await customer.keyboard.press('f');
    await expect(customer.getByRole('status').filter({ hasText: 'Click the first point' })).toBeVisible();
    const box = (await view.boundingBox())!;
    await customer.mouse.click(box.x + box.width * 0.45, box.y + box.height * 0.5);
    await customer.mouse.click(box.x + box.width * 0.58, box.y + box.height * 0.55);
    await expect(customer.getByText(/^Distance [\d.,]+ mm \([\d.,]+ in\)/)).toBeVisible();
  });

  await test.step('nothing of it is in the way of a screen reader or a narrow screen', () =>
    expectClean(customer, 'portal-viewer'));

  await test.step('the shop sees the picture in its list and opens the part', async () => {
    await customer.getByRole('button', { name: 'Ask for a quote' }).click();
    await shop.getByRole('link', { name: 'Jobs' }).click();
    await shop.getByRole('link', { name: 'Parts to look at' }).click();
    const picture = shop.getByRole('button', { name: 'View holes25.stl' });
    await expect(picture.locator('img')).toHaveJSProperty('naturalWidth', 512);
    await picture.click();
    await expect(
      shop.getByRole('application', { name: /holes25.stl in 3D/ }).locator('canvas'),
    ).toBeVisible();
    await expectClean(shop, 'job-viewer');
  });
});

const plate =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 60"><g id="Outline"><rect width="100" height="60" fill="none" stroke="red"/>' +
  '<circle cx="20" cy="30" r="8" fill="none" stroke="red"/><circle cx="20" cy="30" r="8" fill="none" stroke="red"/>' +
  '<path d="M40 10h40l-10 20" fill="none" stroke="red"/></g><g id="Engrave"><path d="M40 45h40" fill="none" stroke="blue"/></g></svg>';

test('DF-02 DF-26 a ZIP becomes its parts; a drawing shows its layers, open ends and repeated lines, and is rescaled by one click', async ({
  browser,
}) => {
  const shop = await (await browser.newContext()).newPage();
  const customer = await (await browser.newContext()).newPage();
  const zip = zipSync({
    'parts/bracket.stl': readFileSync(bracket),
    'parts/plate.svg': Buffer.from(plate),
    '__MACOSX/._bracket.stl': Buffer.from('clutter'),
  });
  await requestWith(shop, customer, {
    name: 'parts.zip',
    mimeType: 'application/zip',
    buffer: Buffer.from(zip),
  });

  const drawing = customer.getByRole('listitem').filter({ hasText: 'plate.svg' }).first();
  await expect(customer.getByRole('button', { name: 'View bracket.stl' })).toBeVisible();
  await expect(drawing.getByText('1 line to cut does not close')).toBeVisible();
  await expect(drawing.getByText('1 line is drawn twice')).toBeVisible();

  await test.step('its lines are shown by layer', async () => {
    await drawing.getByRole('button', { name: 'View plate.svg' }).click();
    const view = drawing.getByRole('application', { name: 'Drawing plate.svg' });
    await expect(view.locator('circle')).toHaveCount(2);
    await expect(view.locator('.line-duplicate')).toHaveCount(1);
    await expect(view.locator('.line-engrave')).toHaveCount(1);
    const layerUse = drawing.getByRole('combobox', { name: /Engrave/ });
    await layerUse.selectOption('Leave out');
    await expect(view.locator('.line-ignore')).toHaveCount(1);
    await expect(layerUse).toBeEnabled();
    await layerUse.selectOption('Engrave');
    await expect(view.locator('.line-engrave')).toHaveCount(1);
    await drawing.getByRole('checkbox', { name: /Engrave/ }).uncheck();
    await expect(view.locator('.line-engrave')).toHaveCount(0);
  });

  await test.step('the unit it does not state is said by one click', async () => {
    await expect(drawing.getByText('26.5 × 15.9 mm').first()).toBeVisible();
    await drawing.getByRole('button', { name: /^millimetres/ }).click();
    await expect(drawing.getByText('100 × 60 mm').first()).toBeVisible();
    await expect(drawing.getByText('Read in millimetres, as you said.')).toBeVisible();
    // The price is dimmed while it is worked out anew.
    await expect(customer.locator('[aria-busy=true]')).toHaveCount(0);
    await expectClean(customer, 'portal-drawing');
  });

  await test.step('without 3D the picture stands in', async () => {
    await customer.addInitScript(() => {
      // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its canvas below
      const own = HTMLCanvasElement.prototype.getContext;
      HTMLCanvasElement.prototype.getContext = function (
        this: HTMLCanvasElement,
        kind: string,
        ...rest: unknown[]
      ) {
        return kind.startsWith('webgl')
          ? null
          : (own as (...all: unknown[]) => unknown).call(this, kind, ...rest);
      } as typeof own;
    });
    await customer.reload();
    await customer.getByRole('button', { name: 'View bracket.stl' }).click();
    await expect(customer.getByRole('img', { name: 'Picture of bracket.stl' })).toBeVisible();
    await expect(customer.getByText('This browser shows no 3D')).toBeVisible();
  });
});
