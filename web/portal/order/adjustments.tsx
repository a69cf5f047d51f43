import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answerAdjustment, getAccount, type AccountView } from '#contract/routes/money.ts';
import type { JobView } from '#contract/views/job.ts';
import { useAction, useCall } from '../../shared/calls.tsx';
import { money } from '../../shared/format.ts';
import { fieldError, ProblemBox } from '../../shared/problem.tsx';
import { keys } from '../../shared/queries.ts';
import { useVisit } from '../visit.ts';

/** What the work costs more than agreed, as long as it waits for the customer's word. */
export function Adjustments({ job }: { job: JobView }) {
  const call = useCall();
  const { data } = useQuery({
    queryKey: keys.account(job.id),
    queryFn: () => call(getAccount, { params: { jobId: job.id } }),
  });
  return data?.adjustments
    .filter(({ state }) => state === 'asked' && !job.invoiceId)
    .map((each) => <Question key={each.id} job={job} adjustment={each} currency={data.currency} />);
}

interface Props {
  job: JobView;
  adjustment: AccountView['adjustments'][number];
  currency: string;
}

function Question({ job, adjustment, currency }: Props) {
  const { shop } = useVisit();
  const [name, setName] = useState('');
  const answer = useAction(answerAdjustment);
  const { id, label, quantity, reason, amountMinor } = adjustment;
  const say = (accept: boolean) =>
    answer.run({ params: { jobId: job.id, adjustmentId: id }, body: { accept, name: name.trim() } });
  return (
    <section className="card ask">
      <h2>The work costs {money(amountMinor, currency)} more</h2>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          say(true);
        }}
      >
        <Stack>
          <Text>
            {shop.name} asks for {quantity} × {label}, {money(amountMinor, currency)} with tax: “{reason}”
          </Text>
          <TextInput
            label="Your name"
            description="Typing it here is your signature"
            autoComplete="name"
            required
            maxLength={80}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={fieldError(answer.error, 'name')}
          />
          <ProblemBox error={answer.error} />
          <Group>
            <Button type="submit" loading={answer.isPending}>
              Agree to {money(amountMinor, currency)} more
            </Button>
            <Button
              variant="default"
              disabled={name.trim() === ''}
              loading={answer.isPending}
              onClick={() => say(false)}
            >
              Decline
            </Button>
          </Group>
        </Stack>
      </form>
    </section>
  );
}
