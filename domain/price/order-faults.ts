import { isDay } from './days.ts';
import { findMakingFault } from './making.ts';
import { machineFor, taxRatesOf, type PriceBook } from './price-book.ts';
import { isByHand, type OrderLineInput, type PriceOrderInput } from './order-input.ts';
import { findTaxStatusFault } from './tax.ts';

interface Fault {
  field: string;
  message: string;
}

export const mostPieces = 10_000;

/** The first thing in an order that no price can be made with, by field and in plain words; undefined when all is well. */
export function findOrderFault(input: PriceOrderInput): Fault | undefined {
  const { priceBook, lines, extras = [], tax, rushId, pricedOn } = input;
  if (lines.length === 0 && extras.length === 0)
    return { field: 'lines', message: 'There is nothing to price. Add at least one part.' };
  if (!isDay(pricedOn))
    return { field: 'pricedOn', message: 'The day of the price must be a day such as 2026-05-04.' };
  for (const [index, line] of lines.entries()) {
    const fault = lineFault(priceBook, line);
    if (fault) return { ...fault, field: `lines.${index}.${fault.field}` };
  }
  for (const [index, extra] of extras.entries()) {
    const fault =
      quantityFault(extra.quantity) ??
      amountFault('unitMinor', extra.unitMinor) ??
      amountFault('costMinor', extra.costMinor) ??
      rateFault(priceBook, extra.taxRateId);
    if (fault) return { ...fault, field: `extras.${index}.${fault.field}` };
  }
  if (rushId !== undefined && !priceBook.rushOptions.some(({ id }) => id === rushId))
    return {
      field: 'rushId',
      message: `The price book has no rush option "${rushId}". Choose one that it has.`,
    };
  const statusFault = tax && findTaxStatusFault(tax);
  if (statusFault) return { ...statusFault, field: `tax.${statusFault.field}` };
  return amountFault('shippingMinor', input.shippingMinor) ?? reductionFault(input);
}

function lineFault(book: PriceBook, line: OrderLineInput): Fault | undefined {
  const material = book.materials.find(({ id }) => id === line.materialId);
  if (!material)
    return {
      field: 'materialId',
      message: `The price book has no material "${line.materialId}". Choose one that it has.`,
    };
  if (!book.finishes.some(({ id }) => id === line.finishId))
    return {
      field: 'finishId',
      message: `The price book has no finish "${line.finishId}". Choose one that it has.`,
    };
  if (!machineFor(book, material.process, line.machineId))
    return {
      field: 'machineId',
      message: `The price book has no ${material.process} machine "${line.machineId}". Choose one that it has.`,
    };
  const { edit } = line;
  const off = edit?.breakPercent;
  return (
    quantityFault(line.quantity) ??
    amountFault('edit.unitMinor', edit?.unitMinor) ??
    (off !== undefined && !(off >= 0 && off <= 100)
      ? { field: 'edit.breakPercent', message: `breakPercent must be from 0 to 100; it is ${off}.` }
      : undefined) ??
    rateFault(book, edit?.taxRateId) ??
    // What was estimated from a hostile file only loses its price; what a person typed is told to them.
    (isByHand(line) ? makingFault(line, material.process) : undefined)
  );
}

function makingFault({ making }: OrderLineInput, process: string): Fault | undefined {
  if (!making) return undefined;
  if (making.process !== process)
    return {
      field: 'making.process',
      message: `The material is for ${process}, but what making it takes is given for ${making.process}.`,
    };
  const fault = findMakingFault(making);
  return fault && { ...fault, field: `making.${fault.field}` };
}

function reductionFault({ priceBook, discounts = [], scrap = [] }: PriceOrderInput): Fault | undefined {
  for (const [index, discount] of discounts.entries()) {
    const fault =
      discount.kind === 'amount'
        ? amountFault('amountMinor', discount.amountMinor)
        : discount.percent >= 0 && discount.percent <= 100
          ? undefined
          : { field: 'percent', message: `percent must be from 0 to 100; it is ${discount.percent}.` };
    if (fault) return { ...fault, field: `discounts.${index}.${fault.field}` };
  }
  for (const [index, { materialId, grams, payoutPercent }] of scrap.entries()) {
    const field = `scrap.${index}`;
    if (!priceBook.materials.some(({ id, process }) => id === materialId && process === 'casting'))
      return { field: `${field}.materialId`, message: `The price book has no alloy "${materialId}".` };
    if (!(Number.isFinite(grams) && grams >= 0 && grams <= 1e6))
      return { field: `${field}.grams`, message: `grams must be from 0 to 1,000,000; it is ${grams}.` };
    if (!(payoutPercent >= 0 && payoutPercent <= 100))
      return {
        field: `${field}.payoutPercent`,
        message: `payoutPercent must be from 0 to 100; it is ${payoutPercent}.`,
      };
  }
  return undefined;
}

const quantityFault = (quantity: number): Fault | undefined =>
  Number.isInteger(quantity) && quantity >= 1 && quantity <= mostPieces
    ? undefined
    : {
        field: 'quantity',
        message: `The quantity must be a whole number from 1 to 10,000; it is ${quantity}.`,
      };

const amountFault = (field: string, amount: number | undefined): Fault | undefined =>
  amount === undefined || (Number.isSafeInteger(amount) && amount >= 0 && amount <= 1e12)
    ? undefined
    : {
        field,
        message: `${field} must be a whole number of the currency's smallest unit, 0 or more; it is ${amount}.`,
      };

const rateFault = (book: PriceBook, rateId: string | undefined): Fault | undefined =>
  rateId === undefined || taxRatesOf(book).some(({ id }) => id === rateId)
    ? undefined
    : { field: 'taxRateId', message: `The price book has no tax rate "${rateId}". Choose one that it has.` };
