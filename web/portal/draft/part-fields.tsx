import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { editPart } from '#contract/routes/edits.ts';
import { removePart } from '#contract/routes/jobs.ts';
import type { JobView } from '#contract/views/job.ts';
import { useCall } from '../../shared/calls.tsx';
import { ProblemBox } from '../../shared/problem.tsx';
import { keys } from '../../shared/queries.ts';
import { useVisit } from '../visit.ts';

type Part = JobView['parts'][number];
interface Wish {
  materialId: string;
  finishId: string;
  quantity: number;
}

const wishOf = ({ materialId, finishId, wanted }: Part): Wish => ({ materialId, finishId, quantity: wanted });
const same = (a: Wish, b: Wish) =>
  a.materialId === b.materialId && a.finishId === b.finishId && a.quantity === b.quantity;

/**
 * Material, finish and quantity of a line. One edit at a time: what is chosen meanwhile follows when that is done.
 */
export function PartFields({ job, part }: { job: JobView; part: Part }) {
  const { shop } = useVisit();
  const call = useCall();
  const queries = useQueryClient();
  const [wish, setWish] = useState<Wish>();
  const [typed, setTyped] = useState<string>();
  const renewJob = () => queries.invalidateQueries({ queryKey: keys.job(job.id) });
  const { mutate, ...edit } = useMutation({
    mutationFn: (next: Wish) => call(editPart, { params: { jobId: job.id, partId: part.id }, body: next }),
    onSuccess: (_, next) => setWish((now) => (now && same(now, next) ? undefined : now)),
    onError: () => setWish(undefined),
    onSettled: renewJob,
  });
  const remove = useMutation({
    mutationFn: () => call(removePart, { params: { jobId: job.id, partId: part.id } }),
    onSettled: renewJob,
  });
  const shown = wish ?? (edit.isPending ? edit.variables : wishOf(part));

  useEffect(() => {
    if (!wish || edit.isPending) return;
    if (same(wish, wishOf(part))) setWish(undefined);
    else mutate(wish);
  }, [wish, edit.isPending, part, mutate]);

  const choose = (change: Partial<Wish>) => setWish({ ...shown, ...change });
  const chooseQuantity = () => {
    const quantity = Math.round(Number(typed));
    setTyped(undefined);
    if (quantity >= 1 && quantity <= 10_000) choose({ quantity });
  };
  const options = (list: { id: string; name: string }[]) =>
    list.map(({ id, name }) => ({ value: id, label: name }));

  return (
    <>
      <div className="part-fields">
        <NativeSelect
          label="Material"
          value={shown.materialId}
          onChange={(event) => choose({ materialId: event.currentTarget.value })}
          data={options(shop.materials)}
        />
        <NativeSelect
          label="Finish"
          value={shown.finishId}
          onChange={(event) => choose({ finishId: event.currentTarget.value })}
          data={options(shop.finishes)}
        />
        <TextInput
          label="Quantity"
          type="number"
          min={1}
          max={10_000}
          value={typed ?? String(shown.quantity)}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onBlur={chooseQuantity}
          onKeyDown={(event) => {
            if (event.key === 'Enter') event.currentTarget.blur();
          }}
        />
        <Button
          variant="default"
          loading={remove.isPending}
          disabled={edit.isPending}
          onClick={() => remove.mutate()}
        >
          Remove
        </Button>
      </div>
      <ProblemBox error={edit.error ?? remove.error} />
    </>
  );
}
