import { Button, Group, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { createJob } from '#contract/routes/jobs.ts';
import { formatBytes } from '#domain/geometry/words.ts';
import { useAction, useCall } from '../../shared/calls.tsx';
import { ProblemBox } from '../../shared/problem.tsx';
import { keys } from '../../shared/queries.ts';
import { noWishes, RequestFields } from '../../shared/request-fields.tsx';
import { FileDrop } from '../../shared/file-drop.tsx';
import { startUploads } from '../../shared/uploads.ts';
import { go } from '../place.ts';
import { useVisit } from '../visit.ts';

/** Files first; what they are, and when they are wanted. The check and the price come on the next page. */
export function NewRequest() {
  const { slug } = useVisit();
  const call = useCall();
  const queries = useQueryClient();
  const [files, setFiles] = useState<File[]>([]);
  const [wishes, setWishes] = useState(noWishes);
  const { title, delivery, wantedBy, note } = wishes;
  const open = useAction(createJob, (job) => {
    startUploads(call, job.id, files, () => void queries.invalidateQueries({ queryKey: keys.job(job.id) }));
    go(`/p/${slug}/job/${job.id}`);
  });
  /** What a title is when none is typed. */
  const suggested = files[0]?.name.replace(/\.[^.]+$/, '').trim() ?? '';
  const add = (more: File[]) => setFiles((before) => [...before, ...more]);

  return (
    <>
      <div className="page-head">
        <h1>New request</h1>
      </div>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          open.run({
            body: {
              title: (title.trim() || suggested).slice(0, 120),
              delivery,
              ...(wantedBy === '' ? {} : { wantedBy }),
              ...(note.trim() === '' ? {} : { note: note.trim() }),
            },
          });
        }}
      >
        <Stack>
          <FileDrop onFiles={add} />
          {files.length > 0 && (
            <ul className="plain-list card">
              {files.map((file, index) => (
                <li key={index} style={{ padding: '6px 0' }}>
                  <Group justify="space-between">
                    <Text style={{ overflowWrap: 'anywhere' }}>
                      {file.name} ({formatBytes(file.size)})
                    </Text>
                    <Button
                      size="xs"
                      variant="default"
                      aria-label={`Remove ${file.name}`}
                      onClick={() => setFiles(files.filter((each) => each !== file))}
                    >
                      Remove
                    </Button>
                  </Group>
                </li>
              ))}
            </ul>
          )}
          <div className="card">
            <Stack>
              <RequestFields
                wishes={wishes}
                error={open.error}
                suggestedTitle={suggested}
                onChange={setWishes}
              />
            </Stack>
          </div>
          <ProblemBox error={open.error} />
          <Group>
            <Button type="submit" loading={open.isPending}>
              Check the files and see the price
            </Button>
          </Group>
        </Stack>
      </form>
    </>
  );
}
