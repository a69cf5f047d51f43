import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { sendQuote } from '#contract/routes/jobs.ts';
import { saveQuoteDraft, tryQuoteEdits } from '#contract/routes/quotes.ts';
import type { JobView } from '#contract/views/job.ts';
import type { QuoteDraftView, QuoteEditsBody } from '#contract/views/quote-draft.ts';
import { ApiProblem, newKey } from '../../shared/api.ts';
import { useAction, useCall } from '../../shared/calls.tsx';
import { money } from '../../shared/format.ts';
import { PriceTable } from '../../shared/price-table.tsx';
import { ProblemBox } from '../../shared/problem.tsx';
import { keys } from '../../shared/queries.ts';
import type { Book } from '../prices/book-draft.ts';
import { editorOf, editsOf, untouched, type EditorDraft } from './editor-draft.ts';
import { LineEditor } from './line-editor.tsx';
import { QuoteChanges } from '../../shared/quote-changes.tsx';
import { ExtrasEditor, TermsEditor } from './terms-editor.tsx';

interface Props {
  job: JobView;
  book: Book;
  /** What is kept; the editor starts from it. */
  saved: QuoteDraftView;
  onSent: () => void;
  /** Starts again from what is kept by now. */
  onReload: () => void;
}

/** Every line of the next version with its price as typed, cost and margin beside it; kept as a draft or sent. */
export function QuoteEditor({ job, book, saved, onSent, onReload }: Props) {
  const { currency } = book;
  const [draft, setDraft] = useState<EditorDraft>(() => editorOf(saved.edits, currency));
  const [kept, setKept] = useState(saved);
  const [message, setMessage] = useState('');
  const { edits, fault } = read(draft, currency);
  const live = useLivePrice(job, edits, saved);
  const save = useAction(saveQuoteDraft, setKept);
  const send = useAction(sendQuote, onSent);
  const change = (part: Partial<EditorDraft>) => setDraft({ ...draft, ...part });
  const isKept = edits !== undefined && JSON.stringify(edits) === wordsOf(kept.edits, currency);
  const error = save.error ?? send.error;
  const overtaken = error instanceof ApiProblem && error.code === 'stale';
  const total = live.data?.price.totalMinor;
  const taxRates = [
    { value: '', label: `Standard, ${book.taxPercent} %` },
    ...book.otherTaxRates.map(({ id, name, percent }) => ({ value: id, label: `${name}, ${percent} %` })),
  ];

  return (
    <Stack>
      <section className="card">
        <h2>Lines</h2>
        <div>
          {(live.data ?? saved).price.lines
            .filter(({ kind }) => kind === 'part')
            .map((line) => (
              <LineEditor
                key={line.partId}
                line={line}
                process={processOf(job, line.partId)}
                currency={currency}
                typed={draft.lines[line.partId] ?? untouched}
                taxRates={taxRates}
                machines={book.machines.filter(({ process }) => process === processOf(job, line.partId))}
                onChange={(typed) => change({ lines: { ...draft.lines, [line.partId]: typed } })}
              />
            ))}
        </div>
      </section>
      <ExtrasEditor draft={draft} book={book} onChange={change} />
      <TermsEditor draft={draft} book={book} onChange={change} />
      <section className="card" aria-live="polite">
        <h2>Price</h2>
        {live.data && <PriceTable price={live.data.price} />}
        {live.data?.computedTotalMinor !== null && live.data?.computedTotalMinor !== total && (
          <Text size="sm" c="dimmed">
            By the price book alone: {money(live.data?.computedTotalMinor ?? 0, currency)}
          </Text>
        )}
        {live.data?.diff && <QuoteChanges diff={live.data.diff} currency={currency} />}
        {live.data?.price.reviewReasons.map((reason) => (
          <Text key={`${reason.code} ${reason.partId ?? ''}`} size="sm">
            <b>Look first:</b> {reason.message}
          </Text>
        ))}
        <ProblemBox error={live.error} />
        {fault !== undefined && (
          <Text size="sm" role="status">
            {fault}
          </Text>
        )}
      </section>
      <Textarea
        label="Message to the customer"
        description="Optional"
        maxLength={2000}
        rows={3}
        value={message}
        onChange={(event) => setMessage(event.currentTarget.value)}
      />
      {overtaken ? <ProblemBox error={error} onRetry={onReload} /> : <ProblemBox error={error} />}
      <Group className="save-bar">
        <Button
          variant="default"
          disabled={edits === undefined}
          loading={save.isPending}
          onClick={() => {
            if (edits) save.run({ params: { jobId: job.id }, body: { edits }, ifMatch: kept.version });
          }}
        >
          Save draft
        </Button>
        <Button
          disabled={typeof total !== 'number' || !isKept}
          loading={send.isPending}
          onClick={() =>
            send.run({
              params: { jobId: job.id },
              body: { draftVersion: kept.version, ...(message.trim() === '' ? {} : { message }) },
            })
          }
        >
          Send {typeof total === 'number' ? money(total, currency) : 'quote'}
        </Button>
        {!isKept && <Text size="sm">Save the draft, then send it.</Text>}
      </Group>
    </Stack>
  );
}

const processOf = (job: JobView, partId: string) =>
  job.parts.find(({ id }) => id === partId)?.process ?? 'fdm';

/** Edits as the editor would write them, to be compared with what is typed. */
const wordsOf = (edits: QuoteEditsBody, currency: string): string =>
  JSON.stringify(editsOf(editorOf(edits, currency), currency));

function read(draft: EditorDraft, currency: string): { edits?: QuoteEditsBody; fault?: string } {
  try {
    return { edits: editsOf(draft, currency) };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : 'Check what you typed.' };
  }
}

const pauseMs = 300;

/** The price of what is typed, a moment after the last key. */
function useLivePrice(job: JobView, edits: QuoteEditsBody | undefined, saved: QuoteDraftView) {
  const call = useCall();
  const typed = JSON.stringify(edits ?? saved.edits);
  const [asked, ask] = useState(typed);
  useEffect(() => {
    const timer = setTimeout(() => ask(typed), pauseMs);
    return () => clearTimeout(timer);
  }, [typed]);
  return useQuery({
    queryKey: [...keys.price(job.id), 'draft', job.version, asked],
    queryFn: () =>
      call(tryQuoteEdits, {
        params: { jobId: job.id },
        body: { edits: JSON.parse(asked) as QuoteEditsBody },
        idempotencyKey: newKey(),
      }),
    placeholderData: keepPreviousData,
  });
}
