import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { listChecklists, replaceChecklist } from '#contract/routes/quality.ts';
import { useCall } from '../../shared/calls.tsx';
import { ProblemBox } from '../../shared/problem.tsx';
import { keys } from '../../shared/queries.ts';
import { Waiting } from '../../shared/waiting.tsx';
import { mayCall, useOffice } from '../office.ts';
import { ChecklistEditor } from '../settings/checklist-editor.tsx';
import { NotYours } from '../settings/not-yours.tsx';
import { SettingsSubpage } from '../settings/settings-page.tsx';
import { useBase } from '../settings/use-base.ts';

const here = getRouteApi('/office/settings/checklists/$id');

export function ChecklistPage() {
  const { id } = here.useParams();
  const { role } = useOffice();
  const call = useCall();
  const list = useQuery({ queryKey: keys.checklists, queryFn: () => call(listChecklists, {}) });
  const fresh = list.data?.checklists.find((each) => each.id === id);
  const { base, saved, touch, keep, letGo } = useBase(fresh);
  const mine = mayCall(role, replaceChecklist);
  return (
    <SettingsSubpage
      title={base?.name ?? 'Checklist'}
      above={{ to: '/settings/checklists', word: 'Checklists' }}
    >
      <ProblemBox error={list.error} onRetry={() => void list.refetch()} />
      {list.isPending && <Waiting heights={[80, 400]} />}
      {list.data && !base && <Text>There is no such list.</Text>}
      {!mine && <NotYours />}
      {mine && base && (
        <ChecklistEditor
          key={base.version}
          checklist={base}
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
