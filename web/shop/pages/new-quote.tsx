import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { createCustomer, listCustomers } from '#contract/routes/customers.ts';
import { createJob } from '#contract/routes/jobs.ts';
import { useAction, useCall } from '../../shared/calls.tsx';
import { ProblemBox } from '../../shared/problem.tsx';
import { keys } from '../../shared/queries.ts';

/** The quotation tool: whom the quote is for comes first, then their models. */
export function NewQuotePage() {
  const navigate = useNavigate();
  const call = useCall();
  const known = useQuery({
    queryKey: keys.customers,
    queryFn: () => call(listCustomers, { query: { limit: 100 } }),
  });
  const [chosen, setChosen] = useState('');
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [title, setTitle] = useState('');
  const open = useAction(
    createJob,
    (job) => void navigate({ to: '/jobs/$jobId/quote', params: { jobId: job.id } }),
  );
  const start = (customerId: string) => open.run({ body: { title: title.trim(), customerId } });
  const add = useAction(createCustomer, (customer) => {
    setChosen(customer.id);
    start(customer.id);
  });
  const isNew = chosen === '';
  return (
    <>
      <title>Quotation tool · Kerf</title>
      <div className="page-head">
        <h1>Quotation tool</h1>
      </div>
      <form
        className="card"
        onSubmit={(event) => {
          event.preventDefault();
          if (isNew) add.run({ body: { name: name.trim(), email: email.trim() } });
          else start(chosen);
        }}
      >
        <Stack>
          <Text>A quote for somebody who asked by phone, by mail or at the counter.</Text>
          <NativeSelect
            label="Customer"
            value={chosen}
            onChange={(event) => setChosen(event.currentTarget.value)}
            data={[
              { value: '', label: 'Somebody new' },
              ...(known.data?.customers ?? []).map((each) => ({
                value: each.id,
                label: `${each.name} (${each.email})`,
              })),
            ]}
          />
          {isNew && (
            <div className="field-grid">
              <TextInput
                label="Name"
                required
                maxLength={80}
                value={name}
                onChange={(event) => setName(event.currentTarget.value)}
              />
              <TextInput
                label="E-mail"
                type="email"
                required
                value={email}
                onChange={(event) => setEmail(event.currentTarget.value)}
              />
            </div>
          )}
          <TextInput
            label="What is it?"
            required
            maxLength={120}
            value={title}
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
          <ProblemBox error={known.error ?? add.error ?? open.error} />
          <Group>
            <Button type="submit" loading={add.isPending || open.isPending}>
              Go on to the models
            </Button>
          </Group>
        </Stack>
      </form>
    </>
  );
}
