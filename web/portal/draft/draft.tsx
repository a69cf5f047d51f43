import { Button, Group, Progress, Stack, Text, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { addPart, cancelJob, getPrice, submitJob } from '#contract/routes/jobs.ts';
import { placeOrder } from '#contract/routes/lifecycle.ts';
import type { JobView } from '#contract/views/job.ts';
import { useAction, useCall } from '../../shared/calls.tsx';
import { EditJob } from '../../shared/edit-job.tsx';
import { FileMark, FileReport } from '../../shared/file-report.tsx';
import { isUnrepaired, type FileView } from '../../shared/file-view.ts';
import { money } from '../../shared/format.ts';
import { pollEvery } from '../../shared/live.ts';
import { PriceTable } from '../../shared/price-table.tsx';
import { fieldError, ProblemBox } from '../../shared/problem.tsx';
import { keys } from '../../shared/queries.ts';
import { RemoveFile } from '../../shared/remove-file.tsx';
import { Day } from '../../shared/time.tsx';
import { Waiting } from '../../shared/waiting.tsx';
import { useVisit } from '../visit.ts';
import { FileDrop } from '../../shared/file-drop.tsx';
import { PartFields } from './part-fields.tsx';
import { dropUpload, retryUpload, startUploads, useUploads, type Upload } from '../../shared/uploads.ts';

/** A request that is still being put together. */
export function Draft({ job }: { job: JobView }) {
  const { byLink } = useVisit();
  const call = useCall();
  const queries = useQueryClient();
  const uploads = useUploads().filter((upload) => upload.jobId === job.id);
  const submit = useAction(submitJob);
  const cancel = useAction(cancelJob);
  const renewJob = () => void queries.invalidateQueries({ queryKey: keys.job(job.id) });

  if (byLink) return <Text>This request has not been sent yet. Sign in to finish it.</Text>;
  const known = new Set(uploads.map((upload) => upload.fileId));
  const pending = uploads.some((each) => each.state === 'sending');
  return (
    <div className="order-grid">
      <Stack>
        <section className="card">
          <h2>Files</h2>
          <ul className="plain-list">
            {uploads
              .filter((upload) => upload.state !== 'sent')
              .map((upload) => (
                <UploadRow
                  key={upload.key}
                  upload={upload}
                  onRetry={() => retryUpload(call, upload, renewJob)}
                />
              ))}
            {job.files
              .filter((file) => file.state !== 'awaiting_upload' || !known.has(file.id))
              .map((file) => (
                <FileRow
                  key={file.id}
                  job={job}
                  file={file}
                  fresh={uploads.find((each) => each.fileId === file.id)}
                />
              ))}
          </ul>
          <FileDrop onFiles={(files) => startUploads(call, job.id, files, renewJob)} />
        </section>
      </Stack>
      <Stack>
        <Wishes job={job} />
        <LivePrice job={job} />
        <PlaceNow job={job} pending={pending} />
        <ProblemBox error={submit.error ?? cancel.error} />
        <Button
          size="md"
          disabled={job.parts.length === 0 || pending}
          loading={submit.isPending}
          onClick={() => submit.run({ params: { jobId: job.id }, body: {} })}
        >
          Ask for a quote
        </Button>
        <Text size="sm" c="dimmed">
          {pending
            ? 'Wait until every file is checked.'
            : 'The shop looks at your files and sends a binding quote. Nothing is ordered yet.'}
        </Text>
        <Group>
          <Button
            variant="default"
            size="xs"
            loading={cancel.isPending}
            onClick={() =>
              cancel.run({ params: { jobId: job.id }, body: { reason: 'Given up before sending' } })
            }
          >
            Give this request up
          </Button>
        </Group>
      </Stack>
    </div>
  );
}

/** What was said when the request was opened. */
function Wishes({ job }: { job: JobView }) {
  return (
    <section className="card">
      <Group justify="space-between">
        <h2>Your request</h2>
        <EditJob job={job} />
      </Group>
      <Text size="sm">
        {job.delivery === 'pickup' ? 'To be picked up' : 'To be shipped'}
        {job.wantedBy && (
          <>
            , wanted by <Day at={job.wantedBy} />
          </>
        )}
      </Text>
      {job.note && (
        <Text size="sm" style={{ whiteSpace: 'pre-line' }}>
          “{job.note}”
        </Text>
      )}
    </section>
  );
}

/** The order at the price on screen, where the shop allows it and nothing has to be looked at first. */
function PlaceNow({ job, pending }: { job: JobView; pending: boolean }) {
  const call = useCall();
  const [name, setName] = useState('');
  const place = useAction(placeOrder);
  const step = job.steps.find(({ command }) => command === 'place');
  const offered = step !== undefined && step.missing === undefined && job.parts.length > 0;
  const price = useQuery({
    queryKey: [...keys.price(job.id), job.version],
    queryFn: () => call(getPrice, { params: { jobId: job.id } }),
    enabled: offered,
  });
  const { totalMinor, currency, options } = price.data ?? {};
  if (!offered || typeof totalMinor !== 'number' || !currency || !options?.placeNow) return null;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        place.run({ params: { jobId: job.id }, body: { totalMinor, name: name.trim() } });
      }}
    >
      <Stack>
        <TextInput
          label="Your name"
          description="Typing it here is your signature"
          autoComplete="name"
          required
          maxLength={80}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={fieldError(place.error, 'name')}
        />
        <ProblemBox error={place.error} />
        <Button type="submit" variant="default" disabled={pending} loading={place.isPending}>
          Order now for {money(totalMinor, currency)}
        </Button>
      </Stack>
    </form>
  );
}

