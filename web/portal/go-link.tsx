import type { MouseEvent, ReactNode } from 'react';
import { go } from './place.ts';

/** A link inside the portal; with a modifier key it is the browser's own. */
export function GoLink({ to, className, children }: { to: string; className?: string; children: ReactNode }) {
  const follow = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    go(to);
  };
  return (
    <a href={to} className={className ?? 'text-link'} onClick={follow}>
      {children}
    </a>
  );
}
