import { useSyncExternalStore } from 'react';

/** Kerf's support in a shop, in this one tab. */
export interface Visit {
  visitId: string;
  shopId: string;
  shopName: string;
  token: string;
  expiresAt: string;
}

const key = 'kerf.visit';
const listeners = new Set<() => void>();
let held: Visit | undefined = read();

function read(): Visit | undefined {
  const text = sessionStorage.getItem(key);
  return text === null ? undefined : (JSON.parse(text) as Visit);
}

/** The visit of this tab, also when its time is over: whoever works in it learns so instead of becoming somebody else. */
export const currentVisit = (): Visit | undefined => held;

export const useVisit = (): Visit | undefined =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => held,
  );

export function beginVisit(visit: Visit): void {
  sessionStorage.setItem(key, JSON.stringify(visit));
  held = visit;
  for (const listener of listeners) listener();
}

export function leaveVisit(): void {
  sessionStorage.removeItem(key);
  held = undefined;
  for (const listener of listeners) listener();
}
