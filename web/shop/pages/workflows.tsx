import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { listTemplates } from '#contract/routes/templates.ts';
import { shippedTemplates } from '#domain/job/templates/all.ts';
import { useCall } from '../../shared/calls.tsx';
import { ProblemBox } from '../../shared/problem.tsx';
import { keys } from '../../shared/queries.ts';
import { Waiting } from '../../shared/waiting.tsx';
import { SettingsSubpage } from '../settings/settings-page.tsx';
import { differences, draftOf } from '../settings/template-draft.ts';

export function WorkflowsPage() {
  const call = useCall();
  const list = useQuery({ queryKey: keys.templates, queryFn: () => call(listTemplates, {}) });
  return (
    <SettingsSubpage title="Workflows">
      <Text mb="md">Every job follows one of these. Change names, terms and the steps you use.</Text>
      <ProblemBox error={list.error} onRetry={() => void list.refetch()} />
      {list.isPending && <Waiting heights={[240]} />}
      {list.data && (
        <ul className="plain-list card rows">
          {list.data.templates.map(({ name, title, statuses, own }) => {
            const changes = differences(shippedTemplates[name], draftOf(shippedTemplates[name], own)).length;
            return (
              <li key={name}>
                <Link to="/settings/workflows/$name" params={{ name }} className="row-link">
                  <span>
                    <b>{title}</b>
                    <Text span size="sm" c="dimmed" display="block">
                      {statuses.filter(({ off }) => !off).length} statuses in use
                    </Text>
                  </span>
                  <Text span size="sm">
                    {changes === 0
                      ? 'As shipped'
                      : `${changes} ${changes === 1 ? 'change' : 'changes'} of yours`}
                  </Text>
                </Link>
              </li>
            );
          })}
        </ul>
      )}
    </SettingsSubpage>
  );
}
