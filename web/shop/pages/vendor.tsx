import { Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { archiveVendor, getVendor, replaceVendor } from '#contract/routes/vendors.ts';
import { useAction, useCall } from '../../shared/calls.tsx';
import { Dialog } from '../../shared/dialog.tsx';
import { money } from '../../shared/format.ts';
import { keys } from '../../shared/queries.ts';
import { mayCall, useOffice } from '../office.ts';
import { RecordAwaited, RecordHead } from '../people/record-page.tsx';
import { VendorForm } from '../people/vendor-form.tsx';

const here = getRouteApi('/office/vendors/$vendorId');

export function VendorPage() {
  const { vendorId } = here.useParams();
  const { role, shop } = useOffice();
  const call = useCall();
  const [editing, setEditing] = useState(false);
  const found = useQuery({
    queryKey: [...keys.vendors, vendorId],
    queryFn: () => call(getVendor, { params: { vendorId } }),
  });
  const archive = useAction(archiveVendor);
  const vendor = found.data;
  if (!vendor) return <RecordAwaited what="Vendor" found={found} heights={[56, 200]} />;
  const facts: [string, string | undefined][] = [
    ['Contact', vendor.contact],
    ['E-mail', vendor.email],
    ['Phone', vendor.phone],
    ['What they do', vendor.processes.join(', ') || undefined],
    ['Lead time', vendor.leadTimeDays === undefined ? undefined : `${vendor.leadTimeDays} days`],
    [
      'Smallest order',
      vendor.minimumOrderMinor === undefined ? undefined : money(vendor.minimumOrderMinor, shop.currency),
    ],
  ];
  return (
    <>
      <RecordHead
        name={vendor.name}
        archived={vendor.archivedAt !== undefined}
        list={{ to: '/vendors', word: 'Vendors' }}
        archive={
          mayCall(role, archiveVendor)
            ? { ...archive, run: (archived) => archive.run({ params: { vendorId }, body: { archived } }) }
            : undefined
        }
      >
        {mayCall(role, replaceVendor) && <Button onClick={() => setEditing(true)}>Edit</Button>}
      </RecordHead>
      <section className="card">
        <h2>Contact</h2>
        <dl className="facts">
          {facts.map(
            ([name, value]) =>
              value !== undefined && (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd>{value}</dd>
                </div>
              ),
          )}
        </dl>
        {vendor.note && (
          <Text mt="md" style={{ whiteSpace: 'pre-line' }}>
            {vendor.note}
          </Text>
        )}
        <Text size="sm" c="dimmed" mt="md">
          Jobs keep a vendor as they were when chosen.
        </Text>
      </section>
      {editing && (
        <Dialog title="Edit the vendor" onClose={() => setEditing(false)}>
          <VendorForm vendor={vendor} onDone={() => setEditing(false)} onClose={() => setEditing(false)} />
        </Dialog>
      )}
    </>
  );
}
