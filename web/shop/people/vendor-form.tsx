import { Stack, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { BodyInputOf } from '#contract/route.ts';
import { createVendor, replaceVendor, type VendorView } from '#contract/routes/vendors.ts';
import { useAction } from '../../shared/calls.tsx';
import { FormDialogButtons } from '../../shared/form-dialog-buttons.tsx';
import { decimalsOf } from '../../shared/format.ts';
import { fieldError, ProblemBox } from '../../shared/problem.tsx';
import { useOffice } from '../office.ts';

/** A new vendor, or one as they are to be. */
export function VendorForm({
  vendor,
  onDone,
  onClose,
}: {
  vendor?: VendorView;
  onDone: (vendor: VendorView) => void;
  onClose: () => void;
}) {
  const { shop } = useOffice();
  const unit = 10 ** decimalsOf(shop.currency);
  const [before] = useState(vendor);
  const [words, setWords] = useState({
    name: before?.name ?? '',
    contact: before?.contact ?? '',
    email: before?.email ?? '',
    phone: before?.phone ?? '',
    processes: before?.processes.join(', ') ?? '',
    leadTimeDays: before?.leadTimeDays === undefined ? '' : String(before.leadTimeDays),
    minimumOrder: before?.minimumOrderMinor === undefined ? '' : String(before.minimumOrderMinor / unit),
    note: before?.note ?? '',
  });
  const add = useAction(createVendor, onDone);
  const save = useAction(replaceVendor, onDone);
  const error = add.error ?? save.error;
  const word = (name: keyof typeof words) => ({
    value: words[name],
    onChange: (event: { currentTarget: { value: string } }) =>
      setWords({ ...words, [name]: event.currentTarget.value }),
  });
  const bodyOf = (): BodyInputOf<typeof createVendor> => {
    const { name, email, contact, phone, processes, leadTimeDays, minimumOrder, note } = words;
    return {
      name: name.trim(),
      email: email.trim(),
      ...(contact.trim() === '' ? {} : { contact: contact.trim() }),
      ...(phone.trim() === '' ? {} : { phone: phone.trim() }),
      processes: processes
        .split(',')
        .map((each) => each.trim())
        .filter((each) => each !== ''),
      ...(leadTimeDays === '' ? {} : { leadTimeDays: Number(leadTimeDays) }),
      ...(minimumOrder === '' ? {} : { minimumOrderMinor: Math.round(Number(minimumOrder) * unit) }),
      ...(note.trim() === '' ? {} : { note: note.trim() }),
    };
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (before) save.run({ params: { vendorId: before.id }, body: bodyOf(), ifMatch: before.version });
        else add.run({ body: bodyOf() });
      }}
    >
      <Stack>
        <div className="field-grid">
          <TextInput
            label="Company"
            required
            maxLength={80}
            {...word('name')}
            error={fieldError(error, 'name')}
          />
          <TextInput
            label="Contact"
            maxLength={80}
            {...word('contact')}
            error={fieldError(error, 'contact')}
          />
          <TextInput
            label="E-mail"
            type="email"
            required
            {...word('email')}
            error={fieldError(error, 'email')}
          />
          <TextInput
            label="Phone"
            type="tel"
            maxLength={40}
            {...word('phone')}
            error={fieldError(error, 'phone')}
          />
          <TextInput
            label="Lead time, days"
            type="number"
            min={0}
            max={365}
            {...word('leadTimeDays')}
            error={fieldError(error, 'leadTimeDays')}
          />
          <TextInput
            label={`Smallest order, ${shop.currency}`}
            type="number"
            min={0}
            step="any"
            {...word('minimumOrder')}
            error={fieldError(error, 'minimumOrderMinor')}
          />
        </div>
        <TextInput
          label="What they do"
          description="Separated by commas: casting, stone setting, plating"
          {...word('processes')}
          error={fieldError(error, 'processes')}
        />
        <Textarea
          label="Note"
          rows={3}
          maxLength={2000}
          {...word('note')}
          error={fieldError(error, 'note')}
        />
        <ProblemBox error={error} />
        <FormDialogButtons
          word={before ? 'Save' : 'Add'}
          pending={add.isPending || save.isPending}
          onClose={onClose}
        />
      </Stack>
    </form>
  );
}
