import { Stack, Text, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { getPrice, sendQuote } from '#contract/routes/jobs.ts';
import { useAction, useCall } from '../../shared/calls.tsx';
import { FormDialogButtons } from '../../shared/form-dialog-buttons.tsx';
import { money } from '../../shared/format.ts';
import { ProblemBox } from '../../shared/problem.tsx';
import { keys } from '../../shared/queries.ts';
import { Waiting } from '../../shared/waiting.tsx';
import { useOffice } from '../office.ts';
import { priceBody, priceFields, type AskingStep } from './asking-steps.ts';
import { FieldForm } from './field-form.tsx';
import type { StepFormProps } from './steps.ts';

const sendByHand: AskingStep = {
  word: 'Send quote',
  route: sendQuote,
  says: 'The customer gets a mail with a link.',
  fields: priceFields,
  body: priceBody,
};

/** Parts are priced by the price book; a piece without files by hand. */
export const SendQuoteForm = (props: StepFormProps) =>
  props.job.parts.length === 0 ? <FieldForm step={sendByHand} {...props} /> : <SendPricedForm {...props} />;

function SendPricedForm({ job, onClose }: StepFormProps) {
  const { shop } = useOffice();
  const [message, setMessage] = useState('');
  const call = useCall();
  const price = useQuery({
    queryKey: keys.price(job.id),
    queryFn: () => call(getPrice, { params: { jobId: job.id } }),
  });
  const act = useAction(sendQuote, onClose);
  const total = price.data?.totalMinor;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        act.run({ params: { jobId: job.id }, body: message.trim() === '' ? {} : { message } });
      }}
    >
      <Stack>
        {price.isPending && <Waiting heights={[48]} />}
        <ProblemBox error={price.error} />
        {price.data && (
          <Text>
            Version {(job.quote?.version ?? 0) + 1} for {job.customer.name}:{' '}
            <b>{typeof total === 'number' ? money(total, price.data.currency) : 'no price yet'}</b>, valid for{' '}
            {shop.quoteValidDays} days. They get a mail with a link.
          </Text>
        )}
        <Text size="sm">
          <Link
            to="/jobs/$jobId/quote"
            params={{ jobId: job.id }}
            style={{ color: 'var(--mantine-color-anchor)' }}
          >
            Change lines, discounts or delivery first
          </Link>
        </Text>
        {price.data?.reviewReasons.map((reason) => (
          <Text key={`${reason.code} ${reason.partId ?? ''}`} size="sm">
            <b>Look first:</b> {reason.message}
          </Text>
        ))}
        <Textarea
          label="Message to the customer"
          description="Optional"
          maxLength={2000}
          rows={3}
          value={message}
          onChange={(event) => setMessage(event.currentTarget.value)}
        />
        <ProblemBox error={act.error} />
        <FormDialogButtons
          word="Send quote"
          pending={act.isPending}
          disabled={typeof total !== 'number'}
          onClose={onClose}
        />
      </Stack>
    </form>
  );
}
