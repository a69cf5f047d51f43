import { Button, NativeSelect, TextInput } from '@mantine/core';
import type { Book } from '../prices/book-draft.ts';
import {
  newDiscount,
  newExtra,
  newScrap,
  type EditorDraft,
  type TypedDiscount,
  type TypedExtra,
  type TypedScrap,
  type TypedTax,
} from './editor-draft.ts';

interface Props {
  draft: EditorDraft;
  book: Book;
  onChange: (change: Partial<EditorDraft>) => void;
}

/** Lines that no part stands behind. */
export function ExtrasEditor({ draft: { extras }, onChange }: Props) {
  const set = (id: string, change: Partial<TypedExtra>) =>
    onChange({ extras: extras.map((each) => (each.id === id ? { ...each, ...change } : each)) });
  const columns = [
    ['label', 'Extra line'],
    ['quantity', 'Quantity'],
    ['unit', 'Price each'],
    ['cost', 'Costs us'],
    ['reason', 'Why'],
  ] as const;
  return (
    <section className="card">
      <h2>Extra lines</h2>
      {extras.map((extra) => (
        <div className="row-fields" key={extra.id} role="group" aria-label={extra.label || 'Extra line'}>
          {columns.map(([name, label]) => (
            <TextInput
              key={name}
              label={label}
              value={extra[name]}
              onChange={(event) => set(extra.id, { [name]: event.currentTarget.value })}
            />
          ))}
          <Button
            variant="default"
            aria-label={`Remove ${extra.label || 'extra line'}`}
            onClick={() => onChange({ extras: extras.filter(({ id }) => id !== extra.id) })}
          >
            Remove
          </Button>
        </div>
      ))}
      <Button variant="default" mt="xs" onClick={() => onChange({ extras: [...extras, newExtra()] })}>
        Add an extra line
      </Button>
    </section>
  );
}

/** Discounts, scrap, shipping, delivery time and tax of the whole order. */
export function TermsEditor({ draft, book, onChange }: Props) {
  const { discounts, scrap, tax } = draft;
  const setDiscount = (key: string, change: Partial<TypedDiscount>) =>
    onChange({ discounts: discounts.map((each) => (each.key === key ? { ...each, ...change } : each)) });
  const setScrap = (key: string, change: Partial<TypedScrap>) =>
    onChange({ scrap: scrap.map((each) => (each.key === key ? { ...each, ...change } : each)) });
  const setTax = (change: Partial<TypedTax>) => onChange({ tax: { ...tax, ...change } });
  const alloys = book.materials.filter(({ process }) => process === 'casting');
  const options = (list: readonly { id: string; name: string }[]) =>
    list.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <section className="card">
      <h2>The whole order</h2>
      <div className="row-fields">
        <TextInput
          label="Shipping"
          inputMode="decimal"
          value={draft.shipping}
          onChange={(event) => onChange({ shipping: event.currentTarget.value })}
        />
        <NativeSelect
          label="Delivery"
          value={draft.rushId}
          onChange={(event) => onChange({ rushId: event.currentTarget.value })}
          data={[
            { value: '', label: `In ${book.leadDays} working days` },
            ...book.rushOptions.map(({ id, name, leadDays }) => ({
              value: id,
              label: `${name}: ${leadDays} working days`,
            })),
          ]}
        />
        <NativeSelect
          label="Tax status"
          value={tax.kind}
          onChange={(event) => setTax({ kind: event.currentTarget.value as TypedTax['kind'] })}
          data={[
            { value: '', label: 'As the customer’s record says' },
            { value: 'taxable', label: 'Taxable' },
            { value: 'exempt', label: 'Exempt by certificate' },
            { value: 'reverse_charge', label: 'Reverse charge' },
            { value: 'export', label: 'Export' },
          ]}
        />
        {tax.kind !== '' && tax.kind !== 'taxable' && (
          <TextInput
            label={{ exempt: 'Certificate', reverse_charge: 'VAT id', export: 'Country code' }[tax.kind]}
            value={tax.detail}
            onChange={(event) => setTax({ detail: event.currentTarget.value })}
          />
        )}
        {tax.kind === 'exempt' && (
          <TextInput
            type="date"
            label="Valid until"
            value={tax.expiresOn}
            onChange={(event) => setTax({ expiresOn: event.currentTarget.value })}
          />
        )}
        {tax.kind !== '' && (
          <TextInput
            label="Why this tax"
            value={tax.reason}
            onChange={(event) => setTax({ reason: event.currentTarget.value })}
          />
        )}
      </div>
      {discounts.map((discount) => (
        <div className="row-fields" key={discount.key} role="group" aria-label={discount.label}>
          <TextInput
            label="Discount"
            value={discount.label}
            onChange={(event) => setDiscount(discount.key, { label: event.currentTarget.value })}
          />
          <NativeSelect
            label="In"
            value={discount.kind}
            data={[
              { value: 'percent', label: '% of the goods' },
              { value: 'amount', label: book.currency },
            ]}
            onChange={(event) =>
              setDiscount(discount.key, { kind: event.currentTarget.value as TypedDiscount['kind'] })
            }
          />
          <TextInput
            label="How much"
            inputMode="decimal"
            value={discount.figure}
            onChange={(event) => setDiscount(discount.key, { figure: event.currentTarget.value })}
          />
          <TextInput
            label="Why"
            value={discount.reason}
            onChange={(event) => setDiscount(discount.key, { reason: event.currentTarget.value })}
          />
          <Button
            variant="default"
            aria-label={`Remove ${discount.label}`}
            onClick={() => onChange({ discounts: discounts.filter(({ key }) => key !== discount.key) })}
          >
            Remove
          </Button>
        </div>
      ))}
      {scrap.map((each) => (
        <div className="row-fields" key={each.key} role="group" aria-label="Scrap">
          <NativeSelect
            label="The customer’s metal"
            data={options(alloys)}
            value={each.materialId}
            onChange={(event) => setScrap(each.key, { materialId: event.currentTarget.value })}
          />
          <TextInput
            label="Grams"
            inputMode="decimal"
            value={each.grams}
            onChange={(event) => setScrap(each.key, { grams: event.currentTarget.value })}
          />
          <TextInput
            label="Paid, % of its worth"
            inputMode="decimal"
            value={each.payoutPercent}
            onChange={(event) => setScrap(each.key, { payoutPercent: event.currentTarget.value })}
          />
          <Button
            variant="default"
            onClick={() => onChange({ scrap: scrap.filter(({ key }) => key !== each.key) })}
          >
            Remove
          </Button>
        </div>
      ))}
      <Button
        variant="default"
        mt="xs"
        mr="xs"
        onClick={() => onChange({ discounts: [...discounts, newDiscount()] })}
      >
        Add a discount
      </Button>
      {alloys[0] && (
        <Button
          variant="default"
          mt="xs"
          onClick={() => onChange({ scrap: [...scrap, newScrap(alloys[0]?.id ?? '')] })}
        >
          Credit the customer’s metal
        </Button>
      )}
    </section>
  );
}
