import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ProblemBox } from '../shared/problem.tsx';
import { confirmSignUp, resendCode } from './cognito.ts';

/** Asks for the six digits that were mailed at sign-up. */
export function ConfirmCode({ email, onConfirmed }: { email: string; onConfirmed: () => void }) {
  const [code, setCode] = useState('');
  const confirm = useMutation({
    mutationFn: () => confirmSignUp(email, code.trim()),
    onSuccess: onConfirmed,
  });
  const resend = useMutation({ mutationFn: () => resendCode(email), onSuccess: () => confirm.reset() });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        confirm.mutate();
      }}
    >
      <Stack>
        <Text>
          We mailed a code to <b>{email}</b>. Type it here.
        </Text>
        <TextInput
          label="Code"
          inputMode="numeric"
          autoComplete="one-time-code"
          required
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <ProblemBox error={confirm.error ?? resend.error} />
        <Group>
          <Button type="submit" loading={confirm.isPending || confirm.isSuccess}>
            Confirm
          </Button>
          <Button variant="default" loading={resend.isPending} onClick={() => resend.mutate()}>
            Mail a new code
          </Button>
        </Group>
        {resend.isSuccess && (
          <Text size="sm" role="status">
            A new code is on its way.
          </Text>
        )}
      </Stack>
    </form>
  );
}
