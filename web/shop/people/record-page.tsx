import { Button, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ProblemBox } from '../../shared/problem.tsx';
import { Mark } from '../../shared/status.tsx';
import { Waiting } from '../../shared/waiting.tsx';

/** In place of a customer's or a vendor's page: it is on its way, or why it does not come. */
export function RecordAwaited({
  what,
  found,
  heights,
}: {
  what: string;
  found: { error: Error | null; refetch: () => Promise<unknown> };
  heights: number[];
}) {
  return (
    <>
      <h1 className="sr-only">{what}</h1>
      {found.error ? (
        <ProblemBox error={found.error} onRetry={() => void found.refetch()} />
      ) : (
        <Waiting heights={heights} />
      )}
    </>
  );
}

/** The head of such a page. `archive`: sends it away or fetches it back, for those who may; `children`: the page's own buttons. */
export function RecordHead({
  name,
  archived,
  list,
  archive,
  children,
}: {
  name: string;
  archived: boolean;
  list: { to: '/customers' | '/vendors'; word: string };
  archive: { run: (archived: boolean) => void; isPending: boolean; error: Error | null } | undefined;
  children?: ReactNode;
}) {
  return (
    <>
      <title>{`${name} · Kerf`}</title>
      <div className="page-head">
        <div>
          <Text size="sm">
            <Link to={list.to} style={{ color: 'var(--mantine-color-anchor)' }}>
              {list.word}
            </Link>
          </Text>
          <h1>{name}</h1>
          {archived && (
            <Mark tone="neutral" icon="box">
              Archived
            </Mark>
          )}
        </div>
        <Group gap="xs">
          {children}
          {archive && (
            <Button variant="default" loading={archive.isPending} onClick={() => archive.run(!archived)}>
              {archived ? 'Put back' : 'Archive'}
            </Button>
          )}
        </Group>
      </div>
      {archive && <ProblemBox error={archive.error} />}
    </>
  );
}
