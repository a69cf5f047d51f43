import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { listChecklists, type ChecklistView } from '#contract/routes/quality.ts';
import { templateNames } from '#domain/job/job.ts';
import { useCall } from '../../shared/calls.tsx';
import { ProblemBox } from '../../shared/problem.tsx';
import { keys } from '../../shared/queries.ts';
import { Waiting } from '../../shared/waiting.tsx';
import { SettingsSubpage } from '../settings/settings-page.tsx';

const ofKinds: readonly string[] = templateNames;

export function ChecklistsPage() {
  const call = useCall();
  const list = useQuery({ queryKey: keys.checklists, queryFn: () => call(listChecklists, {}) });
  const checklists = list.data?.checklists ?? [];
  return (
    <SettingsSubpage title="Checklists">
      <Text mb="md">
        What is looked at before a job leaves the shop: by how its parts are made, and by the kind of job.
      </Text>
      <ProblemBox error={list.error} onRetry={() => void list.refetch()} />
      {list.isPending && <Waiting heights={[240, 160]} />}
      {list.data && (
        <>
          <Rows title="By how it is made" checklists={checklists.filter(({ id }) => !ofKinds.includes(id))} />
          <Rows title="By the kind of job" checklists={checklists.filter(({ id }) => ofKinds.includes(id))} />
        </>
      )}
    </SettingsSubpage>
  );
}

const Rows = ({ title, checklists }: { title: string; checklists: readonly ChecklistView[] }) => (
  <>
    <h2 className="list-head">{title}</h2>
    <ul className="plain-list card rows" aria-label={title}>
      {checklists.map(({ id, name, items, version }) => (
        <li key={id}>
          <Link to="/settings/checklists/$id" params={{ id }} className="row-link">
            <span>
              <b>{name}</b>
              <Text span size="sm" c="dimmed" display="block">
                {items.length === 0
                  ? 'Not used: it has no items'
                  : `${items.length} ${items.length === 1 ? 'item' : 'items'}`}
              </Text>
            </span>
            <Text span size="sm">
              {version === 0 ? 'As shipped' : `Version ${version}`}
            </Text>
          </Link>
        </li>
      ))}
    </ul>
  </>
);
