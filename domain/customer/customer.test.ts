import { describe, expect, test } from 'vitest';
import { isRefusal } from '../refusal.ts';
import { addressLines, settleAddresses, type CustomerAddress } from './address.ts';
import { snapshotOf, type Customer } from './customer.ts';
import { editContact } from './edit-contact.ts';

const address = (label: string, changes: Partial<CustomerAddress> = {}): CustomerAddress => ({
  label,
  recipient: 'Cleo',
  street1: 'Main Street 1',
  city: 'Springfield',
  region: 'IL',
  postalCode: '62701',
  country: 'US',
  defaultFor: [],
  ...changes,
});
const customer: Customer = {
  id: 'cus_1',
  name: 'Cleo',
  email: 'cleo@mail.example',
  note: 'pays late',
  addresses: [
    address('Home', { defaultFor: ['billing'] }),
    address('Workshop', { defaultFor: ['shipping'] }),
  ],
  priceTerms: { discountPercent: 5, tax: { kind: 'exempt', certificate: 'X-1' }, dueDays: 45 },
  version: 3,
  createdAt: '2026-05-04T10:00:00.000Z',
};
const cleo = { kind: 'customer', customerId: 'cus_1', name: 'Cleo' } as const;
const ana = { kind: 'staff', personId: 'p', name: 'Ana', role: 'sales' } as const;

describe('addresses', () => {
  test('the first is the default where none was named, and stays what it was said to be', () => {
    const settled = settleAddresses([address('Home'), address('Workshop', { defaultFor: ['billing'] })]);
    expect(settled).toMatchObject([{ defaultFor: ['shipping'] }, { defaultFor: ['billing'] }]);
    expect(settleAddresses([])).toEqual([]);
  });
  test('two of one name or two defaults of one use are refused by their place', () => {
    expect(settleAddresses([address('Home'), address('HOME')])).toMatchObject({
      field: 'addresses.1.label',
    });
    const both = [address('A', { defaultFor: ['shipping'] }), address('B', { defaultFor: ['shipping'] })];
    expect(settleAddresses(both)).toMatchObject({ field: 'addresses.1.defaultFor' });
  });
  test('are written as on an envelope', () => {
    expect(addressLines(address('Home', { company: 'Cleo Ltd' }))).toEqual([
      'Cleo',
      'Cleo Ltd',
      'Main Street 1',
      'Springfield, IL, 62701',
      'US',
    ]);
  });
});

describe('the snapshot', () => {
  test('has the defaults, or the address that is named, the tax status and the days to pay; no note', () => {
    const snapshot = snapshotOf(customer);
    expect(snapshot).toMatchObject({
      shipTo: { label: 'Workshop' },
      billTo: { label: 'Home' },
      tax: { kind: 'exempt' },
      dueDays: 45,
    });
    expect(snapshotOf(customer, 'Home')).toMatchObject({ shipTo: { label: 'Home' } });
    expect(JSON.stringify(snapshot)).not.toMatch(/pays late|defaultFor|discountPercent/);
  });
});

describe('a new card', () => {
  const card = { name: 'Cleo C.', email: customer.email };
  test('takes away what it leaves out; the shop’s own words and terms stay through the customer’s edit', () => {
    const after = editContact(customer, card, 3, cleo);
    if (isRefusal(after)) throw new Error(after.message);
    expect(after).toMatchObject({ name: 'Cleo C.', addresses: [], note: 'pays late', version: 4 });
    expect(after.priceTerms).toEqual(customer.priceTerms);
    expect(editContact(customer, card, 3, ana)).not.toHaveProperty('note');
  });
  test('of an older version is stale', () => {
    expect(editContact(customer, card, 2, ana)).toMatchObject({ refused: 'stale' });
  });
  test('the customer changes neither the address they sign in by nor the shop’s note', () => {
    const other = { ...card, email: 'other@mail.example' };
    expect(editContact(customer, other, 3, cleo)).toMatchObject({ refused: 'invalid', field: 'email' });
    expect(editContact(customer, { ...card, note: 'vip' }, 3, cleo)).toMatchObject({ field: 'note' });
    expect(editContact(customer, other, 3, ana)).toMatchObject({ email: 'other@mail.example' });
  });
});
