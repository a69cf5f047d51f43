import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { fieldError, ProblemBox } from '../shared/problem.tsx';

/** Agreeing to a price under one's typed name: the one binding step a customer takes. */
export function SignedForm({
  word,
  pending,
  error,
  disabled = false,
  variant = 'filled',
  children,
  onSign,
}: {
  word: string;
  pending: boolean;
  error: Error | null;
  disabled?: boolean;
  variant?: 'filled' | 'default';
  /** Other answers, beside the button. */
  children?: ReactNode;
  onSign: (name: string) => void;
}) {
  const [name, setName] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSign(name.trim());
      }}
    >
      <Stack>
        <TextInput
          label="Your name"
          description="Typing it here is your signature"
          autoComplete="name"
          required
          maxLength={80}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={fieldError(error, 'name')}
        />
        <ProblemBox error={error} />
        <Group>
          <Button type="submit" variant={variant} disabled={disabled} loading={pending}>
            {word}
          </Button>
          {children}
        </Group>
      </Stack>
    </form>
  );
}
