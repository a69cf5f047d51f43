import { Button } from '@mantine/core';
import { ApiProblem } from './api.ts';

/** What to tell a person about any error. */
export const wordsOf = (error: unknown): string =>
  error instanceof ApiProblem ? error.message : 'Something went wrong on this page. Load it again.';

/** The message for one field of a form; undefined when the error is about something else. */
export const fieldError = (error: unknown, ...names: string[]): string | undefined =>
  error instanceof ApiProblem && error.field !== undefined && names.includes(error.field)
    ? error.message
    : undefined;

export function ProblemBox({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  if (error === null || error === undefined) return null;
  return (
    <div role="alert" className="problem tone-red">
      <p>
        <b>That did not work.</b> {wordsOf(error)}
      </p>
      {onRetry && (
        <Button size="xs" variant="default" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}
