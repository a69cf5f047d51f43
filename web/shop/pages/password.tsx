import { Anchor, Button, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ProblemBox } from '../../shared/problem.tsx';
import { confirmPassword, forgotPassword, signIn } from '../cognito.ts';
import { startSession } from '../session.ts';

/** A new password by a mailed code. */
export function PasswordPage() {
  const navigate = useNavigate();
  const [email, setEmail] = useState('');
  const [code, setCode] = useState('');
  const [password, setPassword] = useState('');
  const ask = useMutation({ mutationFn: () => forgotPassword(email.trim()) });
  const change = useMutation({
    mutationFn: async () => {
      await confirmPassword(email.trim(), code.trim(), password);
      return signIn(email.trim(), password);
    },
    onSuccess: async (tokens) => {
      startSession(tokens);
      await navigate({ to: '/jobs' });
    },
  });
  return (
    <main className="narrow">
      <title>New password · Kerf</title>
      <Title order={1} size="h2" mb="lg">
        Choose a new password
      </Title>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (ask.isSuccess) change.mutate();
          else ask.mutate();
        }}
      >
        <Stack>
          <TextInput
            label="E-mail"
            type="email"
            autoComplete="username"
            required
            readOnly={ask.isSuccess}
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          {ask.isSuccess && (
            <>
              <Text size="sm" role="status">
                If there is an account, a code is on its way to it.
              </Text>
              <TextInput
                label="Code"
                inputMode="numeric"
                autoComplete="one-time-code"
                required
                value={code}
                onChange={(event) => setCode(event.currentTarget.value)}
              />
              <PasswordInput
                label="New password"
                description="At least 10 characters with a capital, a small letter and a digit"
                autoComplete="new-password"
                required
                minLength={10}
                value={password}
                onChange={(event) => setPassword(event.currentTarget.value)}
              />
            </>
          )}
          <ProblemBox error={change.error ?? ask.error} />
          <Button type="submit" loading={ask.isPending || change.isPending}>
            {ask.isSuccess ? 'Save and sign in' : 'Mail me a code'}
          </Button>
          <Text size="sm">
            <Anchor component={Link} to="/sign-in" underline="always">
              Back to sign-in
            </Anchor>
          </Text>
        </Stack>
      </form>
    </main>
  );
}
