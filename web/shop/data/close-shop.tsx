import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { closeShop, reopenShop, type ShopView } from '#contract/routes/shops.ts';
import { useAction } from '../../shared/calls.tsx';
import { Dialog } from '../../shared/dialog.tsx';
import { fieldError, ProblemBox } from '../../shared/problem.tsx';
import { Day } from '../../shared/time.tsx';
import { useOffice } from '../office.ts';

/** The end of a shop: asked for, taken back, or a fortnight later done. */
export function CloseShop() {
  const { shop } = useOffice();
  const [asking, setAsking] = useState(false);
  const reopen = useAction(reopenShop);
  return (
    <section className="card">
      <h2>{headline(shop.closing)}</h2>
      {shop.closing?.isBeingDeleted ? (
        <Text>
          {shop.closing.askedBy} closed it. Nobody gets in any more, and within half an hour everything of it
          is gone.
        </Text>
      ) : shop.closing ? (
        <Stack gap="sm">
          <Text>
            {shop.closing.askedBy} closed it. On <Day at={shop.closing.deleteAt} /> everything of it is
            deleted: jobs, customers, invoices, files, machines. Export first what you have to keep; nobody
            else keeps it.
          </Text>
          <Group>
            <Button loading={reopen.isPending} onClick={() => reopen.run({})}>
              Open the shop again
            </Button>
          </Group>
          <ProblemBox error={reopen.error} />
        </Stack>
      ) : (
        <Stack gap="sm">
          <Text>
            Your portal takes no new requests from then on. Two weeks later nobody gets in any more, and
            within half an hour everything is deleted for good. Until then you can open the shop again.
          </Text>
          <Group>
            <Button color="red" variant="outline" onClick={() => setAsking(true)}>
              Close the shop…
            </Button>
          </Group>
        </Stack>
      )}
      {asking && !shop.closing && <AskName name={shop.name} onClose={() => setAsking(false)} />}
    </section>
  );
}

const headline = (closing: ShopView['closing']): string => {
  if (closing?.isBeingDeleted) return 'This shop is being deleted';
  return closing ? 'This shop is closed' : 'Close the shop';
};

function AskName({ name, onClose }: { name: string; onClose: () => void }) {
  const [typed, setTyped] = useState('');
  const close = useAction(closeShop, onClose);
  return (
    <Dialog title="Close the shop" onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          close.run({ body: { name: typed } });
        }}
      >
        <Stack gap="sm">
          <Text>Invoices and records the law makes you keep are yours to keep: export them first.</Text>
          <TextInput
            label={`Type the name of the shop: ${name}`}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            error={fieldError(close.error, 'name')}
            required
            autoComplete="off"
          />
          {fieldError(close.error, 'name') === undefined && <ProblemBox error={close.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" color="red" loading={close.isPending} disabled={typed.trim() === ''}>
              Close the shop
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
