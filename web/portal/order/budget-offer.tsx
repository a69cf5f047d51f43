import { Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { getPrice } from '#contract/routes/jobs.ts';
import type { JobView } from '#contract/views/job.ts';
import { useCall } from '../../shared/calls.tsx';
import { PriceTable } from '../../shared/price-table.tsx';
import { ProblemBox } from '../../shared/problem.tsx';
import { keys } from '../../shared/queries.ts';
import { Waiting } from '../../shared/waiting.tsx';

/** What the order would cost by the shop's prices of today, while the shop looks at it; nothing to pay yet. */
export function BudgetOffer({ job }: { job: JobView }) {
  const call = useCall();
  const [open, setOpen] = useState(false);
  const price = useQuery({
    queryKey: keys.price(job.id),
    queryFn: () => call(getPrice, { params: { jobId: job.id } }),
    enabled: open,
  });
  return (
    <section className="card">
      <h2>Budget offer</h2>
      <Text size="sm">
        The shop looks at your order. You get its firm offer by mail; nothing is to be paid before you confirm
        it.
      </Text>
      {!open && (
        <Button variant="default" mt="sm" onClick={() => setOpen(true)}>
          Review budget offer
        </Button>
      )}
      {price.isLoading && <Waiting heights={[120]} />}
      <ProblemBox error={price.error} onRetry={() => void price.refetch()} />
      {price.data && <PriceTable price={price.data} />}
    </section>
  );
}
