import { Button, Group } from '@mantine/core';

/** The last row of a form in a dialog. */
export function FormDialogButtons({
  word,
  pending,
  disabled,
  onClose,
}: {
  word: string;
  pending: boolean;
  disabled?: boolean;
  onClose: () => void;
}) {
  return (
    <Group justify="flex-end">
      <Button variant="default" onClick={onClose}>
        Back
      </Button>
      <Button type="submit" loading={pending} disabled={disabled ?? false}>
        {word}
      </Button>
    </Group>
  );
}
