import { Anchor, Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import '@mantine/core/styles/InlineInput.css';
import '@mantine/core/styles/Checkbox.css';
import { useQuery } from '@tanstack/react-query';
import { chargeStoredMethod, getAccount, removeStoredMethod } from '#contract/routes/money.ts';
import type { JobView } from '#contract/views/job.ts';
import { useAction, useCall } from '../../shared/calls.tsx';
import { money } from '../../shared/format.ts';
import { ProblemBox } from '../../shared/problem.tsx';
import { keys } from '../../shared/queries.ts';
import { useVisit } from '../visit.ts';

/** The customer's own word: without it nothing is kept. */
export function KeepCard({ checked, onChange }: { checked: boolean; onChange: (keep: boolean) => void }) {
  const { shop } = useVisit();
  return (
    <Checkbox
      checked={checked}
      onChange={(event) => onChange(event.currentTarget.checked)}
      label={`Keep my card for later orders`}
      description={`${shop.name} may then charge it for what I order and owe. I can remove it here at any time; only the payment provider has its number.`}
    />
  );
}

interface Props {
  job: JobView;
  amountMinor: number;
  currency: string;
}

/** One click with the card that is kept; nothing where there is none. */
export function KeptCardPayment({ job, amountMinor, currency }: Props) {
  const call = useCall();
  const { data } = useQuery({
    queryKey: keys.account(job.id),
    queryFn: () => call(getAccount, { params: { jobId: job.id } }),
  });
  const charge = useAction(chargeStoredMethod);
  const remove = useAction(removeStoredMethod);
  const card = data?.keptCard;
  const answer = charge.answer;
  if (!card || amountMinor <= 0) return null;
  return (
    <Stack gap="xs">
      <Group>
        <Button
          loading={charge.isPending}
          onClick={() => charge.run({ params: { jobId: job.id }, body: { amountMinor } })}
        >
          Pay {money(amountMinor, currency)} with {card.brand} •••• {card.last4}
        </Button>
        <Button
          variant="default"
          loading={remove.isPending}
          aria-label={`Remove the card ending in ${card.last4}`}
          onClick={() => remove.run({})}
        >
          Remove this card
        </Button>
      </Group>
      <ProblemBox error={charge.error ?? remove.error} />
      {answer?.payUrl && (
        <Text role="alert">
          {answer.outcome === 'declined'
            ? 'Your card was declined.'
            : 'Your bank wants you to confirm this payment.'}{' '}
          <Anchor href={answer.payUrl}>Pay on the payment provider’s page</Anchor>
        </Text>
      )}
    </Stack>
  );
}
