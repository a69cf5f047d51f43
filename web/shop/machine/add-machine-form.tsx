import { NativeSelect, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { createMachine } from '#contract/routes/farm.ts';
import { processes, processNames, type Process } from '#domain/process.ts';
import { useAction } from '../../shared/calls.tsx';
import { FormDialogButtons } from '../../shared/form-dialog-buttons.tsx';
import { fieldError, ProblemBox } from '../../shared/problem.tsx';

/** Build volumes in mm as their makers state them. */
const presets: Record<string, [number, number, number]> = {
  'Prusa MK4': [250, 210, 220],
  'Prusa MINI': [180, 180, 180],
  'Prusa XL': [360, 360, 360],
  'Bambu Lab X1 / P1': [256, 256, 256],
  'Bambu Lab A1 mini': [180, 180, 180],
  'Creality Ender-3 V2': [220, 220, 250],
  'Elegoo Neptune 3 Pro': [225, 225, 280],
  'Voron 2.4 300': [300, 300, 300],
  'Voron 2.4 350': [350, 350, 350],
  'Ultimaker S5 / S7': [330, 240, 300],
};
const other = 'Another one';

export function AddMachineForm({ onClose }: { onClose: () => void }) {
  const [process, setProcess] = useState<Process>('fdm');
  const [model, setModel] = useState('Prusa MK4');
  const [name, setName] = useState('');
  const [size, setSize] = useState(['250', '210', '220']);
  const add = useAction(createMachine, onClose);
  const choose = (chosen: string) => {
    setModel(chosen);
    const volume = presets[chosen];
    if (volume) setSize(volume.map(String));
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const [x, y, z] = size.map(Number) as [number, number, number];
        add.run({ body: { name: name.trim(), process, volumeMm: { x, y, z } } });
      }}
    >
      <Stack>
        <NativeSelect
          label="What it does"
          data={processes.map((value) => ({ value, label: processNames[value] }))}
          value={process}
          onChange={(event) =>
            setProcess(processes.find((each) => each === event.currentTarget.value) ?? 'fdm')
          }
        />
        {process === 'fdm' && (
          <NativeSelect
            label="Model"
            data={[...Object.keys(presets), other]}
            value={model}
            onChange={(event) => choose(event.currentTarget.value)}
          />
        )}
        <TextInput
          label="Name"
          description="What is written on it, such as MK4 left"
          required
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={fieldError(add.error, 'name')}
        />
        <div className="field-grid">
          {['Width', 'Depth', 'Height'].map((label, axis) => (
            <TextInput
              key={label}
              label={`${label} (mm)`}
              type="number"
              required
              min={1}
              max={5000}
              step="any"
              value={size[axis] ?? ''}
              onChange={(event) =>
                setSize(size.map((old, index) => (index === axis ? event.target.value : old)))
              }
            />
          ))}
        </div>
        <ProblemBox error={add.error} />
        <FormDialogButtons word="Add the machine" pending={add.isPending} onClose={onClose} />
      </Stack>
    </form>
  );
}
