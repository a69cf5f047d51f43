import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { addPart, cancelJob, submitJob } from '#contract/routes/jobs.ts';
import { placeOrder } from '#contract/routes/lifecycle.ts';
import type { JobView } from '#contract/views/job.ts';
import { useAction, useCall } from '../../shared/calls.tsx';
import { EditJob } from '../../shared/edit-job.tsx';
import { FileMark, FileReport } from '../../shared/file-report.tsx';
import { isUnrepaired, type FileView } from '../../shared/file-view.ts';
import { money } from '../../shared/format.ts';
import { changesOf, materialsFor, type Choices } from '../../shared/part-choices.ts';
import { ProblemBox } from '../../shared/problem.tsx';
import { keys } from '../../shared/queries.ts';
import { RemoveFile } from '../../shared/remove-file.tsx';
import { Day } from '../../shared/time.tsx';
import { SignedForm } from '../signed-form.tsx';
import { useVisit } from '../visit.ts';
import { FileDrop } from '../../shared/file-drop.tsx';
import { LivePrice, useLivePrice, type ChosenPrice } from './live-price.tsx';
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
  const [chosen, setChosen] = useState<ReadonlyMap<string, Choices>>(new Map());
  const choose = useCallback(
    (partId: string, choices: Choices) => setChosen((before) => new Map(before).set(partId, choices)),
    [],
  );
  const price = useLivePrice(job, chosen, !byLink);
  const [waiting, setWaiting] = useState<{ toOrder: boolean; run: () => void }>();
  const stopWaiting = useCallback(() => setWaiting(undefined), []);
  const unstored = job.parts.some((part) => {
    const choices = chosen.get(part.id);
    return choices !== undefined && Object.keys(changesOf(part, choices)).length > 0;
  });
  // What was chosen last is stored first.
  const next = unstored ? undefined : waiting;
  useEffect(() => {
    if (!next) return;
    setWaiting(undefined);
    next.run();
  }, [next]);
  const renewJob = () => void queries.invalidateQueries({ queryKey: keys.job(job.id) });

  if (byLink) return <Text>This request has not been sent yet. Sign in to finish it.</Text>;
  const known = new Set(uploads.map((upload) => upload.fileId));
  const pending = uploads.some((each) => each.state === 'sending');
  return (
    <div className="order-grid">
      <Stack>
        <section className="card">
          <h2>Files</h2>
          {job.reorderOf && job.files.some(isLeftOut(job)) && (
            <Text size="sm" mb="xs">
              Some of the earlier order is not offered as it was. Choose another material for the files below
              that are not ordered yet.
            </Text>
          )}
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
                  onChoose={choose}
                  onFail={stopWaiting}
                />
              ))}
          </ul>
          <FileDrop onFiles={(files) => startUploads(call, job.id, files, renewJob)} />
        </section>
      </Stack>
      <Stack>
        <Wishes job={job} />
        <LivePrice price={price} />
        <PlaceNow
          job={job}
          price={price}
          blocked={pending || waiting !== undefined}
          whenStored={(run) => setWaiting({ toOrder: true, run })}
        />
        <ProblemBox error={submit.error ?? cancel.error} />
        <Button
          size="md"
          disabled={job.parts.length === 0 || pending}
          loading={waiting?.toOrder === false || submit.isPending}
          onClick={() =>
            setWaiting({
              toOrder: false,
              run: () => submit.run({ params: { jobId: job.id }, body: {} }),
            })
          }
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

/** Something could be made of it, and nothing is ordered. */
const isLeftOut = (job: JobView) => (file: FileView) =>
  file.state === 'checked' &&
  file.report?.kind !== 'attachment' &&
  !job.parts.some(({ fileId }) => fileId === file.id) &&
  !job.files.some(({ repairedFrom }) => repairedFrom === file.id);

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

/**
 * The order at the price on screen, where the shop allows it and nothing has to be looked at first.
 * @param whenStored does it as soon as every choice on the page is stored
 */
function PlaceNow({
  job,
  price: { shown, stale },
  blocked,
  whenStored,
}: {
  job: JobView;
  price: ChosenPrice;
  blocked: boolean;
  whenStored: (run: () => void) => void;
}) {
  const place = useAction(placeOrder);
  const step = job.steps.find(({ command }) => command === 'place');
  const offered = step !== undefined && step.missing === undefined && job.parts.length > 0;
  const { totalMinor, currency, options } = shown ?? {};
  if (!offered || typeof totalMinor !== 'number' || !currency || !options?.placeNow) return null;
  return (
    <SignedForm
      word={`Order now for ${money(totalMinor, currency)}`}
      variant="default"
      pending={place.isPending}
      error={place.error}
      disabled={blocked || stale}
      onSign={(name) =>
        whenStored(() => place.run({ params: { jobId: job.id }, body: { totalMinor, name } }))
      }
    />
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
function FileRow({
  job,
  file,
  fresh,
  onChoose,
  onFail,
}: {
  job: JobView;
  file: FileView;
  fresh: Upload | undefined;
  onChoose: (partId: string, choices: Choices) => void;
  onFail: () => void;
}) {
  const { shop } = useVisit();
  const parts = job.parts.filter((part) => part.fileId === file.id);
  const add = useAction(addPart);
  const materials = materialsFor(shop.materials, file.report);
  const materialId = materials[0]?.id ?? '';
  const finishId = shop.finishes[0]?.id ?? '';
  const order = () =>
    add.run({ params: { jobId: job.id }, body: { fileId: file.id, materialId, finishId, quantity: 1 } });

  const checked = file.state === 'checked';
  const orderNow = fresh !== undefined && checked && materials.length > 0 && parts.length === 0;
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
        <PartFields
          key={part.id}
          job={job}
          part={part}
          materials={materials}
          onChoose={onChoose}
          onFail={onFail}
        />
      ))}
      <Group mt="sm">
        {checked && materials.length > 0 && (
          <Button size="xs" variant="default" loading={add.isPending} onClick={order}>
            {parts.length === 0 ? 'Order this file' : 'Order it in another material too'}
          </Button>
        )}
        <RemoveFile job={job} file={file} />
      </Group>
      {checked && materials.length === 0 && file.report?.kind !== 'attachment' && (
        <Text size="sm" c="dimmed" mt="xs">
          {file.report?.kind === 'drawing'
            ? 'This shop has no sheets to cut a drawing from. It is sent along with your request.'
            : 'This shop cuts sheets from drawings. The file is sent along with your request.'}
        </Text>
      )}
      <ProblemBox error={add.error} />
    </li>
  );
}
