import { Button, NativeSelect, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { createVendor, listVendors } from '#contract/routes/vendors.ts';
import { useCall } from '../../shared/calls.tsx';
import { Dialog } from '../../shared/dialog.tsx';
import { ProblemBox } from '../../shared/problem.tsx';
import { keys } from '../../shared/queries.ts';
import { Waiting } from '../../shared/waiting.tsx';
import { mayCall, useOffice } from '../office.ts';
import { VendorForm } from '../people/vendor-form.tsx';

export function VendorsPage() {
  const { role } = useOffice();
  const call = useCall();
  const navigate = useNavigate();
  const [archived, setArchived] = useState(false);
  const [adding, setAdding] = useState(false);
  const list = useQuery({
    queryKey: [...keys.vendors, archived],
    queryFn: () => call(listVendors, { query: { archived: archived ? 'true' : 'false' } }),
  });
  const vendors = list.data?.vendors ?? [];
  return (
    <>
      <title>Vendors · Kerf</title>
      <div className="page-head">
        <h1>Vendors</h1>
        {mayCall(role, createVendor) && <Button onClick={() => setAdding(true)}>Add a vendor</Button>}
      </div>
      <NativeSelect
        label="Show"
        maw={260}
        mb="md"
        value={archived ? 'archived' : 'current'}
        onChange={(event) => setArchived(event.currentTarget.value === 'archived')}
        data={[
          { value: 'current', label: 'Current vendors' },
          { value: 'archived', label: 'Archived ones' },
        ]}
      />
      <ProblemBox error={list.error} onRetry={() => void list.refetch()} />
      {list.isPending && <Waiting heights={[64, 64]} />}
      {list.isSuccess && vendors.length === 0 && (
        <div className="card">
          <Text>
            {archived
              ? 'Nobody is archived.'
              : 'No vendors yet. Add those who cast, set or plate for you: they get requests by mail and answer by a link, without a password.'}
          </Text>
        </div>
      )}
      {vendors.length > 0 && (
        <ul className="plain-list card" style={{ padding: 0 }} aria-label="Vendors">
          {vendors.map((vendor) => (
            <li key={vendor.id}>
              <Link to="/vendors/$vendorId" params={{ vendorId: vendor.id }} className="person-row">
                <span>
                  <b>{vendor.name}</b>
                  <Text span size="sm" c="dimmed" display="block">
                    {[vendor.contact, vendor.email].filter(Boolean).join(' · ')}
                  </Text>
                </span>
                <Text span size="sm" c="dimmed">
                  {[
                    vendor.processes.join(', '),
                    vendor.leadTimeDays === undefined ? '' : `${vendor.leadTimeDays} days`,
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </Text>
              </Link>
            </li>
          ))}
        </ul>
      )}
      {adding && (
        <Dialog title="Add a vendor" onClose={() => setAdding(false)}>
          <VendorForm
            onDone={({ id }) => void navigate({ to: '/vendors/$vendorId', params: { vendorId: id } })}
            onClose={() => setAdding(false)}
          />
        </Dialog>
      )}
    </>
  );
}
