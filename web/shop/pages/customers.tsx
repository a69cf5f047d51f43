import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useDeferredValue, useState } from 'react';
import { createCustomer, listCustomers, type CustomerView } from '#contract/routes/customers.ts';
import { useAction, useCall } from '../../shared/calls.tsx';
import { Dialog } from '../../shared/dialog.tsx';
import { FormDialogButtons } from '../../shared/form-dialog-buttons.tsx';
import { fieldError, ProblemBox } from '../../shared/problem.tsx';
import { keys } from '../../shared/queries.ts';
import { Mark } from '../../shared/status.tsx';
import { Waiting } from '../../shared/waiting.tsx';
import { mayCall, useOffice } from '../office.ts';

export function CustomersPage() {
  const { role } = useOffice();
  const call = useCall();
  const [words, setWords] = useState('');
  const search = useDeferredValue(words.trim());
  const [archived, setArchived] = useState(false);
  const [adding, setAdding] = useState(false);
  const list = useInfiniteQuery({
    queryKey: [...keys.customers, search, archived],
    queryFn: ({ pageParam }) =>
      call(listCustomers, {
        query: {
          ...(search === '' ? {} : { search }),
          archived: archived ? 'true' : 'false',
          cursor: pageParam,
        },
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.cursor,
    placeholderData: (before) => before,
  });
  const customers = list.data?.pages.flatMap((page) => page.customers) ?? [];
  return (
    <>
      <title>Customers · Kerf</title>
      <div className="page-head">
        <h1>Customers</h1>
        {mayCall(role, createCustomer) && <Button onClick={() => setAdding(true)}>Add a customer</Button>}
      </div>
      <div className="field-grid" style={{ marginBottom: 16 }}>
        <TextInput
          label="Search"
          type="search"
          placeholder="Name, company, mail or phone"
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
        <NativeSelect
          label="Show"
          value={archived ? 'archived' : 'current'}
          onChange={(event) => setArchived(event.currentTarget.value === 'archived')}
          data={[
            { value: 'current', label: 'Current customers' },
            { value: 'archived', label: 'Archived ones' },
          ]}
        />
      </div>
      <ProblemBox error={list.error} onRetry={() => void list.refetch()} />
      {list.isPending && <Waiting heights={[64, 64, 64]} />}
      {list.isSuccess && customers.length === 0 && (
        <div className="card">
          <Text>
            {search !== ''
              ? `Nobody is found by “${search}”.`
              : archived
                ? 'Nobody is archived.'
                : 'No customers yet. They come in by themselves when they sign in to your portal.'}
          </Text>
        </div>
      )}
      {customers.length > 0 && (
        <ul className="plain-list card" style={{ padding: 0 }} aria-label="Customers">
          {customers.map((customer) => (
            <li key={customer.id}>
              <Row customer={customer} />
            </li>
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <Group justify="center" mt="md">
          <Button
            variant="default"
            loading={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            Show older ones
          </Button>
        </Group>
      )}
      {adding && (
        <Dialog title="Add a customer" onClose={() => setAdding(false)}>
          <AddForm onClose={() => setAdding(false)} />
        </Dialog>
      )}
    </>
  );
}

function Row({ customer }: { customer: CustomerView }) {
  return (
    <Link to="/customers/$customerId" params={{ customerId: customer.id }} className="person-row">
      <span>
        <b>{customer.name}</b>
        <Text span size="sm" c="dimmed" display="block">
          {[customer.company, customer.email].filter(Boolean).join(' · ')}
        </Text>
      </span>
      {customer.taxWarning && (
        <Mark tone="amber" icon="warning">
          Certificate ended
        </Mark>
      )}
    </Link>
  );
}

function AddForm({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [company, setCompany] = useState('');
  const add = useAction(
    createCustomer,
    ({ id }) => void navigate({ to: '/customers/$customerId', params: { customerId: id } }),
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const named = company.trim() === '' ? {} : { company: company.trim() };
        add.run({ body: { name: name.trim(), email: email.trim(), ...named } });
      }}
    >
      <Stack>
        <TextInput
          label="Name"
          required
          maxLength={80}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={fieldError(add.error, 'name')}
        />
        <TextInput
          label="E-mail"
          type="email"
          required
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          error={fieldError(add.error, 'email')}
        />
        <TextInput
          label="Company"
          description="Optional"
          maxLength={80}
          value={company}
          onChange={(event) => setCompany(event.currentTarget.value)}
          error={fieldError(add.error, 'company')}
        />
        <ProblemBox error={add.error} />
        <FormDialogButtons word="Add" pending={add.isPending} onClose={onClose} />
      </Stack>
    </form>
  );
}
