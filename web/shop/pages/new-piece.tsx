import { Button, FileInput, Group, NativeSelect, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { createCustomer, listCustomers } from '#contract/routes/customers.ts';
import { createJob } from '#contract/routes/jobs.ts';
import { createPhoto } from '#contract/routes/quality.ts';
import { getMe, listMembers } from '#contract/routes/shops.ts';
import { maximumPhotoBytes } from '#domain/photo/photo.ts';
import type { JobView } from '#contract/views/job.ts';
import { useAction, useCall } from '../../shared/calls.tsx';
import { postForm } from '../../shared/post-form.ts';
import { fieldError, ProblemBox } from '../../shared/problem.tsx';
import { keys } from '../../shared/queries.ts';

const here = getRouteApi('/office/new-piece');
const kinds = { custom: 'Custom piece', repair: 'Repair' } as const;

/** A bespoke piece or a repair, as it is taken in at the counter. Only customer, title and date must be known (JT-34). */
export function NewPiecePage() {
  const { customerId: given } = here.useSearch();
  const navigate = useNavigate();
  const call = useCall();
  const known = useQuery({
    queryKey: keys.customers,
    queryFn: () => call(listCustomers, { query: { limit: 100 } }),
  });
  const members = useQuery({ queryKey: keys.members, queryFn: () => call(listMembers, {}) });
  const me = useQuery({ queryKey: keys.me, queryFn: () => call(getMe, {}), staleTime: 60_000 });
  const [template, setTemplate] = useState<keyof typeof kinds>('custom');
  const [chosen, setChosen] = useState(given ?? '');
  const [words, setWords] = useState({
    name: '',
    email: '',
    title: '',
    spec: '',
    note: '',
    promisedDate: '',
  });
  const [salesperson, setSalesperson] = useState('');
  const [photo, setPhoto] = useState<File | null>(null);
  const [photoError, setPhotoError] = useState<string>();
  const word = (name: keyof typeof words) => ({
    value: words[name],
    onChange: (event: { currentTarget: { value: string } }) =>
      setWords({ ...words, [name]: event.currentTarget.value }),
  });

  const showJob = async (job: JobView) => {
    try {
      if (photo) await send(job.id, photo);
    } catch {
      setPhotoError('The job is open, but the picture did not arrive. Add it on the job.');
    }
    await navigate({ to: '/jobs/$jobId', params: { jobId: job.id } });
  };
  const send = async (jobId: string, file: File) => {
    const { upload } = await call(createPhoto, {
      params: { jobId },
      body: { name: file.name.slice(0, 200).toWellFormed(), bytes: file.size, kind: 'inspiration' },
    });
    await postForm(upload, file);
  };
  const open = useAction(createJob, (job) => void showJob(job));
  const start = (customerId: string) =>
    open.run({
      body: {
        template,
        title: words.title.trim(),
        promisedDate: words.promisedDate,
        customerId,
        salespersonId: salesperson || (me.data?.personId ?? ''),
        ...(words.spec.trim() === '' ? {} : { spec: words.spec.trim() }),
        ...(words.note.trim() === '' ? {} : { note: words.note.trim() }),
      },
    });
  const add = useAction(createCustomer, (customer) => {
    setChosen(customer.id);
    start(customer.id);
  });
  const isNew = chosen === '';
  const tooLarge = photo !== null && photo.size > maximumPhotoBytes;
  return (
    <>
      <title>New piece · Kerf</title>
      <div className="page-head">
        <h1>New piece or repair</h1>
      </div>
      <form
        className="card"
        onSubmit={(event) => {
          event.preventDefault();
          if (tooLarge) return;
          if (isNew) add.run({ body: { name: words.name.trim(), email: words.email.trim() } });
          else start(chosen);
        }}
      >
        <Stack>
          <div className="field-grid">
            <NativeSelect
              label="What is it?"
              value={template}
              onChange={(event) => setTemplate(event.currentTarget.value as keyof typeof kinds)}
              data={Object.entries(kinds).map(([value, label]) => ({ value, label }))}
            />
            <NativeSelect
              label="Customer"
              value={chosen}
              onChange={(event) => setChosen(event.currentTarget.value)}
              error={fieldError(open.error, 'customerId')}
              data={[
                { value: '', label: 'Somebody new' },
                ...(known.data?.customers ?? []).map((each) => ({
                  value: each.id,
                  label: `${each.name} (${each.email})`,
                })),
              ]}
            />
          </div>
          {isNew && (
            <div className="field-grid">
              <TextInput
                label="Name"
                required
                maxLength={80}
                {...word('name')}
                error={fieldError(add.error, 'name')}
              />
              <TextInput
                label="E-mail"
                type="email"
                required
                {...word('email')}
                error={fieldError(add.error, 'email')}
              />
            </div>
          )}
          <TextInput
            label="The piece"
            description="A short name. Vendors read it, so leave the customer’s out."
            placeholder="Yellow gold engagement ring, 6 mm cushion center"
            required
            maxLength={120}
            {...word('title')}
            error={fieldError(open.error, 'title')}
          />
          <div className="field-grid">
            <TextInput
              label="Promised for"
              type="date"
              required
              {...word('promisedDate')}
              error={fieldError(open.error, 'promisedDate')}
            />
            <NativeSelect
              label="Salesperson"
              value={salesperson || (me.data?.personId ?? '')}
              onChange={(event) => setSalesperson(event.currentTarget.value)}
              error={fieldError(open.error, 'salespersonId')}
              data={(members.data?.members ?? []).map(({ personId, name }) => ({
                value: personId,
                label: name,
              }))}
            />
          </div>
          <Textarea
            label="Specification"
            description="For the bench and the vendor: metal, stones, sizes, engraving. Can follow later."
            rows={4}
            maxLength={4000}
            {...word('spec')}
            error={fieldError(open.error, 'spec')}
          />
          <Textarea
            label="Note"
            description="For your shop and the customer; vendors never see it."
            rows={2}
            maxLength={2000}
            {...word('note')}
            error={fieldError(open.error, 'note')}
          />
          <FileInput
            label="Inspiration"
            description="A photo, sketch or PDF, up to 8 MB"
            placeholder="Choose a file"
            accept="image/png,image/jpeg,image/webp,image/gif,application/pdf"
            clearable
            value={photo}
            onChange={setPhoto}
            error={tooLarge ? 'It may have at most 8 MB.' : photoError}
          />
          <ProblemBox error={known.error ?? members.error ?? add.error ?? open.error} />
          <Group>
            <Button type="submit" loading={add.isPending || open.isPending}>
              Open the job
            </Button>
            <Text size="sm" c="dimmed">
              It begins as “Quote needed”.
            </Text>
          </Group>
        </Stack>
      </form>
    </>
  );
}
