import { Button, NativeSelect, Stack, Text, TextInput, Title } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { createShop } from '#contract/routes/shops.ts';
import type { Trade } from '#domain/price/seed-books.ts';
import { useAction } from '../../shared/calls.tsx';
import { fieldError, ProblemBox } from '../../shared/problem.tsx';
import { chooseShop, endSession } from '../session.ts';

const currencies = [
  'USD',
  'EUR',
  'GBP',
  'CHF',
  'CAD',
  'AUD',
  'NZD',
  'SEK',
  'NOK',
  'DKK',
  'PLN',
  'CZK',
  'JPY',
];
const trades: Record<Trade, string> = {
  print_farm: 'Filament printing',
  resin_studio: 'Resin and powder printing',
  laser_shop: 'Laser cutting',
  cnc_shop: 'CNC milling',
  jeweler: 'Jewelry and casting',
};
const tradeOptions = Object.entries(trades).map(([value, label]) => ({ value, label }));
const zones = Intl.supportedValuesOf('timeZone');
const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** A first guess from where the browser is; the select beside it corrects it. */
function likelyCurrency(): string {
  const { locale } = Intl.DateTimeFormat().resolvedOptions();
  const region = new Intl.Locale(locale).maximize().region ?? 'US';
  const known: Record<string, string> = {
    GB: 'GBP',
    CH: 'CHF',
    CA: 'CAD',
    AU: 'AUD',
    NZ: 'NZD',
    SE: 'SEK',
    NO: 'NOK',
    DK: 'DKK',
    PL: 'PLN',
    CZ: 'CZK',
    JP: 'JPY',
    US: 'USD',
  };
  return known[region] ?? (ownZone.startsWith('Europe/') ? 'EUR' : 'USD');
}

export function OpenShopPage() {
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [currency, setCurrency] = useState(likelyCurrency);
  const [trade, setTrade] = useState<Trade>('print_farm');
  const [timeZone, setTimeZone] = useState(zones.includes(ownZone) ? ownZone : 'UTC');
  const open = useAction(createShop, (shop) => {
    chooseShop(shop.id);
    void navigate({ to: '/jobs' });
  });
  return (
    <main className="narrow">
      <title>Open your shop · Kerf</title>
      <Title order={1} size="h2" mb="xs">
        Open your shop
      </Title>
      <Text c="dimmed" mb="lg">
        You get a price book to start from and a portal for your customers.
      </Text>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          open.run({ body: { name: name.trim(), currency, timeZone, trade } });
        }}
      >
        <Stack>
          <TextInput
            label="Name of the shop"
            description="Your customers see it"
            required
            minLength={2}
            maxLength={80}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={fieldError(open.error, 'name')}
          />
          <NativeSelect
            label="What you mainly do"
            description="Decides the price book you start with"
            data={tradeOptions}
            value={trade}
            onChange={(event) => setTrade(event.currentTarget.value as Trade)}
          />
          <NativeSelect
            label="Currency"
            description="Can not be changed later"
            data={currencies}
            value={currency}
            onChange={(event) => setCurrency(event.currentTarget.value)}
          />
          <NativeSelect
            label="Time zone"
            data={zones.includes(timeZone) ? zones : [timeZone, ...zones]}
            value={timeZone}
            onChange={(event) => setTimeZone(event.currentTarget.value)}
          />
          <ProblemBox error={open.error} />
          <Button type="submit" loading={open.isPending}>
            Open the shop
          </Button>
          <Button
            variant="subtle"
            onClick={() => {
              endSession();
              void navigate({ to: '/sign-in' });
            }}
          >
            Sign out
          </Button>
        </Stack>
      </form>
    </main>
  );
}
