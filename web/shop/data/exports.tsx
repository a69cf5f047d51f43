import { Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { askExport, getExportLinks, listExports, type ExportView } from '#contract/routes/exports.ts';
import { formatBytes } from '#domain/geometry/words.ts';
import { useAction, useCall } from '../../shared/calls.tsx';
import { ProblemBox } from '../../shared/problem.tsx';
import { keys } from '../../shared/queries.ts';
import { Mark } from '../../shared/status.tsx';
import { Ago, Day } from '../../shared/time.tsx';

const lookAgainMs = 3000;
const looks = {
  running: { tone: 'blue', icon: 'queue', word: 'Being made' },
  ready: { tone: 'green', icon: 'check', word: 'Ready' },
  failed: { tone: 'red', icon: 'warning', word: 'Failed' },
  expired: { tone: 'neutral', icon: 'cross', word: 'Files removed' },
} as const;

/** Copies of everything that is the shop's own. */
export function Exports() {
  const call = useCall();
  const ask = useAction(askExport);
  const list = useQuery({
    queryKey: keys.exports,
    queryFn: () => call(listExports, {}),
    refetchInterval: ({ state }) =>
      state.data?.exports.some((each) => each.state === 'running') ? lookAgainMs : false,
  });
  const running = list.data?.exports.some(({ state }) => state === 'running') ?? false;
  return (
    <section className="card">
      <h2>Export</h2>
      <Text mb="sm">
        All jobs, customers, prices, invoices and files, as JSON and as they were uploaded. It takes from a
        minute to some hours; you get a mail. The files stay for a week.
      </Text>
      <Button loading={ask.isPending} disabled={running} onClick={() => ask.run({})}>
        Export everything
      </Button>
      <ProblemBox error={ask.error ?? list.error} />
      {list.data && list.data.exports.length > 0 && (
        <ul className="plain-list">
          {list.data.exports.map((each) => (
            <li key={each.id} style={{ padding: '8px 0' }}>
              <ExportLine made={each} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function ExportLine({ made }: { made: ExportView }) {
  const [open, setOpen] = useState(false);
  const { tone, icon, word } = looks[made.state];
  return (
    <>
      <Group justify="space-between">
        <Text>
          <Ago at={made.askedAt} />, by {made.askedBy}: {made.rows} rows and {made.files} files,{' '}
          {formatBytes(made.bytes)}
        </Text>
        <Group gap="xs">
          <Mark tone={tone} icon={icon}>
            {word}
          </Mark>
          {made.state === 'ready' && !open && (
            <Button size="xs" variant="default" onClick={() => setOpen(true)}>
              Show files
            </Button>
          )}
        </Group>
      </Group>
      {open && made.state === 'ready' && <ExportFiles exportId={made.id} until={made.expiresAt} />}
    </>
  );
}

function ExportFiles({ exportId, until }: { exportId: string; until: string | undefined }) {
  const call = useCall();
  const links = useQuery({
    queryKey: [...keys.exports, exportId],
    queryFn: () => call(getExportLinks, { params: { exportId } }),
    // They hold for half an hour.
    refetchInterval: 20 * 60_000,
  });
  if (links.error) return <ProblemBox error={links.error} onRetry={() => void links.refetch()} />;
  if (!links.data) return <Text c="dimmed">Loading the files…</Text>;
  const files = [
    { name: 'manifest.json', url: links.data.manifestUrl, bytes: undefined },
    ...links.data.files,
  ];
  return (
    <>
      <Text size="sm" c="dimmed">
        Save all of them into one folder{until === undefined ? '.' : ', until '}
        {until !== undefined && <Day at={until} />}
      </Text>
      <ul className="plain-list">
        {files.map(({ name, url, bytes }) => (
          <li key={name}>
            <a href={url} download={name} className="plain-link">
              {name}
            </a>{' '}
            {bytes !== undefined && (
              <Text span size="sm" c="dimmed">
                {formatBytes(bytes)}
              </Text>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
