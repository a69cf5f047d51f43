import { useSyncExternalStore } from 'react';

/** Browsers keep only few 3D surfaces alive, so a page shows one viewer at a time: opening one closes the other. */
let opened: string | undefined;
const listeners = new Set<() => void>();

export function openViewer(key: string | undefined): void {
  opened = key;
  for (const listener of listeners) listener();
}

export const useOpenViewer = (): string | undefined =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => opened,
  );

export const lastOpened = (): string | undefined => opened;
