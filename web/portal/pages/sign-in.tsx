import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { openSession, requestCode } from '#contract/routes/portal.ts';
import { useAction } from '../../shared/calls.tsx';
import { fieldError, ProblemBox } from '../../shared/problem.tsx';
import { placeOf } from '../place.ts';
import { startSession } from '../session.ts';
import { useVisit } from '../visit.ts';

/** No password: a six-digit code by mail. */
export function SignIn() {
  const { slug, shop } = useVisit();
  const [email, setEmail] = useState('');
  const [name, setName] = useState('');
  const [code, setCode] = useState('');
  const [mailed, setMailed] = useState(false);
  const ask = useAction(requestCode, () => setMailed(true));
  const enter = useAction(openSession, ({ token }) => startSession(slug, token));
  const askFor = () => ask.run({ params: { slug }, body: { email: email.trim() } });
  const wantsOrder = placeOf(location.pathname).page === 'order';

  return (
    <div className="card" style={{ maxWidth: 460, margin: '24px auto' }}>
      <h1 style={{ fontSize: 22, margin: '0 0 8px' }}>
        {mailed ? 'Type the code' : `Welcome to ${shop.name}`}
      </h1>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!mailed) return askFor();
          enter.run({
            params: { slug },
            body: {
              email: email.trim(),
              code: code.trim(),
              ...(name.trim() === '' ? {} : { name: name.trim() }),
            },
          });
        }}
      >
        <Stack>
          {mailed ? (
            <>
              <Text>
                We mailed six digits to <b>{email.trim()}</b>. They are valid for ten minutes.
              </Text>
              <TextInput
                label="Code"
                inputMode="numeric"
                autoComplete="one-time-code"
                pattern="[0-9]{6}"
                maxLength={6}
                required
                value={code}
                onChange={(event) => setCode(event.currentTarget.value)}
                error={fieldError(enter.error, 'code')}
              />
              <TextInput
                label="Your name"
                description="If you are here for the first time"
                autoComplete="name"
                maxLength={80}
                value={name}
                onChange={(event) => setName(event.currentTarget.value)}
              />
            </>
          ) : (
            <>
              <Text>
                {wantsOrder
                  ? 'Sign in to see this order; links in mails work for a limited time only. We mail you a code, there is no password.'
                  : 'Send us your files, see the price and follow your order. We mail you a code, there is no password.'}
              </Text>
              <TextInput
                label="E-mail"
                type="email"
                autoComplete="email"
                required
                value={email}
                onChange={(event) => setEmail(event.currentTarget.value)}
              />
            </>
          )}
          <ProblemBox error={enter.error ?? ask.error} />
          <Group>
            <Button type="submit" loading={ask.isPending || enter.isPending}>
              {mailed ? 'Sign in' : 'Mail me a code'}
            </Button>
            {mailed && (
              <Button variant="default" onClick={askFor}>
                Mail a new code
              </Button>
            )}
            {mailed && (
              <Button
                variant="subtle"
                onClick={() => {
                  setMailed(false);
                  enter.reset();
                }}
              >
                Other e-mail
              </Button>
            )}
          </Group>
        </Stack>
      </form>
    </div>
  );
}
