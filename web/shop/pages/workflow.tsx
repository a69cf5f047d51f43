import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { listTemplates, replaceTemplate } from '#contract/routes/templates.ts';
import { useCall } from '../../shared/calls.tsx';
import { ProblemBox } from '../../shared/problem.tsx';
import { keys } from '../../shared/queries.ts';
import { Waiting } from '../../shared/waiting.tsx';
import { mayCall, useOffice } from '../office.ts';
import { NotYours } from '../settings/not-yours.tsx';
import { SettingsSubpage } from '../settings/settings-page.tsx';
import { TemplateEditor } from '../settings/template-editor.tsx';
import { useBase } from '../settings/use-base.ts';

const here = getRouteApi('/office/settings/workflows/$name');

export function WorkflowPage() {
  const { name } = here.useParams();
  const { role } = useOffice();
  const call = useCall();
  const list = useQuery({ queryKey: keys.templates, queryFn: () => call(listTemplates, {}) });
  const fresh = list.data?.templates.find((each) => each.name === name);
  const { base, saved, touch, keep, letGo } = useBase(fresh);
  const mine = mayCall(role, replaceTemplate);
  return (
    <SettingsSubpage
      title={base?.title ?? 'Workflow'}
      above={{ to: '/settings/workflows', word: 'Workflows' }}
      aside={base && <Text c="dimmed">{base.version === 0 ? 'As shipped' : `Version ${base.version}`}</Text>}
    >
      <ProblemBox error={list.error} onRetry={() => void list.refetch()} />
      {list.isPending && <Waiting heights={[120, 400]} />}
      {list.data && !base && <Text>There is no such workflow.</Text>}
      {!mine && <NotYours />}
      {mine && base && (
        <TemplateEditor
          key={base.version}
          template={base}
          saved={saved}
          onTouch={touch}
          onSaved={keep}
          onReload={() => {
            letGo();
            void list.refetch();
          }}
        />
      )}
    </SettingsSubpage>
  );
}
