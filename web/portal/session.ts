import { useSyncExternalStore } from 'react';
import type { Credential } from '#contract/client.ts';

const listeners = new Set<() => void>();
const changed = () => {
  for (const listener of listeners) listener();
};
const sessionKey = (slug: string) => `kerf.portal.${slug}`;
/** A link in a customer's mail, or one in a vendor's. */
type Bearer = 'link' | 'vendor';
const linkKey = (jobId: string, bearer: Bearer) => `kerf.${bearer}.${jobId}`;

export function startSession(slug: string, token: string): void {
  localStorage.setItem(sessionKey(slug), token);
  changed();
}

export function endSession(slug: string): void {
  localStorage.removeItem(sessionKey(slug));
  changed();
}

export function forgetLink(jobId: string): void {
  sessionStorage.removeItem(linkKey(jobId, 'link'));
  changed();
}

/**
 * Takes the secret of a mailed link out of the address, where it would be copied along, and keeps it for this tab. It travels in the
 * fragment, which browsers never send.
 */
export function takeLink(jobId: string, bearer: Bearer): void {
  const secret = new URLSearchParams(location.hash.slice(1)).get('link');
  if (!secret) return;
  sessionStorage.setItem(linkKey(jobId, bearer), secret);
  history.replaceState(null, '', location.pathname + location.search);
}

/** The best credential for the place: a mailed link counts for its own order only, a vendor has nothing else. Changes are noticed. */
export function useCredential(slug: string, jobId: string | undefined, bearer: Bearer): Credential {
  const held = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => heldFor(slug, jobId, bearer),
  );
  const at = held.indexOf(' ');
  const secret = held.slice(at + 1);
  switch (held.slice(0, at)) {
    case 'link':
      return { kind: 'link', secret };
    case 'vendor':
      return { kind: 'vendor', secret };
    case 'customer':
      return { kind: 'customer', token: secret };
    default:
      return { kind: 'none' };
  }
}

/** As one string, so that the same credential is the same value. */
function heldFor(slug: string, jobId: string | undefined, bearer: Bearer): string {
  const secret = jobId === undefined ? null : sessionStorage.getItem(linkKey(jobId, bearer));
  if (secret !== null) return `${bearer} ${secret}`;
  if (bearer === 'vendor') return 'nobody ';
  const token = localStorage.getItem(sessionKey(slug));
  return token === null ? 'nobody ' : `customer ${token}`;
}
