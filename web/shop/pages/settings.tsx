import { Button, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { getUsage } from '#contract/routes/account.ts';
import { listMailSettings } from '#contract/routes/mail.ts';
import { connectPayments } from '#contract/routes/shops.ts';
import { useAction } from '../../shared/calls.tsx';
import { CopyField } from '../../shared/copy-field.tsx';
import { ProblemBox } from '../../shared/problem.tsx';
import { Mark } from '../../shared/status.tsx';
import { mayCall, portalUrl, useOffice } from '../office.ts';
import { chooseShop } from '../session.ts';

const howYouWork = [
  {
    to: '/settings/letterhead',
    word: 'Letterhead',
    says: 'Logo, address, colour and terms on quotes, invoices and slips',
  },
  {
    to: '/settings/workflows',
    word: 'Workflows',
    says: 'What statuses are called, which are used, when they are flagged; deposit and payment terms',
  },
  { to: '/settings/checklists', word: 'Checklists', says: 'What is looked at before a job leaves the shop' },
  {
    to: '/price-book',
    word: 'Price book',
    says: 'Prices, tax, and whether customers order at once or after your review',
  },
] as const;

export function SettingsPage() {
  const { shop, shops, role } = useOffice();
  const connect = useAction(connectPayments);
  return (
    <>
      <title>Settings · Kerf</title>
      <div className="page-head">
        <h1>Settings</h1>
      </div>
      <Stack>
        <section className="card">
          <h2>Shop</h2>
          <dl className="facts">
            <div>
              <dt>Name</dt>
              <dd>{shop.name}</dd>
            </div>
            <div>
              <dt>E-mail</dt>
              <dd>{shop.email}</dd>
            </div>
            <div>
              <dt>Currency</dt>
              <dd>{shop.currency}</dd>
            </div>
            <div>
              <dt>Time zone</dt>
              <dd>{shop.timeZone}</dd>
            </div>
            <div>
              <dt>Quotes stay valid</dt>
              <dd>{shop.quoteValidDays} days</dd>
            </div>
          </dl>
          {shops.length > 1 && (
            <NativeSelect
              mt="md"
              maw={320}
              label="Work in another shop"
              value={shop.id}
              onChange={(event) => {
                chooseShop(event.currentTarget.value);
                location.assign('/jobs');
              }}
              data={shops.map(({ shopId, name }) => ({ value: shopId, label: name }))}
            />
          )}
        </section>
        <section className="card">
          <h2>How you work</h2>
          <ul className="plain-list">
            {howYouWork.map(({ to, word, says }) => (
              <li key={to} style={{ padding: '8px 0' }}>
                <Link to={to} className="plain-link">
                  {word}
                </Link>
                <Text size="sm" c="dimmed">
                  {says}
                </Text>
              </li>
            ))}
          </ul>
        </section>
        <section className="card">
          <h2>Portal</h2>
          <Text mb="sm">Customers send requests, approve quotes and pay here.</Text>
          <CopyField label="Portal link" value={portalUrl(shop)} />
        </section>
        {mayCall(role, listMailSettings) && (
          <section className="card">
            <h2>Mails</h2>
            <Text mb="sm">What customers and you are told by mail, and in which words.</Text>
            <Link to="/settings/mails" style={{ color: 'var(--mantine-color-anchor)' }}>
              Change the mails
            </Link>
          </section>
        )}
        {mayCall(role, getUsage) && (
          <section className="card">
            <h2>Plan and usage</h2>
            <Text mb="sm">What you use of your plan, month by month, and when Kerf’s support was here.</Text>
            <Link to="/settings/account" style={{ color: 'var(--mantine-color-anchor)' }}>
              See plan and usage
            </Link>
          </section>
        )}
        <section className="card">
          <h2>Payments</h2>
          <Group justify="space-between">
            <Text>
              {shop.paymentsReady
                ? 'Customers pay online; the money goes to your own account.'
                : 'Connect your own account at the payment provider, so that customers can pay online.'}
            </Text>
            {shop.paymentsReady ? (
              <Mark tone="green" icon="check">
                Connected
              </Mark>
            ) : mayCall(role, connectPayments) ? (
              <Button loading={connect.isPending} onClick={() => connect.run({})}>
                Connect payments
              </Button>
            ) : (
              <Text c="dimmed">The owner can do this.</Text>
            )}
          </Group>
          <ProblemBox error={connect.error} />
        </section>
      </Stack>
    </>
  );
}
