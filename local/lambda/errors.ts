/** An error on its way from a handler to its caller, as Lambda reports it: name, message, stack, nothing else. */
export interface ReportedError {
  errorType: string;
  errorMessage: string;
  trace: string;
}

/** Turns whatever a handler threw into its report. */
export function reportError(thrown: unknown): ReportedError {
  if (thrown instanceof Error)
    return { errorType: thrown.name, errorMessage: thrown.message, trace: thrown.stack ?? '' };
  return {
    errorType: 'Error',
    errorMessage: typeof thrown === 'string' ? thrown : (JSON.stringify(thrown) ?? 'undefined'),
    trace: '',
  };
}

/** A new error that carries what was reported. */
export function reportedError(report: ReportedError): Error {
  const error = namedError(report.errorType, report.errorMessage);
  if (report.trace !== '') error.stack = report.trace;
  return error;
}

export function namedError(name: string, message: string): Error {
  const error = new Error(message);
  error.name = name;
  return error;
}
