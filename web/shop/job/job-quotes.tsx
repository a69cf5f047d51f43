import { Text } from '@mantine/core';
import type { JobView } from '#contract/views/job.ts';
import { compareQuotes } from '#contract/routes/quotes.ts';
import { money } from '../../shared/format.ts';
import { PriceTable } from '../../shared/price-table.tsx';
import { QuoteDiff } from '../../shared/quote-diff.tsx';
import { QuoteStatus } from '../../shared/status.tsx';
import { Ago, Day } from '../../shared/time.tsx';
import { mayCall, useOffice } from '../office.ts';

/** Every version of the offer, the newest first: what was proposed, what was answered, and what changed in between (CO-29). */
export function JobQuotes({ job }: { job: JobView }) {
  const { role } = useOffice();
  const newestFirst = [...job.quotes].sort((a, b) => b.version - a.version);
  if (newestFirst.length === 0) return null;
  return (
    <section className="card">
      <h2>Quotes</h2>
      <ul className="plain-list">
        {newestFirst.map((quote, index) => (
          <li key={quote.version} style={{ padding: '10px 0' }}>
            <details className="fold" open={index === 0}>
              <summary>
                Version {quote.version}
                {quote.price.totalMinor !== null &&
                  `, ${money(quote.price.totalMinor, quote.price.currency)}`}{' '}
                <QuoteStatus state={quote.state} />
              </summary>
              <Text size="sm" c="dimmed">
                Sent <Ago at={quote.sentAt} />, valid until <Day at={quote.validUntil} />
                {quote.answeredAt && (
                  <>
                    , answered <Ago at={quote.answeredAt} /> {quote.answeredBy && `by ${quote.answeredBy}`}
                  </>
                )}
              </Text>
              {quote.message && <Text>We wrote: “{quote.message}”</Text>}
              {quote.answer && <Text>The customer wrote: “{quote.answer}”</Text>}
              <PriceTable price={quote.price} />
              {mayCall(role, compareQuotes) && <QuoteDiff job={job} version={quote.version} />}
            </details>
          </li>
        ))}
      </ul>
    </section>
  );
}
