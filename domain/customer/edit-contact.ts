import type { Actor } from '../actor.ts';
import { isRefusal, refuse, type Refusal } from '../refusal.ts';
import { settleAddresses } from './address.ts';
import type { ContactCard, Customer } from './customer.ts';

/** A whole new card. What is absent is taken away, but for the note, which only the shop writes. */
export interface ContactEdit extends ContactCard {
  note?: string | undefined;
}

/**
 * The customer with a new card. The address they sign in by is the shop's to change: it opens everything of theirs.
 * @param seenVersion the version of the customer that the editor saw
 */
export function editContact(
  customer: Customer,
  edit: ContactEdit,
  seenVersion: number,
  editor: Actor,
): Customer | Refusal {
  const version = customer.version ?? 0;
  if (version !== seenVersion)
    return refuse(
      'stale',
      `You saw version ${seenVersion} of this contact; it is at version ${version} by now. Look at it again and repeat your change.`,
      'If-Match',
    );
  const ofShop = editor.kind === 'staff';
  if (!ofShop && edit.email !== customer.email)
    return refuse('invalid', 'You sign in by this address. Ask the shop to change it.', 'email');
  if (!ofShop && edit.note !== undefined) return refuse('invalid', 'The note is the shop’s own.', 'note');
  const addresses = settleAddresses(edit.addresses ?? []);
  if (isRefusal(addresses)) return addresses;
  const { company: _, phone: __, billingContact: ___, note: ____, ...rest } = customer;
  const note = ofShop ? edit.note : customer.note;
  return {
    ...rest,
    name: edit.name,
    email: edit.email,
    ...(edit.company === undefined ? {} : { company: edit.company }),
    ...(edit.phone === undefined ? {} : { phone: edit.phone }),
    ...(edit.billingContact === undefined ? {} : { billingContact: edit.billingContact }),
    addresses,
    ...(note === undefined ? {} : { note }),
    version: version + 1,
  };
}