function UploadRow({ upload, onRetry }: { upload: Upload; onRetry: () => void }) {
  return (
    <li style={{ padding: '10px 0' }}>
      <Text style={{ overflowWrap: 'anywhere' }}>{upload.file.name}</Text>
      {upload.state === 'sending' ? (
        <Progress
          value={upload.progress * 100}
          aria-label={`Upload of ${upload.file.name}`}
          mt={6}
          color="indigo"
        />
      ) : (
        <Group mt={6}>
          <Text size="sm">{upload.problem}</Text>
          <Button size="xs" variant="default" onClick={onRetry}>
            Try again
          </Button>
          <Button size="xs" variant="default" onClick={() => dropUpload(upload.key)}>
            Leave it out
          </Button>
        </Group>
      )}
    </li>
  );
}

/** A file with its parts. One that was uploaded just now is ordered once as soon as its check allows. */
function FileRow({ job, file, fresh }: { job: JobView; file: FileView; fresh: Upload | undefined }) {
  const { shop } = useVisit();
  const parts = job.parts.filter((part) => part.fileId === file.id);
  const add = useAction(addPart);
  const materialId = shop.materials[0]?.id ?? '';
  const finishId = shop.finishes[0]?.id ?? '';
  const order = () =>
    add.run({ params: { jobId: job.id }, body: { fileId: file.id, materialId, finishId, quantity: 1 } });

  const kind = file.state === 'checked' ? file.report?.kind : undefined;
  const orderNow = fresh !== undefined && kind === 'mesh' && parts.length === 0;
  useEffect(() => {
    if (!orderNow) return;
    // Once only: whoever removes the part later means it.
    dropUpload(fresh.key);
    order();
  }, [orderNow]);

  return (
    <li style={{ padding: '12px 0' }}>
      <Group justify="space-between" mb={6}>
        <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
          {file.name}
        </Text>
        <FileMark file={file} />
      </Group>
      <FileReport
        jobId={job.id}
        file={file}
        open={job.files.length === 1}
        mayRescale
        mayRepair={isUnrepaired(job, file)}
      />
      {parts.map((part) => (
        <PartFields key={part.id} job={job} part={part} />
      ))}
      <Group mt="sm">
        {(kind === 'mesh' || kind === 'drawing') && (
          <Button size="xs" variant="default" loading={add.isPending} onClick={order}>
            {parts.length === 0 ? 'Order this file' : 'Order it in another material too'}
          </Button>
        )}
        <RemoveFile job={job} file={file} />
      </Group>
      <ProblemBox error={add.error} />
    </li>
  );
}

function LivePrice({ job }: { job: JobView }) {
  const call = useCall();
  const priced = job.parts.length > 0;
  const price = useQuery({
    queryKey: [...keys.price(job.id), job.version],
    queryFn: () => call(getPrice, { params: { jobId: job.id } }),
    enabled: priced,
    placeholderData: (before) => before,
    refetchInterval: () => pollEvery(false),
  });
  return (
    <section className="card" aria-live="polite">
      <h2>Price</h2>
      {!priced && <Text c="dimmed">The price shows as soon as a file is checked.</Text>}
      {priced && price.isPending && <Waiting heights={[90]} />}
      {priced && <ProblemBox error={price.error} />}
      {priced && price.data && (
        <>
          <PriceTable price={price.data} />
          {price.data.reviewReasons.map((reason) => (
            <Text size="sm" key={`${reason.code} ${reason.partId ?? ''}`} mt={6}>
              {reason.message}
            </Text>
          ))}
        </>
      )}
    </section>
  );
}
