import { Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { createPurchaseOrder, listPurchaseOrders } from '#contract/routes/documents.ts';
import type { JobView } from '#contract/views/job.ts';
import { useCall } from '../../shared/calls.tsx';
import { Dialog } from '../../shared/dialog.tsx';
import { OpenDocument } from '../../shared/documents.tsx';
import { money } from '../../shared/format.ts';
import { ProblemBox } from '../../shared/problem.tsx';
import { keys } from '../../shared/queries.ts';
import { Day } from '../../shared/time.tsx';
import { mayCall, useOffice } from '../office.ts';
import { PurchaseOrderForm } from './purchase-order-form.tsx';

/** What was ordered from vendors for the job. */
export function PurchaseOrders({ job }: { job: JobView }) {
  const { role } = useOffice();
  const call = useCall();
  const [open, setOpen] = useState(false);
  const mayRead = mayCall(role, listPurchaseOrders);
  const list = useQuery({
    queryKey: keys.purchaseOrders(job.id),
    queryFn: () => call(listPurchaseOrders, { params: { jobId: job.id } }),
    enabled: mayRead,
  });
  if (!mayRead) return null;
  const orders = list.data?.purchaseOrders ?? [];
  return (
    <section className="card">
      <Group justify="space-between">
        <h2>Ordered from vendors</h2>
        {mayCall(role, createPurchaseOrder) && (
          <Button size="xs" variant="default" onClick={() => setOpen(true)}>
            Write a purchase order
          </Button>
        )}
      </Group>
      <ProblemBox error={list.error} onRetry={() => void list.refetch()} />
      {list.data && orders.length === 0 && (
        <Text size="sm" c="dimmed">
          Nothing yet.
        </Text>
      )}
      <ul className="plain-list">
        {orders.map(({ id, number, vendor, lines, totalMinor, currency, neededBy, issuedAt }) => (
          <li key={id} style={{ padding: '8px 0' }}>
            <Group justify="space-between" wrap="nowrap" align="start">
              <div style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
                <Text size="sm" fw={600}>
                  {number} to {vendor.name}
                  {totalMinor !== undefined && `, ${money(totalMinor, currency)}`}
                </Text>
                <Text size="sm">
                  {lines.map(({ label, quantity }) => `${quantity} × ${label}`).join(', ')}
                </Text>
                <Text size="xs" c="dimmed">
                  <Day at={issuedAt} />
                  {neededBy && (
                    <>
                      , needed by <Day at={neededBy} />
                    </>
                  )}
                </Text>
              </div>
              <OpenDocument jobId={job.id} documentKey={`purchase_order-${id}`} name={number} />
            </Group>
          </li>
        ))}
      </ul>
      {open && (
        <Dialog title="Purchase order" onClose={() => setOpen(false)}>
          <PurchaseOrderForm job={job} onClose={() => setOpen(false)} />
        </Dialog>
      )}
    </section>
  );
}
