import { Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { setFileUnit } from '#contract/routes/jobs.ts';
import { editPart, removeFile } from '#contract/routes/edits.ts';
import { getPriceBook } from '#contract/routes/shops.ts';
import type { JobView } from '#contract/views/job.ts';
import { isLive } from '#domain/job/job.ts';
import { useCall } from '../../shared/calls.tsx';
import { FileMark, FileReport } from '../../shared/file-report.tsx';
import { isUnrepaired } from '../../shared/file-view.ts';
import { keys } from '../../shared/queries.ts';
import { RemoveFile } from '../../shared/remove-file.tsx';
import { mayCall, useOffice } from '../office.ts';
import { EditPart } from './edit-part.tsx';

/** What is to be made, and what the check says of each file. */
export function JobParts({ job }: { job: JobView }) {
  const { role } = useOffice();
  const call = useCall();
  const book = useQuery({
    queryKey: keys.priceBook,
    queryFn: () => call(getPriceBook, {}),
    enabled: mayCall(role, getPriceBook),
    staleTime: 60_000,
  });
  const nameOf = (list: readonly { id: string; name: string }[] | undefined, id: string) =>
    list?.find((each) => each.id === id)?.name ?? id;
  const mayRescale = ['draft', 'review', 'quoting'].includes(job.status) && mayCall(role, setFileUnit);
  const bound = job.quote?.state === 'sent' || job.quote?.state === 'approved';
  const editable = mayCall(role, editPart) && isLive(job) && !bound;
  const removable = mayCall(role, removeFile) && job.status === 'draft';
  const unused = job.files.filter((file) => !job.parts.some((part) => part.fileId === file.id));

  return (
    <section className="card">
      <h2>Parts</h2>
      {job.parts.length === 0 && <Text c="dimmed">No part has been chosen yet.</Text>}
      <ul className="plain-list">
        {job.parts.map((part) => {
          const file = job.files.find((each) => each.id === part.fileId);
          return (
            <li key={part.id} style={{ padding: '10px 0' }}>
              <Group justify="space-between" wrap="nowrap">
                <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
                  {part.wanted} × {part.name}
                </Text>
                {editable && book.data && <EditPart job={job} part={part} book={book.data} />}
              </Group>
              <Text size="sm" mb={6}>
                {nameOf(book.data?.materials, part.materialId)}, {nameOf(book.data?.finishes, part.finishId)}
                {part.infillPercent !== undefined && `, infill ${part.infillPercent} %`}
                {part.orientation === 'as_uploaded' && ', lies as uploaded'}
                {(part.made ?? 0) > 0 && ` · ${part.good} of ${part.wanted} good`}
                {(part.scrapped ?? 0) > 0 && `, ${part.scrapped} scrapped`}
              </Text>
              {file && (
                <>
                  <FileMark file={file} />
                  <FileReport
                    jobId={job.id}
                    file={file}
                    mayRescale={mayRescale}
                    mayRepair={mayRescale && isUnrepaired(job, file)}
                  />
                </>
              )}
            </li>
          );
        })}
      </ul>
      {unused.length > 0 && (
        <>
          <Text size="sm" c="dimmed" mt="sm">
            Uploaded, but not part of the order:
          </Text>
          <ul className="plain-list">
            {unused.map((file) => (
              <li key={file.id} style={{ padding: '10px 0' }}>
                <Text style={{ overflowWrap: 'anywhere' }}>{file.name}</Text>
                <FileMark file={file} />
                <FileReport
                  jobId={job.id}
                  file={file}
                  mayRescale={mayRescale}
                  mayRepair={mayRescale && isUnrepaired(job, file)}
                />
                {removable && <RemoveFile job={job} file={file} />}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
