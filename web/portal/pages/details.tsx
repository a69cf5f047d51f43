import { Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { getCustomer, replaceContact, type CustomerView } from '#contract/routes/customers.ts';
import { useAction, useCall } from '../../shared/calls.tsx';
import { cardOf, ContactFields, draftOf } from '../../shared/contact-form.tsx';
import { ProblemBox } from '../../shared/problem.tsx';
import { keys } from '../../shared/queries.ts';
import { Waiting } from '../../shared/waiting.tsx';
import { useVisit } from '../visit.ts';

/** The customer's own contact, billing contact and addresses. */
export function Details() {
  const { customer } = useVisit();
  const call = useCall();
  const own = useQuery({
    queryKey: [...keys.customers, customer?.id],
    queryFn: () => call(getCustomer, { params: { customerId: customer?.id ?? '' } }),
    enabled: customer !== undefined,
    // What is being typed is not replaced by what was.
    refetchOnWindowFocus: false,
  });
  return (
    <>
      <div className="page-head">
        <h1>Your details</h1>
      </div>
      <ProblemBox error={own.error} onRetry={() => void own.refetch()} />
      {own.isPending && <Waiting heights={[160, 160]} />}
      {own.data && <DetailsForm key={own.data.version} customer={own.data} />}
    </>
  );
}

function DetailsForm({ customer }: { customer: CustomerView }) {
  const { shop } = useVisit();
  const [draft, setDraft] = useState(() => draftOf(customer));
  const save = useAction(replaceContact);
  const unchanged = JSON.stringify(draft) === JSON.stringify(draftOf(customer));
  return (
    <form
      className="card"
      onSubmit={(event) => {
        event.preventDefault();
        save.run({
          params: { customerId: customer.id },
          body: cardOf(draft),
          ifMatch: customer.version,
        });
      }}
    >
      <Stack>
        <Text size="sm" c="dimmed">
          {shop.name} uses them for new requests. Orders that are quoted already keep the details they were
          quoted with.
        </Text>
        <ContactFields draft={draft} error={save.error} emailFixed onChange={setDraft} />
        <ProblemBox error={save.error} />
        <Group>
          <Button type="submit" loading={save.isPending} disabled={unchanged}>
            Save
          </Button>
          {unchanged && (
            <Text size="sm" c="dimmed" role="status">
              Everything is saved.
            </Text>
          )}
        </Group>
      </Stack>
    </form>
  );
}
