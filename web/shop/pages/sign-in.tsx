import { Anchor, Button, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { getRouteApi, Link, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { ProblemBox } from '../../shared/problem.tsx';
import { IdentityProblem, signIn } from '../cognito.ts';
import { ConfirmCode } from '../confirm-code.tsx';
import { startSession } from '../session.ts';

const here = getRouteApi('/sign-in');

export function SignInPage() {
  const { next = '/jobs' } = here.useSearch();
  const { history } = useRouter();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const enter = useMutation({
    mutationFn: () => signIn(email.trim(), password),
    onSuccess: (tokens) => {
      startSession(tokens);
      history.push(next);
    },
  });
  const unconfirmed =
    enter.error instanceof IdentityProblem && enter.error.cognito === 'UserNotConfirmedException';

  return (
    <main className="narrow">
      <title>Sign in · Kerf</title>
      <Title order={1} size="h2" mb="lg">
        Sign in to Kerf
      </Title>
      {unconfirmed ? (
        <ConfirmCode email={email.trim()} onConfirmed={() => enter.mutate()} />
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            enter.mutate();
          }}
        >
          <Stack>
            <TextInput
              label="E-mail"
              type="email"
              autoComplete="username"
              required
              value={email}
              onChange={(event) => setEmail(event.currentTarget.value)}
            />
            <PasswordInput
              label="Password"
              autoComplete="current-password"
              required
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
            <ProblemBox error={enter.error} />
            <Button type="submit" loading={enter.isPending}>
              Sign in
            </Button>
            <Text size="sm">
              <Anchor component={Link} to="/password" underline="always">
                Forgot the password?
              </Anchor>
            </Text>
            <Text size="sm">
              New here?{' '}
              <Anchor component={Link} to="/sign-up" underline="always">
                Create an account
              </Anchor>
            </Text>
          </Stack>
        </form>
      )}
    </main>
  );
}
