import { createContext, use } from 'react';
import type { OutOf } from '#contract/route.ts';
import type { getPortal, getSession } from '#contract/routes/portal.ts';

/** Whose portal it is and who is in it. */
export interface Visit {
  slug: string;
  shop: OutOf<typeof getPortal>;
  /** Came by a mailed link, which reaches one order only. */
  byLink: boolean;
  /** Known a moment after the page. */
  customer?: OutOf<typeof getSession>['customer'];
}

export const PortalContext = createContext<Visit | undefined>(undefined);

export function useVisit(): Visit {
  const visit = use(PortalContext);
  if (!visit) throw new Error('useVisit needs the portal around it.');
  return visit;
}
