import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { editPart } from '#contract/routes/edits.ts';
import { removePart } from '#contract/routes/jobs.ts';
import type { JobView } from '#contract/views/job.ts';
import { orientations } from '#domain/estimate/print-settings.ts';
import { useCall } from '../../shared/calls.tsx';
import { choicesOf, infillSteps, orientationNames, type Choices } from '../../shared/part-choices.ts';
import { ProblemBox } from '../../shared/problem.tsx';
import { keys } from '../../shared/queries.ts';
import { useVisit, type Visit } from '../visit.ts';

type Part = JobView['parts'][number];
const same = (a: Choices, b: Choices) =>
  Object.entries(a).every(([name, value]) => value === b[name as keyof Choices]);
type Material = Visit['shop']['materials'][number];
/** The price is asked first; a choice is stored when no other follows it at once. */
const storeAfterMs = 250;
const mostPieces = 10_000;

/**
 * Material, finish, quantity, infill and the way to lie of a line. One edit at a time: what is chosen meanwhile follows when that is done.
 * @param onChoose told what the fields say, also while it is typed and before it is stored
 * @param onFail told that a choice could not be stored
 */
export function PartFields({
  job,
  part,
  materials,
  onChoose,
  onFail,
}: {
  job: JobView;
  part: Part;
  materials: readonly Material[];
  onChoose: (partId: string, choices: Choices) => void;
  onFail: () => void;
}) {
  const { shop } = useVisit();
  const call = useCall();
  const queries = useQueryClient();
  const [wish, setWish] = useState<Choices>();
  const [typed, setTyped] = useState<string>();
  const renewJob = () => queries.invalidateQueries({ queryKey: keys.job(job.id) });
  const { mutate, ...edit } = useMutation({
    mutationFn: (next: Choices) => call(editPart, { params: { jobId: job.id, partId: part.id }, body: next }),
    onSuccess: (_, next) => setWish((now) => (now && same(now, next) ? undefined : now)),
    onError: () => {
      setWish(undefined);
      onFail();
    },
    onSettled: renewJob,
  });
  const remove = useMutation({
    mutationFn: () => call(removePart, { params: { jobId: job.id, partId: part.id } }),
    onSettled: renewJob,
  });
  const shown = wish ?? (edit.isPending ? edit.variables : choicesOf(part));

  useEffect(() => {
    if (!wish || edit.isPending) return undefined;
    const timer = setTimeout(() => {
      if (same(wish, choicesOf(part))) setWish(undefined);
      else mutate(wish);
    }, storeAfterMs);
    return () => clearTimeout(timer);
  }, [wish, edit.isPending, part, mutate]);

  const isFilament = (materialId: string) =>
    materials.some(({ id, process }) => id === materialId && process === 'fdm');
  const choose = (change: Partial<Choices>) => {
    const next = { ...shown, ...change };
    setWish(
      isFilament(next.materialId)
        ? { ...next, orientation: next.orientation ?? 'best' }
        : { ...next, infillPercent: undefined, orientation: undefined },
    );
  };
  const number = typed === undefined ? NaN : Math.round(Number(typed));
  const quantity = number >= 1 && number <= mostPieces ? number : shown.quantity;
  const chooseQuantity = () => {
    setTyped(undefined);
    if (quantity !== shown.quantity) choose({ quantity });
  };
  const { materialId, finishId, infillPercent, orientation } = shown;
  useEffect(() => {
    onChoose(part.id, { materialId, finishId, infillPercent, orientation, quantity });
  }, [onChoose, part.id, materialId, finishId, infillPercent, orientation, quantity]);
  const options = (list: readonly { id: string; name: string }[]) =>
    list.map(({ id, name }) => ({ value: id, label: name }));

  return (
    <>
      <div className="part-fields">
        <NativeSelect
          label="Material"
          value={shown.materialId}
          onChange={(event) => choose({ materialId: event.currentTarget.value })}
          data={options(materials)}
        />
        <NativeSelect
          label="Finish"
          value={shown.finishId}
          onChange={(event) => choose({ finishId: event.currentTarget.value })}
          data={options(shop.finishes)}
        />
        {isFilament(shown.materialId) && shop.infill.from < shop.infill.to && (
          <NativeSelect
            label="Infill"
            value={String(shown.infillPercent ?? shop.infill.usual)}
            onChange={(event) => choose({ infillPercent: Number(event.currentTarget.value) })}
            data={infillSteps(shop.infill, shown.infillPercent ?? shop.infill.usual).map((percent) => ({
              value: String(percent),
              label: `${percent} %`,
            }))}
          />
        )}
        {isFilament(shown.materialId) && (
          <NativeSelect
            label="Lies on the plate"
            value={shown.orientation ?? 'best'}
            onChange={({ currentTarget: { value } }) =>
              choose({ orientation: orientations.find((each) => each === value) ?? 'best' })
            }
            data={orientations.map((value) => ({ value, label: orientationNames[value] }))}
          />
        )}
        <TextInput
          label="Quantity"
          type="number"
          min={1}
          max={mostPieces}
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
