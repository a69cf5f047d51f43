import { Button, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { providePurchaseOrder } from '#contract/routes/lifecycle.ts';
import type { JobView } from '#contract/views/job.ts';
import { useAction } from '../../shared/calls.tsx';
import { fieldError, ProblemBox } from '../../shared/problem.tsx';

/** Another way to back an order than paying it now. */
export function PurchaseOrder({ job }: { job: JobView }) {
  const [number, setNumber] = useState('');
  const provide = useAction(providePurchaseOrder);
  return (
    <section className="card">
      <h2>Order by purchase order</h2>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          provide.run({ params: { jobId: job.id }, body: { number } });
        }}
      >
        <Stack>
          <Text size="sm">The shop makes your order now, and you pay when the purchase order is due.</Text>
          <TextInput
            label="Number of your purchase order"
            required
            maxLength={60}
            value={number}
            onChange={(event) => setNumber(event.currentTarget.value)}
            error={fieldError(provide.error, 'number')}
          />
          <ProblemBox error={provide.error} />
          <Button type="submit" variant="default" loading={provide.isPending}>
            Send the number
          </Button>
        </Stack>
      </form>
    </section>
  );
}
