import { Button, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { approveQuote, declineQuote, requestChanges } from '#contract/routes/jobs.ts';
import type { JobView } from '#contract/views/job.ts';
import { useAction } from '../../shared/calls.tsx';
import { Dialog } from '../../shared/dialog.tsx';
import { FormDialogButtons } from '../../shared/form-dialog-buttons.tsx';
import { money } from '../../shared/format.ts';
import { PriceTable } from '../../shared/price-table.tsx';
import { ProblemBox } from '../../shared/problem.tsx';
import { QuoteDiff } from '../../shared/quote-diff.tsx';
import { Day } from '../../shared/time.tsx';
import { SignedForm } from '../signed-form.tsx';
import { useVisit } from '../visit.ts';

interface Props {
  job: JobView;
  quote: JobView['quotes'][number];
}

/** The open offer and its three answers. Every answer names the version on screen, so that nobody agrees to one they did not see. */
export function QuoteAnswer({ job, quote }: Props) {
  const { shop } = useVisit();
  const [asking, setAsking] = useState<'changes' | 'decline'>();
  const approve = useAction(approveQuote);
  const { totalMinor, currency } = quote.price;
  const blocked = job.steps.find(({ command }) => command === 'approve_quote')?.missing !== undefined;
  const depositFirst = blocked && job.dueBeforeProductionMinor > 0;
  return (
    <section className="card ask">
      <h2>Your quote is ready</h2>
      <Stack>
        {quote.message && (
          <Text>
            {shop.name} writes: “{quote.message}”
          </Text>
        )}
        <PriceTable price={quote.price} />
        <QuoteDiff job={job} version={quote.version} open />
        <Text size="sm" c="dimmed">
          Version {quote.version}, valid until <Day at={quote.validUntil} />
        </Text>
        {job.dueBeforeProductionMinor > 0 && (
          <Text>
            {shop.name} begins once {money(job.dueBeforeProductionMinor, currency)} has been paid.
            {depositFirst && ' Pay it below, then approve.'}
          </Text>
        )}
        <SignedForm
          word={`Approve${totalMinor === null ? '' : ` for ${money(totalMinor, currency)}`}`}
          pending={approve.isPending}
          disabled={depositFirst}
          error={approve.error}
          onSign={(name) =>
            approve.run({ params: { jobId: job.id }, body: { version: quote.version, name } })
          }
        >
          {job.next.includes('request_changes') && (
            <Button variant="default" onClick={() => setAsking('changes')}>
              Request changes
            </Button>
          )}
          {job.next.includes('decline_quote') && (
            <Button variant="default" onClick={() => setAsking('decline')}>
              Decline
            </Button>
          )}
        </SignedForm>
      </Stack>
      {asking === 'changes' && <ChangesDialog job={job} quote={quote} onClose={() => setAsking(undefined)} />}
      {asking === 'decline' && <DeclineDialog job={job} quote={quote} onClose={() => setAsking(undefined)} />}
    </section>
  );
}

function ChangesDialog({ job, quote, onClose }: Props & { onClose: () => void }) {
  const [message, setMessage] = useState('');
  const send = useAction(requestChanges, onClose);
  return (
    <Dialog title="Request changes" onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          send.run({ params: { jobId: job.id }, body: { version: quote.version, message } });
        }}
      >
        <Stack>
          <Text size="sm">The shop answers with another version. Nothing is ordered yet.</Text>
          <Textarea
            label="What should be different?"
            required
            rows={4}
            maxLength={2000}
            value={message}
            onChange={(event) => setMessage(event.currentTarget.value)}
          />
          <ProblemBox error={send.error} />
          <FormDialogButtons word="Send" pending={send.isPending} onClose={onClose} />
        </Stack>
      </form>
    </Dialog>
  );
}

function DeclineDialog({ job, quote, onClose }: Props & { onClose: () => void }) {
  const [reason, setReason] = useState('');
  const send = useAction(declineQuote, onClose);
  return (
    <Dialog title="Decline the quote" onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          send.run({ params: { jobId: job.id }, body: { version: quote.version, reason } });
        }}
      >
        <Stack>
          <Text size="sm">The order ends here. The shop can reopen it if you change your mind.</Text>
          <TextInput
            label="Why?"
            required
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <ProblemBox error={send.error} />
          <FormDialogButtons word="Decline" pending={send.isPending} onClose={onClose} />
        </Stack>
      </form>
    </Dialog>
  );
}
