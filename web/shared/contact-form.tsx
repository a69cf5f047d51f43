import { Button, Checkbox, Fieldset, Group, Stack, Text, TextInput } from '@mantine/core';
import type { BodyInputOf } from '#contract/route.ts';
import type { CustomerView, replaceContact } from '#contract/routes/customers.ts';
import { mostAddresses } from '#domain/customer/address.ts';
import { fieldError } from './problem.tsx';

type Card = BodyInputOf<typeof replaceContact>;
type Use = 'shipping' | 'billing';

/** What the fields hold: empty means none. */
export interface ContactDraft {
  name: string;
  email: string;
  company: string;
  phone: string;
  billingName: string;
  billingEmail: string;
  addresses: AddressDraft[];
}
type Word = Exclude<keyof CustomerView['addresses'][number], 'defaultFor'>;
type AddressDraft = Record<Word, string> & { defaultFor: Use[] };

const wordsOf = (read: (word: Word) => string): Record<Word, string> => ({
  label: read('label'),
  recipient: read('recipient'),
  company: read('company'),
  street1: read('street1'),
  street2: read('street2'),
  city: read('city'),
  region: read('region'),
  postalCode: read('postalCode'),
  country: read('country'),
  phone: read('phone'),
});

export const draftOf = (customer: CustomerView): ContactDraft => ({
  name: customer.name,
  email: customer.email,
  company: customer.company ?? '',
  phone: customer.phone ?? '',
  billingName: customer.billingContact?.name ?? '',
  billingEmail: customer.billingContact?.email ?? '',
  addresses: customer.addresses.map((address) => ({
    ...wordsOf((word) => address[word] ?? ''),
    defaultFor: address.defaultFor,
  })),
});

const given = (words: string): string | undefined => (words.trim() === '' ? undefined : words.trim());

/** The card to send: what is left empty is left out. */
export function cardOf(draft: ContactDraft): Card {
  const { name, email, company, phone, billingName, billingEmail, addresses } = draft;
  const hasBilling = given(billingName) !== undefined || given(billingEmail) !== undefined;
  return {
    name: name.trim(),
    email: email.trim(),
    company: given(company),
    phone: given(phone),
    ...(hasBilling ? { billingContact: { name: billingName.trim(), email: billingEmail.trim() } } : {}),
    addresses: addresses.map((address) => ({
      label: address.label.trim(),
      recipient: address.recipient.trim(),
      company: given(address.company),
      street1: address.street1.trim(),
      street2: given(address.street2),
      city: address.city.trim(),
      region: given(address.region),
      postalCode: given(address.postalCode),
      country: address.country.trim().toUpperCase(),
      phone: given(address.phone),
      defaultFor: address.defaultFor,
    })),
  };
}

interface Props {
  draft: ContactDraft;
  error: unknown;
  /** Customers sign in by it. */
  emailFixed?: boolean;
  onChange: (draft: ContactDraft) => void;
}

