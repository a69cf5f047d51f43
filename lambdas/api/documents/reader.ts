import type { Reader } from '#domain/document/copies.ts';
import type { ShopCaller } from '../../http/caller.ts';

export const readerOf = (caller: ShopCaller): Reader =>
  caller.kind === 'staff' ? { kind: 'staff', role: caller.role } : { kind: 'customer' };
