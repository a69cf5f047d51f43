import { Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { getPrice } from '#contract/routes/jobs.ts';
import { placeOrder } from '#contract/routes/lifecycle.ts';
import { useAction, useCall } from '../../shared/calls.tsx';
import { FormDialogButtons } from '../../shared/form-dialog-buttons.tsx';
import { money } from '../../shared/format.ts';
import { fieldError, ProblemBox } from '../../shared/problem.tsx';
import { keys } from '../../shared/queries.ts';
import type { StepFormProps } from './steps.ts';

/** An order taken on the phone, at the price of today. */
export function PlaceForm({ job, onClose }: StepFormProps) {
  const call = useCall();
  const [onBehalf, setOnBehalf] = useState('');
  const price = useQuery({
    queryKey: keys.price(job.id),
    queryFn: () => call(getPrice, { params: { jobId: job.id } }),
  });
  const act = useAction(placeOrder, onClose);
  const total = price.data?.totalMinor;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (typeof total !== 'number') return;
        const body = { totalMinor: total, name: job.customer.name, onBehalf };
        act.run({ params: { jobId: job.id }, body });
      }}
    >
      <Stack>
        <ProblemBox error={price.error} />
        {price.data && typeof total === 'number' && (
          <Text>
            {job.customer.name} orders for <b>{money(total, price.data.currency)}</b>.
          </Text>
        )}
        <TextInput
          label="How do you know?"
          description="On the phone, at the counter, by mail"
          required
          maxLength={200}
          value={onBehalf}
          onChange={(event) => setOnBehalf(event.currentTarget.value)}
          error={fieldError(act.error, 'onBehalf')}
        />
        <ProblemBox error={act.error} />
        <FormDialogButtons
          word="Place the order"
          pending={act.isPending}
          disabled={typeof total !== 'number'}
          onClose={onClose}
        />
      </Stack>
    </form>
  );
}
