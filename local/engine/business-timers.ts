/** Deadlines in business time: they come with real time and also at once when business time is moved past them. */
import type { MovableClock } from './clock.ts';

export interface BusinessTimers {
  /** Calls back once, after `milliseconds` of business time; gives the way to call it off. */
  after(milliseconds: number, callback: () => void): () => void;
}

/** Node's timers overflow past this. */
const LONGEST_TIMER_MS = 2_147_483_000;

export function businessTimers(clock: MovableClock): BusinessTimers {
  const pending = new Set<() => void>();
  clock.onAdvance(() => {
    for (const check of [...pending]) check();
  });
  return {
    after(milliseconds, callback) {
      const deadline = clock.now().getTime() + milliseconds;
      let timer: NodeJS.Timeout | undefined;
      const cancel = () => {
        clearTimeout(timer);
        pending.delete(check);
      };
      const check = () => {
        clearTimeout(timer);
        const left = deadline - clock.now().getTime();
        if (left > 0) {
          timer = setTimeout(check, Math.min(left, LONGEST_TIMER_MS));
          return;
        }
        cancel();
        callback();
      };
      pending.add(check);
      check();
      return cancel;
    },
  };
}
