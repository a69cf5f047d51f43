import { Button, Checkbox, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { listPhotos } from '#contract/routes/quality.ts';
import { assignVendor, listVendors, showToVendor } from '#contract/routes/vendors.ts';
import type { JobView } from '#contract/views/job.ts';
import { isLive } from '#domain/job/job.ts';
import { useAction, useCall } from '../../shared/calls.tsx';
import { Dialog } from '../../shared/dialog.tsx';
import { FormDialogButtons } from '../../shared/form-dialog-buttons.tsx';
import { money } from '../../shared/format.ts';
import { fieldError, ProblemBox } from '../../shared/problem.tsx';
import { keys } from '../../shared/queries.ts';
import { Ago, Day } from '../../shared/time.tsx';
import { mayCall, useOffice } from '../office.ts';

/** Who makes the piece outside, what they asked, and what of the job they see. */
export function VendorCard({ job }: { job: JobView }) {
  const { role } = useOffice();
  const [open, setOpen] = useState<'vendor' | 'files'>();
  const close = () => setOpen(undefined);
  const { vendor, vendorPrice } = job;
  const mayChange = isLive(job) && mayCall(role, assignVendor);
  return (
    <section className="card">
      <Group justify="space-between">
        <h2>Vendor</h2>
        {mayChange && (
          <Button size="xs" variant="default" onClick={() => setOpen('vendor')}>
            {vendor ? 'Replace' : 'Choose a vendor'}
          </Button>
        )}
      </Group>
      {!vendor && <Text c="dimmed">Made in the house, or nobody is chosen yet.</Text>}
      {vendor && (
        <>
          <dl className="facts">
            <div>
              <dt>Company</dt>
              <dd>
                {vendor.vendorId ? (
                  <Link
                    to="/vendors/$vendorId"
                    params={{ vendorId: vendor.vendorId }}
                    style={{ color: 'var(--mantine-color-anchor)' }}
                  >
                    {vendor.name}
                  </Link>
                ) : (
                  vendor.name
                )}
              </dd>
            </div>
            <div>
              <dt>E-mail</dt>
              <dd>{vendor.email}</dd>
            </div>
            <div>
              <dt>Heard of the job</dt>
              <dd>{vendor.toldAt ? <Ago at={vendor.toldAt} /> : 'Not yet'}</dd>
            </div>
            <div>
              <dt>Link in their mail</dt>
              <dd>{vendor.open ? 'Open' : 'Closed'}</dd>
            </div>
            {vendorPrice && (
              <div>
                <dt>Asks</dt>
                <dd>
                  {money(vendorPrice.costMinor, vendorPrice.currency)}
                  {vendorPrice.readyBy && (
                    <>
                      , ready by <Day at={vendorPrice.readyBy} />
                    </>
                  )}
                </dd>
              </div>
            )}
          </dl>
          {vendorPrice?.note && <Text mt="sm">“{vendorPrice.note}”</Text>}
          {mayCall(role, showToVendor) && isLive(job) && (
            <Group mt="sm">
              <Button size="xs" variant="default" onClick={() => setOpen('files')}>
                What they see ({vendor.shows.length})
              </Button>
            </Group>
          )}
        </>
      )}
      {open === 'vendor' && (
        <Dialog title={vendor ? 'Another vendor' : 'Choose a vendor'} onClose={close}>
          <AssignForm job={job} onClose={close} />
        </Dialog>
      )}
      {open === 'files' && (
        <Dialog title="What the vendor sees" onClose={close}>
          <ShowForm job={job} onClose={close} />
        </Dialog>
      )}
    </section>
  );
}

export function useVendors() {
  const call = useCall();
  return useQuery({
    queryKey: [...keys.vendors, false],
    queryFn: () => call(listVendors, {}),
  });
}

function AssignForm({ job, onClose }: { job: JobView; onClose: () => void }) {
  const vendors = useVendors();
  const [vendorId, setVendorId] = useState('');
  const [reason, setReason] = useState('');
  const assign = useAction(assignVendor, onClose);
  const choices = (vendors.data?.vendors ?? []).filter(({ id }) => id !== job.vendor?.vendorId);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        assign.run({
          params: { jobId: job.id },
          body: {
            vendorId: vendorId === '' ? null : vendorId,
            ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
          },
        });
      }}
    >
      <Stack>
        <Text size="sm">
          {job.status === 'vendor_quote'
            ? 'They are asked for a price at once; whom they replace is told that it is no longer needed.'
            : job.status === 'in_production'
              ? 'They get the go-ahead at once; whom they replace is told to stop.'
              : 'They hear of it when you ask for a price or when the work begins.'}
        </Text>
        <NativeSelect
          label="Vendor"
          required
          value={vendorId}
          onChange={(event) => setVendorId(event.currentTarget.value)}
          error={fieldError(assign.error, 'vendorId')}
          data={[
            { value: '', label: job.vendor ? 'None: made in the house' : 'Choose one' },
            ...choices.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        {vendors.isSuccess && choices.length === 0 && (
          <Text size="sm">
            There is no other vendor yet.{' '}
            <Link to="/vendors" style={{ color: 'var(--mantine-color-anchor)' }}>
              Add one
            </Link>
          </Text>
        )}
        {job.vendor && (
          <TextInput
            label="Reason"
            required
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            error={fieldError(assign.error, 'reason')}
          />
        )}
        <ProblemBox error={vendors.error ?? assign.error} />
        <FormDialogButtons
          word="Save"
          pending={assign.isPending}
          disabled={vendorId === '' && !job.vendor}
          onClose={onClose}
        />
      </Stack>
    </form>
  );
}

/** Photos and files of the job to tick off; nothing is shown that is not ticked. */
export function ShownChoice({
  job,
  shows,
  onChange,
}: {
  job: JobView;
  shows: readonly string[];
  onChange: (shows: string[]) => void;
}) {
  const call = useCall();
  const list = useQuery({
    queryKey: keys.photos(job.id),
    queryFn: () => call(listPhotos, { params: { jobId: job.id } }),
  });
  const photos = (list.data?.photos ?? []).filter(({ state }) => state === 'stored');
  const things = [
    ...photos.map(({ id, name, caption }) => ({ id, name: caption ?? name })),
    ...job.files.filter(({ state }) => state === 'checked').map(({ id, name }) => ({ id, name })),
  ];
  return (
    <Stack gap="xs">
      <Text size="sm" c="dimmed">
        They always see title and specification; never the customer, the note or your prices. Names of files
        are replaced by numbers.
      </Text>
      {list.isSuccess && things.length === 0 && <Text size="sm">The job has no photo and no file.</Text>}
      {things.map(({ id, name }) => (
        <Checkbox
          key={id}
          label={name}
          checked={shows.includes(id)}
          onChange={(event) =>
            onChange(event.currentTarget.checked ? [...shows, id] : shows.filter((each) => each !== id))
          }
        />
      ))}
    </Stack>
  );
}

function ShowForm({ job, onClose }: { job: JobView; onClose: () => void }) {
  const [shows, setShows] = useState<string[]>(job.vendor?.shows ?? []);
  const save = useAction(showToVendor, onClose);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.run({ params: { jobId: job.id }, body: { shows } });
      }}
    >
      <Stack>
        <ShownChoice job={job} shows={shows} onChange={setShows} />
        <ProblemBox error={save.error} />
        <FormDialogButtons word="Save" pending={save.isPending} onClose={onClose} />
      </Stack>
    </form>
  );
}
