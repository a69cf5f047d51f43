import { opensToSupport, type Route } from '#contract/route.ts';
import type { Caller } from './caller.ts';
import { ApiError, notFound } from './problem.ts';

const notFor = {
  operator: 'Operators belong to no shop. Visit the shop from the console, with a reason.',
  customer: 'This is for the staff of the shop.',
  link: 'The link in the mail does not reach that far; sign in first.',
  vendor: 'The link in the mail opens the request it came with, and nothing else.',
};

/** Lets the caller in or throws 401, 403 or 404 as design section 6 says. */
export function admit(route: Route, who: Caller): void {
  const { callers } = route;
  if (callers.public || callers.webhook) return;
  switch (who.kind) {
    case 'nobody':
      throw new ApiError('unauthenticated', 'Sign in first; the credential is missing, wrong or over.');
    case 'person':
      if (callers.person) return;
      if (callers.operator) throw operatorsOnly();
      if (callers.staff) throw new ApiError('invalid_request', 'Name the shop you work for.', 'Kerf-Shop');
      throw new ApiError('wrong_role', 'This is for customers of the shop.');
    case 'stranger':
      if (callers.person) return;
      throw notFound();
    case 'staff':
      if (callers.operator) throw operatorsOnly();
      if (who.visitId !== undefined) return admitSupport(route);
      if (callers.person) return;
      if (callers.staff?.includes(who.role)) return;
      throw new ApiError(
        'wrong_role',
        callers.staff
          ? `This needs one of the roles ${callers.staff.join(', ')}.`
          : 'This is for customers of the shop.',
      );
    case 'operator':
    case 'customer':
    case 'link':
    case 'vendor':
      if (callers[who.kind]) return;
      throw new ApiError('wrong_role', notFor[who.kind]);
  }
}

const operatorsOnly = () => new ApiError('wrong_role', 'This is for the operators of Kerf.');

function admitSupport(route: Route): void {
  if (!opensToSupport(route))
    throw new ApiError(
      'wrong_role',
      'Support has no access to payments, to words in the name of the shop, and to what lets others in.',
    );
}
