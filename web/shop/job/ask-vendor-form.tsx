import { NativeSelect, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { askVendor } from '#contract/routes/lifecycle.ts';
import { useAction } from '../../shared/calls.tsx';
import { FormDialogButtons } from '../../shared/form-dialog-buttons.tsx';
import { fieldError, ProblemBox } from '../../shared/problem.tsx';
import type { StepFormProps } from './steps.ts';
import { ShownChoice, useVendors } from './vendor-card.tsx';

/** Whom to ask for a price, in which words, and what they see. */
export function AskVendorForm({ job, onClose }: StepFormProps) {
  const vendors = useVendors();
  const [chosen, setChosen] = useState(job.vendor && (job.vendor.vendorId ?? ''));
  const vendorId = chosen ?? vendors.data?.vendors[0]?.id ?? '';
  const [name, setName] = useState(job.vendor?.vendorId ? '' : (job.vendor?.name ?? ''));
  const [email, setEmail] = useState(job.vendor?.vendorId ? '' : (job.vendor?.email ?? ''));
  const [message, setMessage] = useState('');
  const [shows, setShows] = useState<string[]>(job.vendor?.shows ?? []);
  const ask = useAction(askVendor, onClose);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        ask.run({
          params: { jobId: job.id },
          body: {
            ...(vendorId === '' ? { vendor: { name: name.trim(), email: email.trim() } } : { vendorId }),
            ...(message.trim() === '' ? {} : { message: message.trim() }),
            shows,
          },
        });
      }}
    >
      <Stack>
        <Text size="sm">
          They get a mail with a link: there they see the request and answer, without a password.
        </Text>
        <NativeSelect
          label="Vendor"
          value={vendorId}
          onChange={(event) => setChosen(event.currentTarget.value)}
          error={fieldError(ask.error, 'vendorId')}
          data={[
            ...(vendors.data?.vendors ?? []).map((each) => ({ value: each.id, label: each.name })),
            { value: '', label: 'Somebody else' },
          ]}
        />
        {vendorId === '' && (
          <div className="field-grid">
            <TextInput
              label="Company"
              required
              maxLength={80}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              error={fieldError(ask.error, 'vendor.name')}
            />
            <TextInput
              label="E-mail"
              type="email"
              required
              value={email}
              onChange={(event) => setEmail(event.currentTarget.value)}
              error={fieldError(ask.error, 'vendor.email')}
            />
          </div>
        )}
        <Textarea
          label="What you ask for"
          description="Optional"
          rows={3}
          maxLength={2000}
          value={message}
          onChange={(event) => setMessage(event.currentTarget.value)}
          error={fieldError(ask.error, 'message')}
        />
        <ShownChoice job={job} shows={shows} onChange={setShows} />
        <ProblemBox error={vendors.error ?? ask.error} />
        <FormDialogButtons word="Ask" pending={ask.isPending} onClose={onClose} />
      </Stack>
    </form>
  );
}
