import { NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { Dialog } from '../../shared/dialog.tsx';
import { FormDialogButtons } from '../../shared/form-dialog-buttons.tsx';
import { fieldError, ProblemBox } from '../../shared/problem.tsx';

/** Asks why, and which one of several where there is a choice. The shop reads the reason. */
export function ReasonForm({
  title,
  word,
  choice,
  pending,
  error,
  onSubmit,
  onClose,
  children,
}: {
  title: string;
  word: string;
  choice?: { label: string; value: string; data: readonly { value: string; label: string }[] };
  pending: boolean;
  error: Error | null;
  onSubmit: (reason: string, chosen: string) => void;
  onClose: () => void;
  children: ReactNode;
}) {
  const [reason, setReason] = useState('');
  const [chosen, setChosen] = useState(choice?.value ?? '');
  const wrong = fieldError(error, 'reason');
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit(reason.trim(), chosen);
        }}
      >
        <Stack>
          <Text>{children}</Text>
          {choice && (
            <NativeSelect
              label={choice.label}
              value={chosen}
              onChange={(event) => setChosen(event.currentTarget.value)}
              data={[...choice.data]}
            />
          )}
          <TextInput
            label="Reason"
            description="The shop reads it."
            required
            maxLength={300}
            value={reason}
            error={wrong}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {wrong === undefined && <ProblemBox error={error} />}
          <FormDialogButtons word={word} pending={pending} onClose={onClose} />
        </Stack>
      </form>
    </Dialog>
  );
}
