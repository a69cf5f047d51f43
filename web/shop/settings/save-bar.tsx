import { Button, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { ApiProblem } from '../../shared/api.ts';
import { ProblemBox } from '../../shared/problem.tsx';

/** The last row of a settings form: what is wrong, and the button, or a way on when somebody else was faster. */
export function SaveBar({
  word,
  pending,
  saved,
  error,
  onReload,
  children,
}: {
  word: string;
  pending: boolean;
  saved: boolean;
  error: Error | null | undefined;
  onReload: () => void;
  /** Further buttons. */
  children?: ReactNode;
}) {
  const overtaken = error instanceof ApiProblem && error.code === 'stale';
  return (
    <>
      <ProblemBox error={error} />
      <Group className="save-bar">
        {overtaken ? (
          <Button onClick={onReload}>Load the current one</Button>
        ) : (
          <Button type="submit" loading={pending}>
            {word}
          </Button>
        )}
        {children}
        {saved && (
          <Text size="sm" role="status">
            Saved.
          </Text>
        )}
      </Group>
    </>
  );
}
