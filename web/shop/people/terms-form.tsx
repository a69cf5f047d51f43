import { NativeSelect, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { BodyInputOf } from '#contract/route.ts';
import { setPriceTerms, type CustomerView } from '#contract/routes/customers.ts';
import { useAction } from '../../shared/calls.tsx';
import { FormDialogButtons } from '../../shared/form-dialog-buttons.tsx';
import { fieldError, ProblemBox } from '../../shared/problem.tsx';

type Tax = BodyInputOf<typeof setPriceTerms>['tax'];

/** Why a customer pays tax or does not, in a few words. */
export function taxWords(tax: Tax | undefined): string {
  switch (tax?.kind) {
    case 'exempt':
      return `Exempt, certificate ${tax.certificate}${tax.expiresOn ? ` until ${tax.expiresOn}` : ''}`;
    case 'reverse_charge':
      return `Reverse charge, VAT id ${tax.vatId}`;
    case 'export':
      return `Export to ${tax.country}`;
    default:
      return 'Taxed';
  }
}

/** What the shop agreed with a customer: discount, tax, days to pay. */
export function TermsForm({ customer, onClose }: { customer: CustomerView; onClose: () => void }) {
  const terms = customer.priceTerms;
  const tax = terms?.tax;
  const [discount, setDiscount] = useState(String(terms?.discountPercent ?? 0));
  const [dueDays, setDueDays] = useState(terms?.dueDays === undefined ? '' : String(terms.dueDays));
  const [kind, setKind] = useState<Tax['kind']>(tax?.kind ?? 'taxable');
  const [certificate, setCertificate] = useState(tax?.kind === 'exempt' ? tax.certificate : '');
  const [expiresOn, setExpiresOn] = useState(tax?.kind === 'exempt' ? (tax.expiresOn ?? '') : '');
  const [vatId, setVatId] = useState(tax?.kind === 'reverse_charge' ? tax.vatId : '');
  const [country, setCountry] = useState(tax?.kind === 'export' ? tax.country : '');
  const save = useAction(setPriceTerms, onClose);
  const chosen = (): Tax => {
    switch (kind) {
      case 'taxable':
        return { kind };
      case 'exempt':
        return { kind, certificate: certificate.trim(), ...(expiresOn === '' ? {} : { expiresOn }) };
      case 'reverse_charge':
        return { kind, vatId: vatId.trim().toUpperCase() };
      case 'export':
        return { kind, country: country.trim().toUpperCase() };
    }
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.run({
          params: { customerId: customer.id },
          body: {
            discountPercent: Number(discount),
            tax: chosen(),
            ...(dueDays === '' ? {} : { dueDays: Number(dueDays) }),
          },
        });
      }}
    >
      <Stack>
        <TextInput
          label="Discount, %"
          type="number"
          min={0}
          max={100}
          step="any"
          required
          value={discount}
          onChange={(event) => setDiscount(event.currentTarget.value)}
          error={fieldError(save.error, 'discountPercent')}
        />
        <TextInput
          label="Days to pay a purchase order in"
          description="Empty: as the job type says"
          type="number"
          min={0}
          max={365}
          value={dueDays}
          onChange={(event) => setDueDays(event.currentTarget.value)}
          error={fieldError(save.error, 'dueDays')}
        />
        <NativeSelect
          label="Tax"
          value={kind}
          onChange={(event) => setKind(event.currentTarget.value as Tax['kind'])}
          data={[
            { value: 'taxable', label: 'Taxed' },
            { value: 'exempt', label: 'Exempt by certificate' },
            { value: 'reverse_charge', label: 'Reverse charge' },
            { value: 'export', label: 'Export' },
          ]}
        />
        {kind === 'exempt' && (
          <>
            <TextInput
              label="Number of the certificate"
              required
              maxLength={60}
              value={certificate}
              onChange={(event) => setCertificate(event.currentTarget.value)}
              error={fieldError(save.error, 'tax.certificate')}
            />
            <TextInput
              label="Its last day"
              description="From the next day on tax is charged again, and you are told."
              type="date"
              value={expiresOn}
              onChange={(event) => setExpiresOn(event.currentTarget.value)}
              error={fieldError(save.error, 'tax.expiresOn')}
            />
          </>
        )}
        {kind === 'reverse_charge' && (
          <TextInput
            label="VAT id"
            placeholder="ATU12345678"
            required
            value={vatId}
            onChange={(event) => setVatId(event.currentTarget.value)}
            error={fieldError(save.error, 'tax.vatId')}
          />
        )}
        {kind === 'export' && (
          <TextInput
            label="Country"
            placeholder="CH"
            required
            maxLength={2}
            value={country}
            onChange={(event) => setCountry(event.currentTarget.value)}
            error={fieldError(save.error, 'tax.country')}
          />
        )}
        <ProblemBox error={save.error} />
        <FormDialogButtons word="Save" pending={save.isPending} onClose={onClose} />
      </Stack>
    </form>
  );
}
