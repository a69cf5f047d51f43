import { Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useDeferredValue, useState } from 'react';
import { findShops } from '#contract/routes/console.ts';
import { useCall } from '../../shared/calls.tsx';
import { ProblemBox } from '../../shared/problem.tsx';
import { keys } from '../../shared/queries.ts';
import { Day } from '../../shared/time.tsx';
import { Waiting } from '../../shared/waiting.tsx';

export function ShopsPage() {
  const call = useCall();
  const [words, setWords] = useState('');
  const q = useDeferredValue(words.trim());
  const found = useQuery({
    queryKey: keys.foundShops(q),
    queryFn: () => call(findShops, { query: q === '' ? {} : { q } }),
    placeholderData: (before) => before,
  });
  const shops = found.data?.shops ?? [];
  return (
    <>
      <title>Shops · Kerf console</title>
      <div className="page-head">
        <h1>Shops</h1>
      </div>
      <TextInput
        label="Find a shop"
        description="The beginning of a word of its name, its portal’s or its owner’s address, or its id"
        type="search"
        mb="md"
        maw={480}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      <ProblemBox error={found.error} onRetry={() => void found.refetch()} />
      {found.isPending && <Waiting heights={[64, 64, 64]} />}
      {found.isSuccess && shops.length === 0 && (
        <div className="card">
          <Text>{q === '' ? 'There is no shop yet.' : `No shop is found by “${q}”.`}</Text>
        </div>
      )}
      {shops.length > 0 && (
        <>
          <Text size="sm" c="dimmed" mb={4}>
            {q === '' ? 'The newest' : 'Found'}
          </Text>
          <ul className="plain-list card" style={{ padding: 0 }} aria-label="Shops">
            {shops.map(({ id, name, slug, email, createdAt }) => (
              <li key={id}>
                <Link to="/console/shops/$shopId" params={{ shopId: id }} className="person-row">
                  <span>
                    <b>{name}</b>
                    <Text span size="sm" c="dimmed" display="block">
                      {slug} · {email}
                    </Text>
                  </span>
                  <Text span size="sm" c="dimmed">
                    since <Day at={createdAt} />
                  </Text>
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
