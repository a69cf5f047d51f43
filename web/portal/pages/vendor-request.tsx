import { Button, FileButton, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import {
  createVendorDrawing,
  getVendorRequest,
  giveVendorPrice,
  refuseVendorRequest,
  type VendorRequestView,
} from '#contract/routes/vendors.ts';
import { ApiProblem } from '../../shared/api.ts';
import { useAction, useCall } from '../../shared/calls.tsx';
import { decimalsOf, money } from '../../shared/format.ts';
import { postForm } from '../../shared/post-form.ts';
import { fieldError, ProblemBox } from '../../shared/problem.tsx';
import { keys } from '../../shared/queries.ts';
import { Mark } from '../../shared/status.tsx';
import { Day } from '../../shared/time.tsx';
import { Waiting } from '../../shared/waiting.tsx';

const lookMs = 1500;

const stages = {
  asked: ['violet', 'person', 'Waiting for your price'],
  waiting: ['blue', 'pause', 'Nothing to do for now'],
  going_ahead: ['teal', 'nozzle', 'Go ahead'],
  on_hold: ['amber', 'pause', 'On hold: please wait'],
  done: ['green', 'check', 'Done'],
} as const;

/** What a vendor is asked for, and where they answer. */
export function VendorRequest({ jobId }: { jobId: string }) {
  const call = useCall();
  const [refused, setRefused] = useState(false);
  const request = useQuery({
    queryKey: keys.vendorRequest(jobId),
    queryFn: () => call(getVendorRequest, { params: { jobId } }),
    enabled: !refused,
    refetchInterval: ({ state }) =>
      state.data?.drawings.some((drawing) => drawing.state === 'awaiting_upload') ? lookMs : false,
  });
  if (refused)
    return (
      <Closed
        title="Thank you for your answer"
        words="The request is closed. Nothing more is expected of you."
      />
    );
  if (request.error instanceof ApiProblem && request.error.code === 'expired')
    return <Closed title="This request is closed" words={request.error.message} />;
  if (request.error)
    return (
      <>
        <h1>Request</h1>
        <ProblemBox error={request.error} onRetry={() => void request.refetch()} />
      </>
    );
  if (!request.data)
    return (
      <>
        <h1 className="sr-only">Request</h1>
        <Waiting heights={[60, 200, 200]} />
      </>
    );
  const view = request.data;
  const [tone, icon, word] = stages[view.stage];
  return (
    <>
      <title>{`${view.kind} #${view.number} · ${view.shop.name}`}</title>
      <div className="page-head">
        <div>
          <Text size="sm">
            {view.kind} #{view.number} · for {view.vendor.name}
          </Text>
          <h1>{view.title}</h1>
        </div>
        <Mark tone={tone} icon={icon}>
          {word}
        </Mark>
      </div>
      <Stack>
        {view.stage === 'asked' && <PriceForm jobId={jobId} view={view} onRefused={() => setRefused(true)} />}
        <section className="card">
          <h2>What is to be made</h2>
          {view.message && <Text mb="sm">“{view.message}”</Text>}
          {view.spec ? (
            <Text style={{ whiteSpace: 'pre-line' }}>{view.spec}</Text>
          ) : (
            <Text c="dimmed">{view.shop.name} has written no specification yet.</Text>
          )}
          {view.price && (
            <Text mt="sm">
              You asked for {money(view.price.costMinor, view.price.currency)}
              {view.price.readyBy && (
                <>
                  , ready by <Day at={view.price.readyBy} />
                </>
              )}
              .
            </Text>
          )}
        </section>
        {view.files.length > 0 && (
          <section className="card">
            <h2>Pictures and files</h2>
            <Group align="flex-start">
              {view.files.map(({ name, picture, url }) => (
                <a key={name} href={url} target="_blank" rel="noreferrer" className="text-link">
                  {picture ? (
                    <img
                      src={url}
                      alt={name}
                      style={{ width: 220, height: 165, objectFit: 'cover', borderRadius: 6 }}
                    />
                  ) : (
                    name
                  )}
                </a>
              ))}
            </Group>
          </section>
        )}
        <Drawings jobId={jobId} drawings={view.drawings} />
      </Stack>
    </>
  );
}

const Closed = ({ title, words }: { title: string; words: string }) => (
  <>
    <h1>{title}</h1>
    <p>{words}</p>
  </>
);

interface PriceFormProps {
  jobId: string;
  view: VendorRequestView;
  onRefused: () => void;
}

function PriceForm({ jobId, view, onRefused }: PriceFormProps) {
  const [amount, setAmount] = useState('');
  const [readyBy, setReadyBy] = useState('');
  const [note, setNote] = useState('');
  const [declining, setDeclining] = useState(false);
  const [reason, setReason] = useState('');
  const give = useAction(giveVendorPrice);
  const decline = useAction(refuseVendorRequest, onRefused);
  const params = { jobId };
  if (declining)
    return (
      <form
        className="card"
        onSubmit={(event) => {
          event.preventDefault();
          decline.run({ params, body: { reason: reason.trim() } });
        }}
      >
        <h2>Say no</h2>
        <Stack>
          <TextInput
            label="Reason"
            description={`${view.shop.name} reads it.`}
            required
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            error={fieldError(decline.error, 'reason')}
          />
          <ProblemBox error={decline.error} />
          <Group>
            <Button type="submit" loading={decline.isPending}>
              Decline the request
            </Button>
            <Button variant="default" onClick={() => setDeclining(false)}>
              Back
            </Button>
          </Group>
        </Stack>
      </form>
    );
  return (
    <form
      className="card"
      onSubmit={(event) => {
        event.preventDefault();
        give.run({
          params,
          body: {
            costMinor: Math.round(Number(amount) * 10 ** decimalsOf(view.currency)),
            ...(readyBy === '' ? {} : { readyBy }),
            ...(note.trim() === '' ? {} : { note: note.trim() }),
          },
        });
      }}
    >
      <h2>Your price</h2>
      <Stack>
        <div className="field-grid">
          <TextInput
            label={`Price, ${view.currency}`}
            type="number"
            min={0}
            step="any"
            required
            value={amount}
            onChange={(event) => setAmount(event.currentTarget.value)}
            error={fieldError(give.error, 'costMinor')}
          />
          <TextInput
            label="Ready by"
            type="date"
            value={readyBy}
            onChange={(event) => setReadyBy(event.currentTarget.value)}
            error={fieldError(give.error, 'readyBy')}
          />
        </div>
        <Textarea
          label="Note"
          description="Optional: what is in the price and what is not"
          rows={2}
          maxLength={500}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          error={fieldError(give.error, 'note')}
        />
        <ProblemBox error={give.error} />
        <Group>
          <Button type="submit" loading={give.isPending}>
            Send the price
          </Button>
          <Button variant="default" onClick={() => setDeclining(true)}>
            We can not make it
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

const drawingWords = {
  awaiting_upload: 'being looked at …',
  stored: 'received',
  refused: 'neither a picture nor a PDF',
} as const;

function Drawings({ jobId, drawings }: { jobId: string; drawings: VendorRequestView['drawings'] }) {
  const call = useCall();
  const queries = useQueryClient();
  const add = useMutation({
    mutationFn: async (files: File[]) => {
      for (const file of files) {
        const { upload } = await call(createVendorDrawing, {
          params: { jobId },
          body: { name: file.name.slice(0, 200).toWellFormed(), bytes: file.size },
        });
        await postForm(upload, file);
      }
    },
    onSettled: () => queries.invalidateQueries({ queryKey: keys.vendorRequest(jobId) }),
  });
  return (
    <section className="card">
      <Group justify="space-between">
        <h2>Your drawings</h2>
        <FileButton
          accept="image/png,image/jpeg,image/webp,image/gif,application/pdf"
          multiple
          onChange={(files) => add.mutate(files)}
        >
          {(props) => (
            <Button size="xs" variant="default" loading={add.isPending} {...props}>
              Send a drawing
            </Button>
          )}
        </FileButton>
      </Group>
      <ProblemBox error={add.error} />
      {drawings.length === 0 && (
        <Text c="dimmed">A rendering or technical drawing, as PNG, JPEG, WebP, GIF or PDF, up to 8 MB.</Text>
      )}
      <ul className="plain-list">
        {drawings.map(({ name, state }, index) => (
          <li key={index}>
            <Text size="sm" py={6}>
              {name}: {drawingWords[state]}
            </Text>
          </li>
        ))}
      </ul>
    </section>
  );
}
