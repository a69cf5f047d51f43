import { useSyncExternalStore } from 'react';

/** Where in the portal somebody is. */
export type Place =
  | { page: 'requests'; slug: string }
  | { page: 'new'; slug: string }
  | { page: 'details'; slug: string }
  | { page: 'order'; slug: string; jobId: string }
  /** Not the customer's: a vendor's, by the link in their mail. */
  | { page: 'vendor'; slug: string; jobId: string }
  | { page: 'vendor-order'; slug: string; orderId: string }
  | { page: 'nowhere' };

const listeners = new Set<() => void>();
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  window.addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('popstate', listener);
  };
};

/** A few addresses need no router: `/p/<slug>` and below it `new`, `details`, `job/<id>`, `vendor/<id>`, `order/<id>`. */
export function placeOf(path: string): Place {
  const [, p, slug, page, jobId, ...more] = (path.split('#')[0] ?? '').replace(/\/$/, '').split('/');
  if (p !== 'p' || !slug || more.length > 0) return { page: 'nowhere' };
  if (page === undefined) return { page: 'requests', slug };
  if (page === 'new' && jobId === undefined) return { page: 'new', slug };
  if (page === 'details' && jobId === undefined) return { page: 'details', slug };
  if (page === 'vendor' && jobId) return { page: 'vendor', slug, jobId };
  if (page === 'order' && jobId) return { page: 'vendor-order', slug, orderId: jobId };
  if (page === 'job' && jobId) return { page: 'order', slug, jobId };
  return { page: 'nowhere' };
}

/** Path and fragment: a mailed link opened over another one changes only the latter. */
export const usePath = (): string => useSyncExternalStore(subscribe, () => location.pathname + location.hash);

export function go(path: string): void {
  history.pushState(null, '', path);
  scrollTo(0, 0);
  for (const listener of listeners) listener();
}
