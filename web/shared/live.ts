import type { QueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import type { Call } from '#contract/client.ts';
import { getLiveAccess } from '#contract/routes/farm.ts';
import type { Poke } from '#contract/mqtt.ts';
import { renew } from './queries.ts';

export type LiveState = 'live' | 'polling';

let state: LiveState = 'polling';
const listeners = new Set<() => void>();
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
function setState(next: LiveState): void {
  if (next === state) return;
  state = next;
  for (const listener of listeners) listener();
}

export const useLiveState = (): LiveState => useSyncExternalStore(subscribe, () => state);

const seconds = 1000;

/**
 * Milliseconds until a query is asked again without a poke. Pokes can get lost, so even a live page looks now and then; how far a
 * print is, is not poked to customers.
 */
export function pollEvery(busy: boolean): number {
  if (state === 'live') return busy ? 5 * seconds : 60 * seconds;
  return busy ? 3 * seconds : 15 * seconds;
}

const gatherMs = 500;
const firstWaitMs = 1000;
const longestWaitMs = 30_000;

/** Keeps a line for pokes open while the component stands: every interrupt gets a new client with a fresh pass. */
export function useLive(call: Call, queries: QueryClient, wanted: boolean): void {
  useEffect(() => {
    if (!wanted) return;
    const line = openLine(call, queries);
    return () => line.close();
  }, [call, queries, wanted]);
}

function openLine(call: Call, queries: QueryClient): { close(): void } {
  const gathered: Poke[] = [];
  let gathering: ReturnType<typeof setTimeout> | undefined;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let waitMs = firstWaitMs;
  let closed = false;
  let hangUp = () => {};

  const onPoke = (poke: Poke) => {
    gathered.push(poke);
    gathering ??= setTimeout(() => {
      gathering = undefined;
      void renew(queries, gathered.splice(0));
    }, gatherMs);
  };

  const again = () => {
    setState('polling');
    if (closed) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => void dial(), waitMs * (0.75 + Math.random() / 2));
    waitMs = Math.min(waitMs * 2, longestWaitMs);
  };

  const dial = async () => {
    try {
      const [{ default: mqtt }, pass] = await Promise.all([import('mqtt'), call(getLiveAccess, {})]);
      if (closed) return;
      const connection = mqtt.connect(pass.url, {
        protocolVersion: 4,
        clientId: pass.clientId,
        username: 'live',
        password: pass.token,
        clean: true,
        reconnectPeriod: 0,
        connectTimeout: 10_000,
        keepalive: 30,
      });
      let over = false;
      hangUp = () => {
        over = true;
        connection.end(true);
      };
      connection.on('connect', () => {
        connection.subscribe(pass.topic, { qos: 1 }, (error) => {
          if (error) return (hangUp(), again());
          waitMs = firstWaitMs;
          setState('live');
          // Whatever was poked while the line was down.
          void queries.invalidateQueries();
        });
      });
      connection.on('message', (_topic, payload) => {
        const poke = JSON.parse(payload.toString()) as Poke;
        onPoke(poke);
      });
      connection.on('error', () => {});
      connection.on('close', () => {
        if (over) return;
        hangUp();
        again();
      });
    } catch {
      again();
    }
  };

  void dial();
  return {
    close() {
      closed = true;
      clearTimeout(waiting);
      clearTimeout(gathering);
      hangUp();
      setState('polling');
    },
  };
}
