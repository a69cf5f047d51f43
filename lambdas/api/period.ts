import { ApiError } from '../http/problem.ts';

const dayMs = 86_400_000;

/**
 * How many days a period has, both ends included.
 * @throws ApiError `invalid_request` when it ends before it begins
 */
export function daysOf({ from, to }: { from: string; to: string }): number {
  const days = (Date.parse(to) - Date.parse(from)) / dayMs + 1;
  if (days < 1) throw new ApiError('invalid_request', 'to: The period ends before it begins.', 'to');
  return days;
}
