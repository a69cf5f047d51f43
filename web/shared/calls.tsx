import { useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { createContext, use, useRef, type ReactNode } from 'react';
import type { Call, CallInput } from '#contract/client.ts';
import type { OutOf, Route } from '#contract/route.ts';
import { ApiProblem, newKey, outcomeUnknown } from './api.ts';
import { keys } from './queries.ts';
import { canBeQuiet } from './quiet.ts';

const CallContext = createContext<Call | undefined>(undefined);

export function CallProvider({ call, children }: { call: Call; children: ReactNode }) {
  return <CallContext value={call}>{children}</CallContext>;
}

/** The API as the one who is signed in. */
export function useCall(): Call {
  const call = use(CallContext);
  if (!call) throw new Error('useCall needs a CallProvider above it.');
  return call;
}

/** Whether steps are taken without a mail to anybody. */
export const QuietContext = createContext(false);

const mostRepeats = 2;

/** A button's call. */
export interface Action<R extends Route> {
  /** Of the last call that went well. */
  answer: OutOf<R> | undefined;
  run(input: CallInput<R>): void;
  isPending: boolean;
  error: Error | null;
  reset(): void;
}

/** Like `useAction`, for a button that is one of several: the route is named when it is pressed. */
export function useAnyAction(onDone?: (out: unknown) => void) {
  const call = useCall();
  const queries = useQueryClient();
  const quiet = use(QuietContext);
  const intention = useRef<{ said: string; key: string } | undefined>(undefined);
  return useMutation({
    mutationFn: ({ route, input: given }: { route: Route; input: CallInput<Route> }) => {
      const silence = quiet && canBeQuiet(route) ? { query: { notify: 'false' } } : {};
      const input = { ...given, ...silence } as CallInput<Route>;
      const said = JSON.stringify([route.id, input]);
      if (intention.current?.said !== said) intention.current = { said, key: newKey() };
      return call(route, { idempotencyKey: intention.current.key, ...input });
    },
    retry: (count, error) => count < mostRepeats && outcomeUnknown(error),
    onSuccess: async (out) => {
      intention.current = undefined;
      await keepJob(queries, out);
      onDone?.(out);
    },
    onError: (error) => {
      if (!outcomeUnknown(error)) intention.current = undefined;
      if (error instanceof ApiProblem && (error.code === 'stale' || error.code === 'not_allowed_now'))
        void queries.invalidateQueries();
    },
  });
}

/**
 * One Idempotency-Key per intention: repeats after a lost answer carry the same key, also when the person clicks again with the
 * same input. The job that comes back is shown at once, and everything else on the page is asked for again.
 */
export function useAction<R extends Route>(route: R, onDone?: (out: OutOf<R>) => void): Action<R> {
  const action = useAnyAction(onDone as ((out: unknown) => void) | undefined);
  return {
    run: (input) => action.mutate({ route, input: input as CallInput<Route> }),
    answer: action.data as OutOf<R> | undefined,
    isPending: action.isPending,
    error: action.error,
    reset: action.reset,
  };
}

/** A job that came back stands in the cache before the button is free again. */
async function keepJob(queries: QueryClient, out: unknown): Promise<void> {
  if (typeof out === 'object' && out !== null && 'next' in out && 'id' in out) {
    const key = keys.job(String(out.id));
    await queries.cancelQueries({ queryKey: key });
    queries.setQueryData(key, out);
  }
  void queries.invalidateQueries();
}
