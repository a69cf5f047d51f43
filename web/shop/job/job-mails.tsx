import { Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { clearMailTrouble, listJobMails } from '#contract/routes/mail.ts';
import type { MailView } from '#contract/views/mail.ts';
import { useAction, useCall } from '../../shared/calls.tsx';
import type { IconName } from '../../shared/icons.tsx';
import { pollEvery } from '../../shared/live.ts';
import { ProblemBox } from '../../shared/problem.tsx';
import { keys } from '../../shared/queries.ts';
import { Mark, type Tone } from '../../shared/status.tsx';
import { Ago } from '../../shared/time.tsx';
import { Waiting } from '../../shared/waiting.tsx';
import { mayCall, useOffice } from '../office.ts';

const looks: Record<MailView['state'], [Tone, IconName, string]> = {
  waiting: ['neutral', 'pause', 'Waits for undo'],
  sending: ['blue', 'queue', 'On its way'],
  sent: ['blue', 'queue', 'Sent'],
  delivered: ['green', 'check', 'Delivered'],
  bounced: ['red', 'cross', 'Came back'],
  complained: ['red', 'warning', 'Marked as unwanted'],
  held: ['amber', 'pause', 'Held'],
  dropped: ['neutral', 'cross', 'Not sent: undone'],
  given_up: ['red', 'warning', 'Could not be sent'],
};

const useMails = (jobId: string) => {
  const call = useCall();
  return useQuery({
    queryKey: keys.mails(jobId),
    queryFn: () => call(listJobMails, { params: { jobId } }),
    refetchInterval: ({ state }) =>
      pollEvery(state.data?.mails.some((mail) => ['waiting', 'sending'].includes(mail.state)) ?? false),
  });
};

/** Addresses of the job that do not work: mails to them are held until somebody says that they do. */
export function MailTroubles({ jobId }: { jobId: string }) {
  const { role } = useOffice();
  const { data } = useMails(jobId);
  const clear = useAction(clearMailTrouble);
  const troubles = data?.troubles ?? [];
  if (troubles.length === 0) return null;
  return (
    <div role="alert" className="problem tone-red" style={{ marginBottom: 16 }}>
      {troubles.map(({ email, reason, since }) => (
        <Group key={email} justify="space-between">
          <Text style={{ overflowWrap: 'anywhere' }}>
            <b>Mails are held.</b> {reason} <Ago at={since} />
          </Text>
          {mayCall(role, clearMailTrouble) && (
            <Button
              size="xs"
              variant="default"
              loading={clear.isPending}
              aria-label={`${email} works again`}
              onClick={() => clear.run({ body: { email } })}
            >
              The address works again
            </Button>
          )}
        </Group>
      ))}
      <ProblemBox error={clear.error} />
    </div>
  );
}

/** Every mail about the job: to whom, when, and what became of it. */
export function JobMails({ jobId }: { jobId: string }) {
  const list = useMails(jobId);
  const newestFirst = [...(list.data?.mails ?? [])].reverse();
  return (
    <section className="card">
      <h2>Mails</h2>
      {list.isPending && <Waiting heights={[32, 32]} />}
      <ProblemBox error={list.error} onRetry={() => void list.refetch()} />
      {list.data && newestFirst.length === 0 && <Text c="dimmed">No mail has been sent about this job.</Text>}
      <ul className="plain-list">
        {newestFirst.map((mail) => (
          <li key={mail.id} style={{ padding: '8px 0' }}>
            <Group justify="space-between" gap="xs">
              <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
                {mail.subject ?? mail.title}
              </Text>
              <Fate state={mail.state} />
            </Group>
            <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
              To {mail.to ?? `the ${mail.audience}`}
              {mail.cc && `, copy to ${mail.cc}`} · <Ago at={mail.sentAt ?? mail.createdAt} />
              {mail.note && ` · ${mail.note}`}
            </Text>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Fate({ state }: { state: MailView['state'] }) {
  const [tone, icon, words] = looks[state];
  return (
    <Mark tone={tone} icon={icon}>
      {words}
    </Mark>
  );
}
