import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

/** The frame of a page below the settings. */
export function SettingsSubpage({
  title,
  aside,
  above = { to: '/settings', word: 'Settings' },
  children,
}: {
  title: string;
  aside?: ReactNode;
  above?: { to: '/settings' | '/settings/workflows' | '/settings/checklists'; word: string };
  children: ReactNode;
}) {
  return (
    <>
      <title>{`${title} · Kerf`}</title>
      <div className="page-head">
        <div>
          <Text size="sm">
            <Link to={above.to} className="plain-link">
              {above.word}
            </Link>{' '}
            /
          </Text>
          <h1>{title}</h1>
        </div>
        {aside}
      </div>
      {children}
    </>
  );
}
