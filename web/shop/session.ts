import { useSyncExternalStore } from 'react';
import { ApiProblem, client, type Session } from '../shared/api.ts';
import { refresh, type Tokens } from './cognito.ts';
import { currentVisit, leaveVisit } from './visit.ts';

const tokensKey = 'kerf.staff';
const shopKey = 'kerf.staff.shop';
const renewAheadMs = 60_000;

const listeners = new Set<() => void>();
const changed = () => {
  for (const listener of listeners) listener();
};

const stored = (): string | null => localStorage.getItem(tokensKey);
const tokens = (): Tokens | undefined => {
  const text = stored();
  return text === null ? undefined : (JSON.parse(text) as Tokens);
};

export function startSession(fresh: Tokens): void {
  localStorage.setItem(tokensKey, JSON.stringify(fresh));
  changed();
}

export function endSession(): void {
  leaveVisit();
  localStorage.removeItem(tokensKey);
  localStorage.removeItem(shopKey);
  changed();
}

export const chosenShop = (): string | null => localStorage.getItem(shopKey);
export function chooseShop(shopId: string): void {
  localStorage.setItem(shopKey, shopId);
  changed();
}

/** Whether somebody is signed in on this device; other tabs count. */
export const useSignedIn = (): boolean =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      window.addEventListener('storage', listener);
      return () => {
        listeners.delete(listener);
        window.removeEventListener('storage', listener);
      };
    },
    () => stored() !== null,
  );

export const isSignedIn = (): boolean => stored() !== null;

let renewing: Promise<boolean> | undefined;

/** Gets fresh tokens, once for all who ask at the same time. False: the session is over. */
function renew(): Promise<boolean> {
  renewing ??= renewNow().finally(() => {
    renewing = undefined;
  });
  return renewing;
}

async function renewNow(): Promise<boolean> {
  const old = tokens();
  if (!old) return false;
  try {
    startSession(await refresh(old));
    return true;
  } catch (error) {
    if (error instanceof ApiProblem && error.code === 'unauthenticated') endSession();
    return false;
  }
}

/** Before every call: time to get fresh tokens. */
async function freshen(): Promise<void> {
  const held = tokens();
  if (held && held.expiresAt - Date.now() < renewAheadMs) await renew();
}

/** Those who run Kerf: their own token, and no shop. */
export const operatorSession: Session = {
  credential() {
    const held = tokens();
    return held ? { kind: 'staff', token: held.idToken } : { kind: 'none' };
  },
  ready: freshen,
  renew,
};

export const operatorCall = client(operatorSession);

const staff: Session = {
  credential() {
    const visit = currentVisit();
    if (visit) return { kind: 'staff', token: visit.token };
    const held = tokens();
    if (!held) return { kind: 'none' };
    return { kind: 'staff', token: held.idToken, shopId: chosenShop() ?? undefined };
  },
  ready: freshen,
  // A visit that is over is not renewed: whoever works in it learns so.
  renew: () => (currentVisit() ? Promise.resolve(false) : renew()),
};

export const staffCall = client(staff);
