import { apiClient, type Call, type Credential } from '#contract/client.ts';
import { getConfig } from '#contract/routes/platform.ts';

/** A running Kerf, seen from outside: everything by HTTP. */
export interface Instance {
  url: string;
  config: { identity: { endpoint: string; clientId: string } };
  /** Its clock is nobody's to move: what waits is waited for. */
  realTime?: true;
}

export async function openInstance(url: string): Promise<Instance> {
  return { url, config: await apiClient(url, () => ({ kind: 'none' }))(getConfig, {}) };
}

export const callerOf = (instance: Pick<Instance, 'url'>, credential: Credential): Call =>
  apiClient(instance.url, () => credential);

/** Asks until the answer is there, at most `seconds`. @throws naming what was waited for */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined | false>,
  seconds = 120,
): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  // Asking costs the machine that is waited for: what takes long is asked for less and less often.
  for (let pauseMs = 25; ; pauseMs = Math.min(400, pauseMs * 1.5)) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > deadline) throw new Error(`Waited ${seconds} s in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

export interface CapturedMail {
  sequence: number;
  subject: string;
  text: string | null;
  to: string[];
}

/** Mails to an address, newest first, as the mailbox page lists them. */
export async function mailsTo(instance: Pick<Instance, 'url'>, address: string): Promise<CapturedMail[]> {
  const response = await fetch(`${instance.url}/_local/mail.json?to=${encodeURIComponent(address)}`);
  return ((await response.json()) as { mails: CapturedMail[] }).mails;
}

/** Mails of a step that can be undone wait a little less than this, milliseconds of business time. */
export const undoPassedMs = 20_000;
const patienceMs = 1000;
/** In real time they go with the first sweep after that, one a minute. */
export const realTimeSeconds = 150;

/** The newest mail whose text matches, and the match. A mail that waits for its step to be undone is let go. */
export function mailWith(
  instance: Pick<Instance, 'url' | 'realTime'>,
  address: string,
  pattern: RegExp,
  seconds = instance.realTime ? realTimeSeconds : 60,
): Promise<RegExpExecArray> {
  const began = Date.now();
  let moved = instance.realTime ?? false;
  return until(
    `a mail to ${address} with ${pattern}`,
    async () => {
      if (!moved && Date.now() - began > patienceMs) {
        moved = true;
        await advanceClock(instance, undoPassedMs);
      }
      for (const mail of await mailsTo(instance, address)) {
        const match = pattern.exec(`${mail.subject}\n${mail.text ?? ''}`);
        if (match) return match;
      }
      return undefined;
    },
    seconds,
  );
}

/** Moves business time forward and lets the consequences begin. */
export async function advanceClock(instance: Pick<Instance, 'url'>, milliseconds: number): Promise<void> {
  await local(instance, 'clock', { advanceMilliseconds: milliseconds });
}

export async function local(instance: Pick<Instance, 'url'>, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${instance.url}/_local/${path}`, {
    method: 'POST',
    body: JSON.stringify(body ?? {}),
  });
  if (!response.ok) throw new Error(`/_local/${path} answered ${response.status}`);
  return response.json();
}
