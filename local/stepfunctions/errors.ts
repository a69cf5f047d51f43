import { StateMachine } from 'aws-local-stepfunctions';
import { reportError } from '../lambda/errors.ts';

/** Ends an execution at once: no Retry and no Catch applies. Used for executions that were stopped, and for States.Runtime. */
export class UncatchableError extends Error {
  readonly isRetryable = false;
  readonly isCatchable = false;
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

/**
 * The interpreter's own timeout error. It is not exported, but only its class is exempt from States.TaskFailed, so one run of a
 * task that never answers hands us an instance.
 */
export async function statesTimeoutError(): Promise<Error> {
  const machine = new StateMachine(
    {
      StartAt: 'Never',
      States: {
        Never: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', TimeoutSeconds: 0.001, End: true },
      },
    },
    { validationOptions: { noValidate: true } },
  );
  const never = () => new Promise<never>(() => undefined);
  const failure: unknown = await machine
    .run({}, { overrides: { taskResourceLocalHandlers: { Never: never } } })
    .result.catch((error: unknown) => error);
  const cause = failure instanceof Error ? failure.cause : undefined;
  if (cause instanceof Error && cause.name === 'States.Timeout') return cause;
  throw new Error('aws-local-stepfunctions no longer times out as pinned; check its version.', {
    cause: failure,
  });
}

/** What a failed function looks like to Retry and Catch: Lambda's own errors are prefixed, and the cause is JSON. */
export function taskError(thrown: unknown): Error {
  const report = reportError(thrown);
  const { errorType, errorMessage, trace } = report;
  const isServiceError = [
    'TooManyRequestsException',
    'ServiceException',
    'ResourceNotFoundException',
  ].includes(errorType);
  const error = new Error(
    isServiceError ? errorMessage : JSON.stringify({ errorType, errorMessage, trace: trace.split('\n') }),
  );
  error.name = isServiceError ? `Lambda.${errorType}` : errorType;
  return error;
}
