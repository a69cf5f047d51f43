import { createContext, use } from 'react';
import type { Route } from '#contract/route.ts';
import type { ShopView } from '#contract/routes/shops.ts';
import { currentVisit } from './visit.ts';
import type { Role } from '#domain/actor.ts';

/** The shop somebody works in, and as what. */
export interface Office {
  shop: ShopView;
  role: Role;
  /** All shops the person works for. */
  shops: { shopId: string; name: string }[];
}

export const OfficeContext = createContext<Office | undefined>(undefined);

export function useOffice(): Office {
  const office = use(OfficeContext);
  if (!office) throw new Error('useOffice needs the office around it.');
  return office;
}

/** Whether the contract lets this role call a route; a visit of support some of them never. */
export const mayCall = (role: Role, route: Route): boolean =>
  (route.callers.staff?.includes(role) ?? false) && !(route.closedToSupport && currentVisit());

/** The address customers use. */
export const portalUrl = (shop: Pick<ShopView, 'slug'>): string => `${location.origin}/p/${shop.slug}`;
