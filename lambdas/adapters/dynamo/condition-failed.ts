/** An ElectroDB operation was refused by its condition. */
export const isConditionFailed = (error: unknown): boolean =>
  error instanceof Error &&
  error.cause instanceof Error &&
  error.cause.name === 'ConditionalCheckFailedException';
