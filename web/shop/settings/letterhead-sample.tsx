import { Button, Group, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { previewLetterhead } from '#contract/routes/documents.ts';
import { useCall } from '../../shared/calls.tsx';
import { ProblemBox } from '../../shared/problem.tsx';
import { Waiting } from '../../shared/waiting.tsx';
import { letterheadBodyOf, type LetterheadDraft } from './letterhead-draft.ts';

const pauseMs = 900;

/** A made-up quote with the letterhead as it is typed; a new one whenever the typing pauses. */
export function LetterheadSample({ draft }: { draft: LetterheadDraft }) {
  const call = useCall();
  const [url, setUrl] = useState<string>();
  const newest = useRef(0);
  const { mutate, error, isPending } = useMutation({
    mutationFn: async (wanted: LetterheadDraft) => {
      const number = (newest.current += 1);
      const sample = await call(previewLetterhead, { body: letterheadBodyOf(wanted) });
      return { ...sample, number };
    },
    onSuccess: (sample) => {
      if (sample.number === newest.current) setUrl(sample.url);
    },
  });
  const first = useRef(true);
  useEffect(() => {
    const timer = setTimeout(() => mutate(draft), first.current ? 0 : pauseMs);
    first.current = false;
    return () => clearTimeout(timer);
  }, [draft, mutate]);
  return (
    <section className="card sample" aria-label="Sample">
      <Group justify="space-between">
        <h2>Sample quote</h2>
        {url && (
          <Button component="a" href={url} target="_blank" rel="noreferrer" size="xs" variant="default">
            Open the sample
          </Button>
        )}
      </Group>
      <ProblemBox error={error} onRetry={() => mutate(draft)} />
      {!url && !error && <Waiting heights={[420]} />}
      {url && (
        <iframe
          key={url}
          className={isPending ? 'paper stale' : 'paper'}
          src={`${url}#toolbar=0`}
          title="Sample quote"
        />
      )}
      <Text size="sm" c="dimmed" mt="xs">
        Nothing is sent to anybody.
      </Text>
    </section>
  );
}
