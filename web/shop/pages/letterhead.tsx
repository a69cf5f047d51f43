import { useQuery } from '@tanstack/react-query';
import { getLetterhead, replaceLetterhead } from '#contract/routes/documents.ts';
import { useCall } from '../../shared/calls.tsx';
import { ProblemBox } from '../../shared/problem.tsx';
import { keys } from '../../shared/queries.ts';
import { Waiting } from '../../shared/waiting.tsx';
import { mayCall, useOffice } from '../office.ts';
import { LetterheadForm } from '../settings/letterhead-form.tsx';
import { NotYours } from '../settings/not-yours.tsx';
import { SettingsSubpage } from '../settings/settings-page.tsx';
import { useBase } from '../settings/use-base.ts';

export function LetterheadPage() {
  const { role } = useOffice();
  const call = useCall();
  const mine = mayCall(role, replaceLetterhead);
  const letterhead = useQuery({
    queryKey: keys.letterhead,
    queryFn: () => call(getLetterhead, {}),
    enabled: mine,
  });
  const { base, saved, touch, keep, letGo } = useBase(letterhead.data);
  return (
    <SettingsSubpage title="Letterhead">
      {!mine && <NotYours />}
      <ProblemBox error={letterhead.error} onRetry={() => void letterhead.refetch()} />
      {mine && letterhead.isPending && <Waiting heights={[320, 200]} />}
      {base && (
        <LetterheadForm
          key={base.version}
          letterhead={base}
          saved={saved}
          onTouch={touch}
          onSaved={keep}
          onReload={() => {
            letGo();
            void letterhead.refetch();
          }}
        />
      )}
    </SettingsSubpage>
  );
}