/** Name, billing contact and addresses of a customer: the same fields for the shop and for themselves. */
export function ContactFields({ draft, error, emailFixed = false, onChange }: Props) {
  const word = (name: Exclude<keyof ContactDraft, 'addresses'>) => ({
    value: draft[name],
    onChange: (event: { currentTarget: { value: string } }) =>
      onChange({ ...draft, [name]: event.currentTarget.value }),
  });
  const put = (addresses: AddressDraft[]) => onChange({ ...draft, addresses });
  return (
    <Stack>
      <div className="field-grid">
        <TextInput label="Name" required maxLength={80} {...word('name')} error={fieldError(error, 'name')} />
        <TextInput
          label="E-mail"
          type="email"
          required
          readOnly={emailFixed}
          description={emailFixed ? 'You sign in by it. The shop can change it.' : undefined}
          {...word('email')}
          error={fieldError(error, 'email')}
        />
        <TextInput label="Company" maxLength={80} {...word('company')} error={fieldError(error, 'company')} />
        <TextInput
          label="Phone"
          type="tel"
          maxLength={40}
          {...word('phone')}
          error={fieldError(error, 'phone')}
        />
      </div>
      <Fieldset legend="Billing contact">
        <Text size="sm" c="dimmed" mb="xs">
          Gets a copy of quotes, invoices and reminders. Leave empty if there is none.
        </Text>
        <div className="field-grid">
          <TextInput
            label="Name of the billing contact"
            maxLength={80}
            required={draft.billingEmail !== ''}
            {...word('billingName')}
            error={fieldError(error, 'billingContact.name')}
          />
          <TextInput
            label="E-mail of the billing contact"
            type="email"
            required={draft.billingName !== ''}
            {...word('billingEmail')}
            error={fieldError(error, 'billingContact.email')}
          />
        </div>
      </Fieldset>
      {draft.addresses.map((address, index) => (
        <AddressFields
          // Addresses have no id; they are added at the end.
          key={index}
          address={address}
          at={index}
          error={error}
          onChange={(next) =>
            put(draft.addresses.map((each, place) => (place === index ? next : withoutDefaults(each, next))))
          }
          onRemove={() => put(draft.addresses.filter((_, place) => place !== index))}
        />
      ))}
      <Group>
        <Button
          variant="default"
          disabled={draft.addresses.length >= mostAddresses}
          onClick={() => put([...draft.addresses, emptyAddress(draft)])}
        >
          Add an address
        </Button>
      </Group>
    </Stack>
  );
}

/** One default per use: what another address has become, this one is no more. */
const withoutDefaults = (address: AddressDraft, chosen: AddressDraft): AddressDraft => ({
  ...address,
  defaultFor: address.defaultFor.filter((use) => !chosen.defaultFor.includes(use)),
});

function emptyAddress({ name, company, addresses }: ContactDraft): AddressDraft {
  return {
    ...wordsOf(() => ''),
    label: addresses.length === 0 ? 'Main address' : `Address ${addresses.length + 1}`,
    recipient: name,
    company,
    defaultFor: addresses.length === 0 ? ['shipping', 'billing'] : [],
  };
}

interface AddressProps {
  address: AddressDraft;
  at: number;
  error: unknown;
  onChange: (address: AddressDraft) => void;
  onRemove: () => void;
}

function AddressFields({ address, at, error, onChange, onRemove }: AddressProps) {
  const word = (name: Word) => ({
    value: address[name],
    onChange: (event: { currentTarget: { value: string } }) =>
      onChange({ ...address, [name]: event.currentTarget.value }),
    error: fieldError(error, `addresses.${at}.${name}`),
  });
  const use = (name: Use) => ({
    checked: address.defaultFor.includes(name),
    onChange: (event: { currentTarget: { checked: boolean } }) =>
      onChange({
        ...address,
        defaultFor: event.currentTarget.checked
          ? [...address.defaultFor, name]
          : address.defaultFor.filter((each) => each !== name),
      }),
  });
  return (
    <Fieldset legend={address.label || `Address ${at + 1}`}>
      <div className="field-grid">
        <TextInput label="What you call it" required maxLength={40} {...word('label')} />
        <TextInput label="Recipient" required maxLength={80} {...word('recipient')} />
        <TextInput label="Company" maxLength={80} {...word('company')} />
        <TextInput label="Street" required maxLength={120} {...word('street1')} />
        <TextInput label="Street, second line" maxLength={120} {...word('street2')} />
        <TextInput label="City" required maxLength={80} {...word('city')} />
        <TextInput label="State or region" maxLength={80} {...word('region')} />
        <TextInput label="Postal code" maxLength={20} {...word('postalCode')} />
        <TextInput label="Country" placeholder="US" required maxLength={2} {...word('country')} />
        <TextInput label="Phone" type="tel" maxLength={40} {...word('phone')} />
      </div>
      <Group mt="sm" justify="space-between">
        <Group>
          <Checkbox label="Ship here by default" {...use('shipping')} />
          <Checkbox label="Bill here by default" {...use('billing')} />
        </Group>
        <Button size="xs" variant="default" onClick={onRemove}>
          Remove this address
        </Button>
      </Group>
    </Fieldset>
  );
}
