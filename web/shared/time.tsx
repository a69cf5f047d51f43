import { createContext, use, useSyncExternalStore } from 'react';
import { ago, clock, day, exactTime, moment } from './format.ts';

/** The zone times are shown in; the browser's without one. */
export const ZoneContext = createContext<string | undefined>(undefined);

const tickMs = 20_000;
let nowMs = Date.now();
const subscribe = (tick: () => void) => {
  const timer = setInterval(() => {
    nowMs = Date.now();
    tick();
  }, tickMs);
  return () => clearInterval(timer);
};

/** "3 minutes ago", the exact time on hover. */
export function Ago({ at }: { at: string }) {
  const zone = use(ZoneContext);
  const now = useSyncExternalStore(subscribe, () => nowMs);
  return (
    <time dateTime={at} title={exactTime(at, zone)}>
      {ago(at, Math.max(now, Date.now() - tickMs))}
    </time>
  );
}

export function Day({ at }: { at: string }) {
  const zone = use(ZoneContext);
  return (
    <time dateTime={at} title={at.length === 10 ? undefined : exactTime(at, zone)}>
      {day(at, zone)}
    </time>
  );
}

/** "Nov 3, 14:05", the exact time on hover. */
export function Moment({ at }: { at: string }) {
  const zone = use(ZoneContext);
  return (
    <time dateTime={at} title={exactTime(at, zone)}>
      {moment(at, zone)}
    </time>
  );
}

/** "14:05", the exact time on hover. */
export function Clock({ at }: { at: string }) {
  const zone = use(ZoneContext);
  return (
    <time dateTime={at} title={exactTime(at, zone)} className="clock">
      {clock(at, zone)}
    </time>
  );
}
