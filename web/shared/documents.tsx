import { Button, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getDocument, listDocuments, type DocumentView } from '#contract/routes/documents.ts';
import { useCall } from './calls.tsx';
import { ProblemBox } from './problem.tsx';
import { keys } from './queries.ts';
import { Day } from './time.tsx';
import { Waiting } from './waiting.tsx';

/** Opens a document in a tab of its own, where the browser shows, prints and saves it. */
function useOpenDocument(jobId: string) {
  const call = useCall();
  return useMutation({
    mutationFn: async (documentKey: string) => {
      // Opened with the click itself: a tab that opens later is taken for an advertisement.
      const tab = window.open('about:blank');
      try {
        const { url } = await call(getDocument, { params: { jobId, documentKey } });
        if (tab) tab.location.href = url;
        else location.assign(url);
      } catch (error) {
        tab?.close();
        throw error;
      }
    },
  });
}

/** Opens one document of a job. */
export function OpenDocument({
  jobId,
  documentKey,
  name,
  word = 'Open',
}: {
  jobId: string;
  documentKey: string;
  /** Of the document. */
  name: string;
  word?: string;
}) {
  const open = useOpenDocument(jobId);
  return (
    <span>
      <Button
        size="xs"
        variant="default"
        aria-label={`${word} ${name}`}
        loading={open.isPending}
        onClick={() => open.mutate(documentKey)}
      >
        {word}
      </Button>
      <ProblemBox error={open.error} />
    </span>
  );
}

/** Papers that go with the work, and are printed. */
const printed: readonly DocumentView['kind'][] = ['packing_slip', 'traveler'];

/** The documents of a job that the reader may have. Three copies of the work order have a button of their own. */
export function Documents({ jobId }: { jobId: string }) {
  const call = useCall();
  const list = useQuery({
    queryKey: keys.documents(jobId),
    queryFn: () => call(listDocuments, { params: { jobId } }),
  });
  const documents = list.data?.documents ?? [];
  const copies = documents.find(({ key }) => key === 'traveler-all');
  if (list.data && documents.length === 0) return null;
  return (
    <section className="card">
      <h2>Documents</h2>
      {list.isPending && <Waiting heights={[80]} />}
      <ProblemBox error={list.error} onRetry={() => void list.refetch()} />
      <ul className="plain-list">
        {documents
          .filter(({ key }) => key !== 'traveler-all')
          .map((document) => (
            <li
              key={document.key}
              style={{ display: 'flex', flexWrap: 'wrap', gap: 8, padding: '6px 0', alignItems: 'center' }}
            >
              <span style={{ flex: 1, minWidth: 180 }}>
                {nameOf(document)}{' '}
                <Text span size="sm" c="dimmed">
                  <Day at={document.at} />
                </Text>
              </span>
              <OpenDocument
                jobId={jobId}
                documentKey={document.key}
                name={nameOf(document)}
                word={printed.includes(document.kind) ? 'Print' : 'Download'}
              />
            </li>
          ))}
      </ul>
      {copies && (
        <Text component="div" mt="sm">
          <OpenDocument
            jobId={jobId}
            documentKey={copies.key}
            name="of the work order"
            word="Print three copies"
          />
        </Text>
      )}
    </section>
  );
}

const nameOf = ({ title, number }: DocumentView): string => `${title} ${number}`;
