import { Text } from '@mantine/core';
import type { SupportEntryView } from '#contract/views/platform.ts';
import { Clock, Moment } from '../../shared/time.tsx';

const words: Record<SupportEntryView['kind'], string> = {
  visit: 'visited the shop',
  suspension: 'suspended the shop',
  lift: 'lifted the suspension',
  plan: 'changed the plan',
};

/** What Kerf's people did about the shop, newest first. */
export function SupportList({ entries }: { entries: readonly SupportEntryView[] }) {
  if (entries.length === 0) return <Text>Nobody of Kerf has been here.</Text>;
  return (
    <ul className="plain-list">
      {entries.map(({ id, kind, at, operator, reason, expiresAt, endedAt, acts }) => (
        <li key={id} style={{ padding: '10px 0' }}>
          <Text>
            <b>{operator.name}</b> {words[kind]}, <Moment at={at} />
            {kind === 'visit' && expiresAt !== undefined && (
              <>
                {' '}
                until <Clock at={endedAt ?? expiresAt} />
              </>
            )}
          </Text>
          <Text size="sm">{reason}</Text>
          {kind === 'visit' && (
            <Text size="sm" c="dimmed" component="div">
              {acts.length === 0 ? (
                'Nothing was changed.'
              ) : (
                <ul className="plain-bullets">
                  {acts.map((act, index) => (
                    <li key={index}>
                      <Clock at={act.at} /> {act.summary}
                      {Object.values(act.target).length > 0 && ` (${Object.values(act.target).join(', ')})`}
                    </li>
                  ))}
                </ul>
              )}
            </Text>
          )}
        </li>
      ))}
    </ul>
  );
}
