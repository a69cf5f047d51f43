import { windowMinutes } from '#domain/customer/sign-in-code.ts';
import { ApiError } from '../../http/problem.ts';

/** The address has used up its codes or its tries. */
export const tooMany = (retryAt: string): ApiError =>
  new ApiError(
    'too_many_requests',
    `Too many codes were asked for or tried. Try again in ${windowMinutes} minutes.`,
    undefined,
    retryAt,
  );
