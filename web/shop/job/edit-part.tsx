import { Button, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { editPart } from '#contract/routes/edits.ts';
import type { JobView } from '#contract/views/job.ts';
import { orientations, type Orientation } from '#domain/estimate/print-settings.ts';
import { useAction } from '../../shared/calls.tsx';
import { Dialog } from '../../shared/dialog.tsx';
import { FormDialogButtons } from '../../shared/form-dialog-buttons.tsx';
import { materialsFor, orientationNames } from '../../shared/part-choices.ts';
import { fieldError, ProblemBox } from '../../shared/problem.tsx';
import type { Book } from '../prices/book-draft.ts';
import { usualInfill } from '../prices/usual-infill.ts';

type Choice = { id: string; name: string };
interface Props {
  job: JobView;
  part: JobView['parts'][number];
  book: Book;
}

/** Opens the form for a line. */
export function EditPart(props: Props) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        size="xs"
        variant="default"
        aria-label={`Edit ${props.part.name}`}
        onClick={() => setOpen(true)}
      >
        Edit
      </Button>
      {open && (
        <Dialog title="Edit the part" onClose={() => setOpen(false)}>
          <EditPartForm {...props} onClose={() => setOpen(false)} />
        </Dialog>
      )}
    </>
  );
}

function EditPartForm({ job, part, book, onClose }: Props & { onClose: () => void }) {
  const [name, setName] = useState(part.name);
  const [quantity, setQuantity] = useState(String(part.wanted));
  const [materialId, setMaterialId] = useState(part.materialId);
  const [finishId, setFinishId] = useState(part.finishId);
  const storedInfill = part.infillPercent ?? usualInfill(book);
  const [infill, setInfill] = useState(String(storedInfill));
  const [orientation, setOrientation] = useState<Orientation>(part.orientation ?? 'best');
  const save = useAction(editPart, onClose);
  const report = job.files.find(({ id }) => id === part.fileId)?.report;
  const materials = materialsFor(book.materials, report);
  const isFilament = materials.some(({ id, process }) => id === materialId && process === 'fdm');
  const infillChanged = isFilament && Number(infill) !== storedInfill;
  const options = (list: readonly Choice[]) => list.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.run({
          params: { jobId: job.id, partId: part.id },
          body: {
            name: name.trim(),
            quantity: Number(quantity),
            materialId,
            finishId,
            ...(infillChanged ? { infillPercent: Number(infill) } : {}),
            ...(isFilament ? { orientation } : {}),
          },
        });
      }}
    >
      <Stack>
        <TextInput
          label="Name"
          required
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={fieldError(save.error, 'name')}
        />
        <TextInput
          label="Quantity"
          type="number"
          required
          min={1}
          max={10_000}
          value={quantity}
          onChange={(event) => setQuantity(event.currentTarget.value)}
          error={fieldError(save.error, 'quantity')}
        />
        <NativeSelect
          label="Material"
          value={materialId}
          onChange={(event) => setMaterialId(event.currentTarget.value)}
          data={options(materials)}
          error={fieldError(save.error, 'materialId')}
        />
        <NativeSelect
          label="Finish"
          value={finishId}
          onChange={(event) => setFinishId(event.currentTarget.value)}
          data={options(book.finishes)}
          error={fieldError(save.error, 'finishId')}
        />
        {isFilament && (
          <TextInput
            label="Infill, %"
            type="number"
            required
            min={Math.min(book.infillFromPercent, storedInfill)}
            max={Math.max(book.infillToPercent, storedInfill)}
            step="any"
            value={infill}
            onChange={(event) => setInfill(event.currentTarget.value)}
            error={fieldError(save.error, 'infillPercent')}
          />
        )}
        {isFilament && (
          <NativeSelect
            label="Lies on the plate"
            value={orientation}
            onChange={({ currentTarget: { value } }) =>
              setOrientation(orientations.find((each) => each === value) ?? 'best')
            }
            data={orientations.map((value) => ({ value, label: orientationNames[value] }))}
            error={fieldError(save.error, 'orientation')}
          />
        )}
        <ProblemBox error={save.error} />
        <FormDialogButtons word="Save" pending={save.isPending} onClose={onClose} />
      </Stack>
    </form>
  );
}
