import { Button, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { editPart } from '#contract/routes/edits.ts';
import type { JobView } from '#contract/views/job.ts';
import { useAction } from '../../shared/calls.tsx';
import { Dialog } from '../../shared/dialog.tsx';
import { FormDialogButtons } from '../../shared/form-dialog-buttons.tsx';
import { fieldError, ProblemBox } from '../../shared/problem.tsx';

type Choice = { id: string; name: string };
interface Props {
  job: JobView;
  part: JobView['parts'][number];
  materials: readonly Choice[];
  finishes: readonly Choice[];
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

function EditPartForm({ job, part, materials, finishes, onClose }: Props & { onClose: () => void }) {
  const [name, setName] = useState(part.name);
  const [quantity, setQuantity] = useState(String(part.wanted));
  const [materialId, setMaterialId] = useState(part.materialId);
  const [finishId, setFinishId] = useState(part.finishId);
  const save = useAction(editPart, onClose);
  const options = (list: readonly Choice[]) => list.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.run({
          params: { jobId: job.id, partId: part.id },
          body: { name: name.trim(), quantity: Number(quantity), materialId, finishId },
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
          data={options(finishes)}
          error={fieldError(save.error, 'finishId')}
        />
        <ProblemBox error={save.error} />
        <FormDialogButtons word="Save" pending={save.isPending} onClose={onClose} />
      </Stack>
    </form>
  );
}
