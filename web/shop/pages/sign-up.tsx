import { Anchor, Button, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ProblemBox } from '../../shared/problem.tsx';
import { signIn, signUp } from '../cognito.ts';
import { ConfirmCode } from '../confirm-code.tsx';
import { startSession } from '../session.ts';

export function SignUpPage() {
  const navigate = useNavigate();
  const [person, setPerson] = useState({ name: '', email: '', password: '' });
  const trimmed = { ...person, name: person.name.trim(), email: person.email.trim() };
  const create = useMutation({ mutationFn: () => signUp(trimmed) });
  const enter = useMutation({
    mutationFn: () => signIn(trimmed.email, trimmed.password),
    onSuccess: async (tokens) => {
      startSession(tokens);
      await navigate({ to: '/open-shop' });
    },
  });
  const set = (name: keyof typeof person) => (event: React.ChangeEvent<HTMLInputElement>) =>
    setPerson({ ...person, [name]: event.currentTarget.value });

  return (
    <main className="narrow">
      <title>Create an account · Kerf</title>
      <Title order={1} size="h2" mb="lg">
        {create.isSuccess ? 'Confirm your e-mail' : 'Create an account'}
      </Title>
      {create.isSuccess ? (
        <Stack>
          <ConfirmCode email={trimmed.email} onConfirmed={() => enter.mutate()} />
          <ProblemBox error={enter.error} onRetry={() => enter.mutate()} />
        </Stack>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            create.mutate();
          }}
        >
          <Stack>
            <TextInput
              label="Your name"
              autoComplete="name"
              required
              value={person.name}
              onChange={set('name')}
            />
            <TextInput
              label="E-mail"
              type="email"
              autoComplete="username"
              required
              value={person.email}
              onChange={set('email')}
            />
            <PasswordInput
              label="Password"
              description="At least 10 characters with a capital, a small letter and a digit"
              autoComplete="new-password"
              required
              minLength={10}
              value={person.password}
              onChange={set('password')}
            />
            <ProblemBox error={create.error} />
            <Button type="submit" loading={create.isPending}>
              Create account
            </Button>
            <Text size="sm">
              Have one already?{' '}
              <Anchor component={Link} to="/sign-in" underline="always">
                Sign in
              </Anchor>
            </Text>
          </Stack>
        </form>
      )}
    </main>
  );
}
