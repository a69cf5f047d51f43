import { Button, Group, NativeSelect, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { addPart, removePart } from '#contract/routes/jobs.ts';
import type { JobView } from '#contract/views/job.ts';
import { useAction, useCall } from '../../shared/calls.tsx';
import { FileDrop } from '../../shared/file-drop.tsx';
import { FileMark } from '../../shared/file-report.tsx';
import type { FileView } from '../../shared/file-view.ts';
import { materialsFor } from '../../shared/part-choices.ts';
import { ProblemBox } from '../../shared/problem.tsx';
import { keys } from '../../shared/queries.ts';
import { startUploads, useUploads } from '../../shared/uploads.ts';
import type { Book } from '../prices/book-draft.ts';

/** Files and lines of a request that the shop opened itself, while it is a draft. */
export function AddParts({ job, book }: { job: JobView; book: Book }) {
  const call = useCall();
  const queries = useQueryClient();
  const uploads = useUploads().filter(({ jobId, state }) => jobId === job.id && state !== 'sent');
  const remove = useAction(removePart);
  const renew = () => void queries.invalidateQueries({ queryKey: keys.job(job.id) });
  return (
    <section className="card">
      <h2>Models and parts</h2>
      <ul className="plain-list">
        {job.parts.map((part) => (
          <li key={part.id} style={{ padding: '6px 0' }}>
            <Group justify="space-between">
              <Text>
                {part.wanted} × {part.name}, {book.materials.find(({ id }) => id === part.materialId)?.name}
              </Text>
              <Button
                size="xs"
                variant="default"
                aria-label={`Remove ${part.name}`}
                onClick={() => remove.run({ params: { jobId: job.id, partId: part.id } })}
              >
                Remove
              </Button>
            </Group>
          </li>
        ))}
        {job.files.map((file) => (
          <li key={file.id} style={{ padding: '8px 0' }}>
            <Text fw={600}>{file.name}</Text>
            <FileMark file={file} />
            {file.state === 'checked' && <AddPart job={job} book={book} file={file} />}
          </li>
        ))}
        {uploads.map((upload) => (
          <li key={upload.key}>
            <Text size="sm">
              {upload.file.name}: {upload.problem ?? 'on its way'}
            </Text>
          </li>
        ))}
      </ul>
      <ProblemBox error={remove.error} />
      <FileDrop onFiles={(files) => startUploads(call, job.id, files, renew)} />
    </section>
  );
}

function AddPart({ job, book, file }: { job: JobView; book: Book; file: FileView }) {
  const materials = materialsFor(book.materials, file.report);
  const [materialId, setMaterialId] = useState(materials[0]?.id ?? '');
  const [finishId, setFinishId] = useState(book.finishes[0]?.id ?? '');
  const [quantity, setQuantity] = useState('1');
  const add = useAction(addPart);
  const options = (list: readonly { id: string; name: string }[]) =>
    list.map(({ id, name }) => ({ value: id, label: name }));
  if (materials.length === 0) return null;
  return (
    <form
      className="row-fields"
      onSubmit={(event) => {
        event.preventDefault();
        add.run({
          params: { jobId: job.id },
          body: { fileId: file.id, materialId, finishId, quantity: Number(quantity) },
        });
      }}
    >
      <NativeSelect
        label="Material"
        data={options(materials)}
        value={materialId}
        onChange={(event) => setMaterialId(event.currentTarget.value)}
      />
      <NativeSelect
        label="Finish"
        data={options(book.finishes)}
        value={finishId}
        onChange={(event) => setFinishId(event.currentTarget.value)}
      />
      <TextInput
        label="Quantity"
        type="number"
        min={1}
        max={10_000}
        value={quantity}
        onChange={(event) => setQuantity(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" loading={add.isPending}>
        Add the part
      </Button>
      <ProblemBox error={add.error} />
    </form>
  );
}
