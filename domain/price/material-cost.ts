import type { Making, MakingFor } from './making.ts';
import { moneyWriter } from './money-words.ts';
import type { AlloyMaterial, PriceBook, PriceBookMaterial } from './price-book.ts';
import type { PriceStep } from './price-step.ts';
import { add, divide, multiply, one, percent, rational, zero, type Rational } from './rational.ts';

/** Grams of a troy ounce, exact by definition; fine metal is quoted by it. */
export const gramsPerTroyOunce = 31.1034768;

/** What a piece is made of, per piece: material, stones, hallmark. Amounts of 0 for stones and hallmark are left out. */
export function materialSteps(book: PriceBook, material: PriceBookMaterial, making: Making): PriceStep[] {
  const money = moneyWriter(book.currency);
  const step = (amount: Rational, inputs: PriceStep['inputs'], rule: string): PriceStep[] => [
    { code: 'material', label: `Material: ${material.name}`, amount, inputs, rule },
  ];
  const byWeight = (grams: number, pricePerKgMinor: number) =>
    step(
      multiply(divide(rational(grams), rational(1000)), rational(pricePerKgMinor)),
      { grams: { value: grams, unit: 'g' }, pricePerKg: { value: pricePerKgMinor, unit: 'minor/kg' } },
      `${grams} g / 1000 x ${money(pricePerKgMinor)} per kg`,
    );
  if (material.process === 'fdm' && making.process === 'fdm')
    return byWeight(making.grams, material.pricePerKgMinor);
  if (material.process === 'cnc' && making.process === 'cnc')
    return byWeight(making.stockGrams, material.pricePerKgMinor);
  if (material.process === 'resin' && making.process === 'resin')
    return step(
      multiply(divide(rational(making.millilitres), rational(1000)), rational(material.pricePerLitreMinor)),
      {
        millilitres: { value: making.millilitres, unit: 'ml' },
        pricePerLitre: { value: material.pricePerLitreMinor, unit: 'minor/l' },
        layers: { value: making.layers, unit: 'layers' },
      },
      `${making.millilitres} ml / 1000 x ${money(material.pricePerLitreMinor)} per l`,
    );
  if (material.process === 'powder' && making.process === 'powder')
    return step(
      multiply(
        divide(add(rational(making.grams), rational(making.refreshGrams)), rational(1000)),
        rational(material.pricePerKgMinor),
      ),
      {
        grams: { value: making.grams, unit: 'g' },
        refreshed: { value: making.refreshGrams, unit: 'g' },
        chamberShare: { value: making.chamberShare * 100, unit: '%' },
        pricePerKg: { value: material.pricePerKgMinor, unit: 'minor/kg' },
      },
      `(${making.grams} g + ${making.refreshGrams} g refreshed) / 1000 x ${money(material.pricePerKgMinor)} per kg`,
    );
  if (material.process === 'laser' && making.process === 'laser')
    return step(
      multiply(rational(making.sheetShare), rational(material.pricePerSheetMinor)),
      {
        sheetShare: { value: making.sheetShare, unit: 'sheets' },
        pricePerSheet: { value: material.pricePerSheetMinor, unit: 'minor/sheet' },
      },
      `${making.sheetShare} of a sheet x ${money(material.pricePerSheetMinor)}`,
    );
  if (material.process === 'casting' && making.process === 'casting')
    return castingSteps(book, material, making);
  throw new RangeError(`A ${making.process} part can not be made of a ${material.process} material`);
}

/** Fine metal in some grams of an alloy at the book's fix, without the caster's margin. */
export function fineMetalValue(book: PriceBook, material: AlloyMaterial, grams: number): Rational {
  const fix = book.metalFixes.find(({ metal }) => metal === material.metal);
  if (!fix) throw new RangeError(`The price book has no price of ${material.metal}`);
  return multiply(
    divide(rational(grams), rational(gramsPerTroyOunce)),
    rational(fix.minorPerTroyOunce),
    percent(material.purityPercent),
  );
}

/** Metal g x spot / 31.1035 x purity x (1 + alloy margin) + wax + stones with their setting + hallmark. */
function castingSteps(book: PriceBook, material: AlloyMaterial, making: MakingFor<'casting'>): PriceStep[] {
  const money = moneyWriter(book.currency);
  const fix = book.metalFixes.find(({ metal }) => metal === material.metal);
  const metal = multiply(
    fineMetalValue(book, material, making.metalGrams),
    add(one, percent(material.alloyMarginPercent)),
  );
  const spot = fix?.minorPerTroyOunce ?? 0;
  const steps: PriceStep[] = [
    {
      code: 'material',
      label: `Metal: ${material.name}`,
      amount: metal,
      inputs: {
        metalWeight: { value: making.metalGrams, unit: 'g' },
        spotPrice: { value: spot, unit: 'minor/ozt' },
        purity: { value: material.purityPercent, unit: '%' },
        alloyMargin: { value: material.alloyMarginPercent, unit: '%' },
      },
      rule: `${making.metalGrams} g / ${gramsPerTroyOunce} x ${money(spot)} per troy ounce of ${material.metal} (${fix?.fixedOn}) x ${material.purityPercent} % x (1 + ${material.alloyMarginPercent} %)`,
    },
  ];
  const wax = multiply(
    divide(rational(making.waxMillilitres), rational(1000)),
    rational(making.waxMinorPerLitre),
  );
  if (making.waxMillilitres > 0)
    steps.push({
      code: 'consumables',
      label: 'Wax',
      amount: wax,
      inputs: {
        millilitres: { value: making.waxMillilitres, unit: 'ml' },
        pricePerLitre: { value: making.waxMinorPerLitre, unit: 'minor/l' },
      },
      rule: `${making.waxMillilitres} ml / 1000 x ${money(making.waxMinorPerLitre)} per l`,
    });
  if (making.stones.length > 0)
    steps.push({
      code: 'stones',
      label: 'Stones and setting',
      amount: making.stones.reduce(
        (sum, { count, minorEach, settingMinorEach }) =>
          add(sum, multiply(rational(count), rational(minorEach + settingMinorEach))),
        zero,
      ),
      inputs: { stones: { value: making.stones.reduce((sum, { count }) => sum + count, 0), unit: 'stones' } },
      rule: making.stones
        .map(
          ({ name, count, minorEach, settingMinorEach }) =>
            `${count} x ${name} (${money(minorEach)} + ${money(settingMinorEach)} setting)`,
        )
        .join(' + '),
    });
  if (making.hallmarkMinor > 0)
    steps.push({
      code: 'hallmark',
      label: 'Hallmark',
      amount: rational(making.hallmarkMinor),
      inputs: { hallmark: { value: making.hallmarkMinor, unit: 'minor' } },
      rule: `${money(making.hallmarkMinor)} per piece`,
    });
  return steps;
}
