import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { addPart, removePart } from '#contract/routes/jobs.ts';
import type { JobView } from '#contract/views/job.ts';
import { useCall } from '../../shared/calls.tsx';
import { newKey } from '../../shared/api.ts';
import { ProblemBox } from '../../shared/problem.tsx';
import { keys } from '../../shared/queries.ts';
import { useVisit } from '../visit.ts';

type Part = JobView['parts'][number];
type Wish = Pick<Part, 'materialId' | 'finishId'> & { quantity: number };

/** Material, finish and quantity of a line. A line is never edited: the new one is added, then the old one removed. */
export function PartFields({ job, part }: { job: JobView; part: Part }) {
  const { shop } = useVisit();
  const call = useCall();
  const queries = useQueryClient();
  const [wish, setWish] = useState<Wish>({
    materialId: part.materialId,
    finishId: part.finishId,
    quantity: part.wanted,
  });
  const [typed, setTyped] = useState(String(part.wanted));
  const params = { jobId: job.id, partId: part.id };
  const renewJob = () => queries.invalidateQueries({ queryKey: keys.job(job.id) });
  const replace = useMutation({
    mutationFn: async (next: Wish) => {
      await call(addPart, {
        params: { jobId: job.id },
        body: { fileId: part.fileId, ...next },
        idempotencyKey: newKey(),
      });
      await call(removePart, { params });
    },
    onSettled: renewJob,
  });
  const remove = useMutation({ mutationFn: () => call(removePart, { params }), onSettled: renewJob });
  const busy = replace.isPending || remove.isPending;

  const choose = (change: Partial<Wish>) => {
    const next = { ...wish, ...change };
    setWish(next);
    const same =
      next.materialId === part.materialId && next.finishId === part.finishId && next.quantity === part.wanted;
    if (!same) replace.mutate(next);
  };
  const chooseQuantity = () => {
    const quantity = Math.round(Number(typed));
    if (quantity >= 1 && quantity <= 10_000) return choose({ quantity });
    setTyped(String(wish.quantity));
  };
  const options = (list: { id: string; name: string }[]) =>
    list.map(({ id, name }) => ({ value: id, label: name }));

  return (
    <>
      <div className="part-fields">
        <NativeSelect
          label="Material"
          disabled={busy}
          value={wish.materialId}
          onChange={(event) => choose({ materialId: event.currentTarget.value })}
          data={options(shop.materials)}
        />
        <NativeSelect
          label="Finish"
          disabled={busy}
          value={wish.finishId}
          onChange={(event) => choose({ finishId: event.currentTarget.value })}
          data={options(shop.finishes)}
        />
        <TextInput
          label="Quantity"
          type="number"
          min={1}
          max={10_000}
          disabled={busy}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onBlur={chooseQuantity}
          onKeyDown={(event) => {
            if (event.key === 'Enter') chooseQuantity();
          }}
        />
        <Button variant="default" loading={remove.isPending} disabled={busy} onClick={() => remove.mutate()}>
          Remove
        </Button>
      </div>
      <ProblemBox error={replace.error ?? remove.error} />
    </>
  );
}
