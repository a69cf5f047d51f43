import * as z from 'zod';
import { roles } from '#domain/actor.ts';
import type { Actor } from '#domain/actor.ts';
import { id } from '#contract/ids.ts';

const person = { personId: z.string().min(1), email: z.string(), name: z.string() };

/** Who calls, as the authorizer found out. Travels as one JSON string in the authorizer's context. */
export const caller = z.discriminatedUnion('kind', [
  /** No credential, or none that holds. */
  z.object({ kind: z.literal('nobody') }),
  /** Signed in, no shop asked for. */
  z.object({ kind: z.literal('person'), ...person }),
  /** Signed in, but not a member of the shop asked for. */
  z.object({ kind: z.literal('stranger'), ...person }),
  z.object({
    kind: z.literal('staff'),
    ...person,
    shopId: id('shop'),
    role: z.enum(roles),
    /** It is Kerf's support, during this visit. */
    visitId: id('sup').optional(),
  }),
  /** Runs Kerf itself. */
  z.object({ kind: z.literal('operator'), ...person }),
  z.object({ kind: z.literal('customer'), shopId: id('shop'), customerId: id('cus') }),
  z.object({ kind: z.literal('link'), shopId: id('shop'), customerId: id('cus'), jobId: id('job') }),
  /** By a link mailed to a vendor: to a request or to a purchase order. */
  z.object({
    kind: z.literal('vendor'),
    shopId: id('shop'),
    jobId: id('job'),
    requestId: id('vrq').optional(),
    purchaseOrderId: id('po').optional(),
  }),
]);
export type Caller = z.infer<typeof caller>;

/** A caller that belongs to one shop: its people and its customers. */
export type ShopCaller = Extract<Caller, { kind: 'staff' | 'customer' | 'link' }>;
export type VendorCaller = Extract<Caller, { kind: 'vendor' }>;

/** Names the caller in an idempotency key: two callers never meet in one. */
export function callerKey(who: Caller): string {
  switch (who.kind) {
    case 'person':
    case 'stranger':
    case 'staff':
    case 'operator':
      return `person:${who.personId}`;
    case 'customer':
    case 'link':
      return `customer:${who.customerId}`;
    case 'vendor':
      return `vendor:${who.requestId ?? who.purchaseOrderId ?? ''}`;
    case 'nobody':
      return 'nobody';
  }
}

/** The caller as the domain sees them. `customerName` is what the job's snapshot calls its customer. */
export function actorOf(who: ShopCaller, customerName: string): Actor {
  if (who.kind === 'staff') {
    const { personId, name, role, visitId } = who;
    return { kind: 'staff', personId, name, role, ...(visitId === undefined ? {} : { visitId }) };
  }
  return { kind: 'customer', customerId: who.customerId, name: customerName };
}
