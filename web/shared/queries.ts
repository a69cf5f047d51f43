import { QueryCache, QueryClient } from '@tanstack/react-query';
import type { JobView } from '#contract/views/job.ts';
import type { Poke } from '#contract/mqtt.ts';
import { ApiProblem } from './api.ts';

/** Names of what is cached. A job's own things stand below it, so that one poke renews them all. */
export const keys = {
  shop: ['shop'],
  me: ['me'],
  priceBook: ['price-book'],
  templates: ['templates'],
  machines: ['machines'],
  allJobs: ['jobs'],
  jobs: (status: string | undefined) => ['jobs', status ?? 'all'],
  job: (jobId: string) => ['job', jobId],
  events: (jobId: string) => ['job', jobId, 'events'],
  customers: ['customers'],
  vendors: ['vendors'],
  members: ['members'],
  vendorRequest: (jobId: string) => ['vendor-request', jobId],
  quoteDraft: (jobId: string) => ['job', jobId, 'quote-draft'],
  price: (jobId: string) => ['job', jobId, 'price'],
  invoice: (jobId: string, invoiceId: string) => ['job', jobId, 'invoice', invoiceId],
  account: (jobId: string) => ['job', jobId, 'account'],
  storedMethod: ['stored-method'],
  creditNotes: (jobId: string, invoiceId: string) => ['job', jobId, 'credit-notes', invoiceId],
  purchaseOrders: (jobId: string) => ['job', jobId, 'purchase-orders'],
  quoteDiff: (jobId: string, version: number) => ['job', jobId, 'quote-diff', version],
  documents: (jobId: string) => ['job', jobId, 'documents'],
  inspections: (jobId: string) => ['job', jobId, 'inspections'],
  photos: (jobId: string) => ['job', jobId, 'photos'],
  messages: (jobId: string) => ['job', jobId, 'messages'],
  mails: (jobId: string) => ['job', jobId, 'mails'],
  mailSettings: ['mail-settings'],
  checklists: ['checklists'],
  letterhead: ['letterhead'],
  portal: (slug: string) => ['portal', slug],
  session: ['session'],
  usage: ['usage'],
  support: ['support'],
  operator: ['operator'],
  foundShops: (q: string) => ['found-shops', q],
  shopSummary: (shopId: string) => ['shop-summary', shopId],
  stuckJobs: ['stuck-jobs'],
  troubles: ['troubles'],
} as const;

const again = ['offline', 'unavailable', 'internal'];

export const newQueryClient = (queryCache = new QueryCache()): QueryClient =>
  new QueryClient({
    queryCache,
    defaultOptions: {
      queries: {
        staleTime: 2000,
        retry: (count, error) => count < 2 && error instanceof ApiProblem && again.includes(error.code),
      },
    },
  });

const openRun = (job: JobView | undefined) =>
  job?.runs?.some(
    (run) => run.state === 'requested' || run.state === 'printing' || run.state === 'unknown',
  ) ?? false;

const uploadMs = 10 * 60_000;

/** Something at the job moves by itself, or an upload may just have arrived: look often. */
export const isBusy = (job: JobView | undefined): boolean =>
  openRun(job) ||
  (job?.files?.some(
    ({ state, createdAt }) => state === 'awaiting_upload' && Date.now() - Date.parse(createdAt) < uploadMs,
  ) ??
    false);

/** Renews what the pokes are about, and nothing else. */
export async function renew(queries: QueryClient, pokes: readonly Poke[]): Promise<void> {
  const jobs = new Set(pokes.flatMap((poke) => (poke.kind === 'job' && poke.jobId ? [poke.jobId] : [])));
  const some = pokes.some((poke) => poke.kind === 'job' && !poke.jobId);
  const machines = pokes.some((poke) => poke.kind === 'machines');
  await queries.invalidateQueries({
    predicate: ({ queryKey: [kind, id], state }) => {
      if (kind === 'machines') return machines || jobs.size > 0;
      if (kind === 'jobs') return some || jobs.size > 0;
      if (kind !== 'job') return false;
      if (some || jobs.has(String(id))) return true;
      return machines && openRun(state.data as JobView | undefined);
    },
  });
}
