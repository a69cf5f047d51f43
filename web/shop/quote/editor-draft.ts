import type { QuoteEditsBody } from '#contract/views/quote-draft.ts';
import type { SupportChoice } from '#domain/estimate/print-settings.ts';
import { decimalsOf } from '../../shared/format.ts';

type Making = NonNullable<QuoteEditsBody['lines'][number]['making']>;

/** Empty: as the price book or the machine's profile has it. */
export type TypedSupports = SupportChoice | '';

/** A line's changes as typed; what is empty is as the price book has it. */
export interface TypedLine {
  label: string;
  unit: string;
  breakPercent: string;
  taxRateId: string;
  /** Whose rates the line is priced with. */
  machineId: string;
  supports: TypedSupports;
  reason: string;
  making: Making | undefined;
}
export interface TypedExtra {
  id: string;
  label: string;
  quantity: string;
  unit: string;
  cost: string;
  taxRateId: string;
  reason: string;
}
export interface TypedDiscount {
  key: string;
  kind: 'percent' | 'amount';
  label: string;
  figure: string;
  reason: string;
}
export interface TypedScrap {
  key: string;
  materialId: string;
  grams: string;
  payoutPercent: string;
}
export interface TypedTax {
  kind: '' | 'taxable' | 'exempt' | 'reverse_charge' | 'export';
  /** Certificate, VAT id or country. */
  detail: string;
  expiresOn: string;
  reason: string;
}

/** The decisions of a quote while they are typed. */
export interface EditorDraft {
  lines: Record<string, TypedLine>;
  extras: TypedExtra[];
  discounts: TypedDiscount[];
  scrap: TypedScrap[];
  shipping: string;
  rushId: string;
  tax: TypedTax;
}

export const untouched: TypedLine = {
  label: '',
  unit: '',
  breakPercent: '',
  taxRateId: '',
  machineId: '',
  supports: '',
  reason: '',
  making: undefined,
};

let count = 0;
const nextKey = () => `row-${(count += 1)}`;

/** Extra lines keep their id for life, so that versions can be compared. */
export const newExtra = (): TypedExtra => ({
  id: `extra-${crypto.randomUUID().slice(0, 8)}`,
  label: '',
  quantity: '1',
  unit: '',
  cost: '',
  taxRateId: '',
  reason: '',
});
export const newDiscount = (): TypedDiscount => ({
  key: nextKey(),
  kind: 'percent',
  label: 'Discount',
  figure: '',
  reason: '',
});
export const newScrap = (materialId: string): TypedScrap => ({
  key: nextKey(),
  materialId,
  grams: '',
  payoutPercent: '90',
});

export function editorOf(edits: QuoteEditsBody, currency: string): EditorDraft {
  const shown = (minor: number | undefined) =>
    minor === undefined ? '' : (minor / 10 ** decimalsOf(currency)).toFixed(decimalsOf(currency));
  const text = (value: number | undefined) => (value === undefined ? '' : String(value));
  const { tax } = edits;
  return {
    lines: Object.fromEntries(
      edits.lines.map((line) => [
        line.partId,
        {
          label: line.label ?? '',
          unit: shown(line.unitMinor),
          breakPercent: text(line.breakPercent),
          taxRateId: line.taxRateId ?? '',
          machineId: line.machineId ?? '',
          supports: line.supports ?? '',
          reason: line.reason,
          making: line.making,
        },
      ]),
    ),
    extras: edits.extras.map((extra) => ({
      id: extra.id,
      label: extra.label,
      quantity: String(extra.quantity),
      unit: shown(extra.unitMinor),
      cost: shown(extra.costMinor),
      taxRateId: extra.taxRateId ?? '',
      reason: extra.reason,
    })),
    discounts: edits.discounts.map((discount) => ({
      key: nextKey(),
      kind: discount.kind,
      label: discount.label,
      figure: discount.kind === 'percent' ? String(discount.percent) : shown(discount.amountMinor),
      reason: discount.reason,
    })),
    scrap: edits.scrap.map((each) => ({
      key: nextKey(),
      materialId: each.materialId,
      grams: String(each.grams),
      payoutPercent: String(each.payoutPercent),
    })),
    shipping: shown(edits.shippingMinor),
    rushId: edits.rushId ?? '',
    tax: { ...typedStatus(tax?.status), reason: tax?.reason ?? '' },
  };
}

