import { Text } from '@mantine/core';
import type { JobView } from '#contract/views/job.ts';
import { money } from '../../shared/format.ts';
import { PriceTable } from '../../shared/price-table.tsx';
import { QuoteDiff } from '../../shared/quote-diff.tsx';
import { QuoteStatus } from '../../shared/status.tsx';
import { Ago } from '../../shared/time.tsx';

/** What was proposed and what was agreed, the newest first (CO-29); nothing while there is one open offer only. */
export function QuoteVersions({ job, answering }: { job: JobView; answering: number | undefined }) {
  const versions = job.quotes
    .filter(({ version }) => version !== answering)
    .sort((a, b) => b.version - a.version);
  if (versions.length === 0) return null;
  const agreed = versions.find(({ state }) => state === 'approved')?.version;
  return (
    <section className="card">
      <h2>{versions.length === 1 ? 'Quote' : 'Versions of your quote'}</h2>
      <ul className="plain-list">
        {versions.map((quote) => (
          <li key={quote.version} style={{ padding: '8px 0' }}>
            <details className="fold" open={quote.version === agreed}>
              <summary>
                Version {quote.version}
                {quote.price.totalMinor !== null &&
                  `, ${money(quote.price.totalMinor, quote.price.currency)}`}{' '}
                <QuoteStatus state={quote.state} />
              </summary>
              <Text size="sm" c="dimmed">
                Sent <Ago at={quote.sentAt} />
                {quote.answeredAt && (
                  <>
                    , answered <Ago at={quote.answeredAt} />
                    {quote.answeredBy && ` by ${quote.answeredBy}`}
                  </>
                )}
              </Text>
              {quote.answer && <Text size="sm">You wrote: “{quote.answer}”</Text>}
              <PriceTable price={quote.price} />
              <QuoteDiff job={job} version={quote.version} />
            </details>
          </li>
        ))}
      </ul>
    </section>
  );
}
