import { useState } from 'react';

/** What an edit is made on: the version that was touched, while others may save newer ones; after saving, what was saved. */
export interface Base<T> {
  base: T | undefined;
  /** It has just been saved by this page. */
  saved: boolean;
  touch: () => void;
  keep: (saved: T) => void;
  letGo: () => void;
}

export function useBase<T>(fresh: T | undefined): Base<T> {
  const [held, setHeld] = useState<T>();
  const [saved, setSaved] = useState(false);
  const base = held ?? fresh;
  return {
    base,
    saved,
    touch: () => {
      setHeld(base);
      setSaved(false);
    },
    keep: (next) => {
      setHeld(next);
      setSaved(true);
    },
    letGo: () => {
      setHeld(undefined);
      setSaved(false);
    },
  };
}