function typedStatus(
  status: NonNullable<QuoteEditsBody['tax']>['status'] | undefined,
): Omit<TypedTax, 'reason'> {
  const none = { detail: '', expiresOn: '' };
  switch (status?.kind) {
    case undefined:
      return { kind: '', ...none };
    case 'taxable':
      return { kind: 'taxable', ...none };
    case 'exempt':
      return { kind: 'exempt', detail: status.certificate, expiresOn: status.expiresOn ?? '' };
    case 'reverse_charge':
      return { kind: 'reverse_charge', ...none, detail: status.vatId };
    case 'export':
      return { kind: 'export', ...none, detail: status.country };
  }
}

/** The decisions to send. Throws a message in plain words when something typed can not be read. */
export function editsOf(draft: EditorDraft, currency: string): QuoteEditsBody {
  const figure = (text: string, where: string): number => {
    const value = Number(text.trim().replace(',', '.'));
    if (text.trim() === '' || !Number.isFinite(value) || value < 0)
      throw new Error(`“${where}” must be a number from 0 on.`);
    return value;
  };
  const money = (text: string, where: string) => Math.round(figure(text, where) * 10 ** decimalsOf(currency));
  const given = <Name extends string, T>(name: Name, text: string, read: (text: string) => T) =>
    (text.trim() === '' ? {} : { [name]: read(text.trim()) }) as Partial<Record<Name, T>>;
  const same = (text: string) => text;
  const because = (reason: string, what: string) => {
    if (reason.trim() === '') throw new Error(`Say why you change ${what}, in a few words.`);
    return reason.trim();
  };
  const { tax } = draft;
  return {
    lines: Object.entries(draft.lines)
      .filter(([, line]) => isTouched(line))
      .map(([partId, line]) => ({
        partId,
        reason: because(line.reason, line.label === '' ? 'a line' : `“${line.label}”`),
        ...given('label', line.label, same),
        ...given('unitMinor', line.unit, (text) => money(text, 'Price each')),
        ...given('breakPercent', line.breakPercent, (text) => figure(text, 'Quantity discount')),
        ...given('taxRateId', line.taxRateId, same),
        ...given('machineId', line.machineId, same),
        ...(line.supports === '' ? {} : { supports: line.supports }),
        ...(line.making ? { making: line.making } : {}),
      })),
    extras: draft.extras.map((extra) => {
      if (extra.label.trim() === '') throw new Error('Give every extra line a name.');
      return {
        id: extra.id,
        label: extra.label.trim(),
        quantity: figure(extra.quantity, `${extra.label}, quantity`),
        unitMinor: money(extra.unit, `${extra.label}, price each`),
        ...given('costMinor', extra.cost, (text) => money(text, `${extra.label}, cost`)),
        ...given('taxRateId', extra.taxRateId, same),
        reason: because(extra.reason, `“${extra.label}”`),
      };
    }),
    discounts: draft.discounts.map(({ kind, label, figure: typed, reason }) => {
      const common = { label: label.trim() || 'Discount', reason: because(reason, 'the discount') };
      return kind === 'percent'
        ? { ...common, kind, percent: figure(typed, common.label) }
        : { ...common, kind, amountMinor: money(typed, common.label) };
    }),
    scrap: draft.scrap.map(({ materialId, grams, payoutPercent }) => ({
      materialId,
      grams: figure(grams, 'Scrap, grams'),
      payoutPercent: figure(payoutPercent, 'Scrap, paid'),
    })),
    ...given('shippingMinor', draft.shipping, (text) => money(text, 'Shipping')),
    ...given('rushId', draft.rushId, same),
    ...(tax.kind === '' ? {} : { tax: { status: statusOf(tax), reason: because(tax.reason, 'the tax') } }),
  };
}

function statusOf({ kind, detail, expiresOn }: TypedTax): NonNullable<QuoteEditsBody['tax']>['status'] {
  switch (kind) {
    case 'exempt':
      return { kind, certificate: detail.trim(), ...(expiresOn === '' ? {} : { expiresOn }) };
    case 'reverse_charge':
      return { kind, vatId: detail.trim() };
    case 'export':
      return { kind, country: detail.trim() };
    case '':
    case 'taxable':
      return { kind: 'taxable' };
  }
}

export const isTouched = ({ reason: _, making, ...typed }: TypedLine): boolean =>
  making !== undefined || Object.values(typed).some((text) => text.trim() !== '');
