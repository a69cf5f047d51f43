import { Button, Checkbox, Group, Stack, Text, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { listMessages, readMessages, writeMessage } from '#contract/routes/mail.ts';
import type { JobView } from '#contract/views/job.ts';
import type { MessageView } from '#contract/views/mail.ts';
import { longestMessage } from '#domain/message/message.ts';
import { useAction, useCall } from './calls.tsx';
import { pollEvery } from './live.ts';
import { fieldError, ProblemBox } from './problem.tsx';
import { keys } from './queries.ts';
import { Mark } from './status.tsx';
import { Ago } from './time.tsx';
import { Waiting } from './waiting.tsx';

/** What shop and customer say to each other about a job. What was new when the page opened stays marked while it is open. */
export function Conversation({
  job,
  mayNote = false,
  mayTakePart = true,
}: {
  job: JobView;
  mayNote?: boolean;
  /** Else nothing is written, and nothing counts as read. */
  mayTakePart?: boolean;
}) {
  const call = useCall();
  const jobId = job.id;
  const list = useQuery({
    queryKey: keys.messages(jobId),
    queryFn: () => call(listMessages, { params: { jobId } }),
    refetchInterval: () => pollEvery(false),
  });
  const { messages = [], unread = 0 } = list.data ?? {};
  const own = mayNote ? 'shop' : 'customer';
  const fresh = useFresh(jobId, messages, mayTakePart ? unread : 0, own);
  return (
    <section className="card" id="messages">
      <h2>
        Messages{' '}
        {fresh.size > 0 && (
          <Mark tone="blue" icon="inbox">
            {`${fresh.size} new`}
          </Mark>
        )}
      </h2>
      {list.isPending && <Waiting heights={[48, 48]} />}
      <ProblemBox error={list.error} onRetry={() => void list.refetch()} />
      {list.data && messages.length === 0 && <Text c="dimmed">Nothing has been written yet.</Text>}
      <ol className="plain-list">
        {messages.map((message) => (
          <li key={message.id} style={{ padding: '8px 0' }}>
            <Said message={message} isNew={fresh.has(message.id)} />
          </li>
        ))}
      </ol>
      {mayTakePart && <Write job={job} mayNote={mayNote} />}
    </section>
  );
}

/** Ids of what this side had not read when it came; telling the server that it has now. */
function useFresh(
  jobId: string,
  messages: readonly MessageView[],
  unread: number,
  own: MessageView['from'],
): ReadonlySet<string> {
  const call = useCall();
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set());
  const told = useRef<string>(undefined);
  const last = messages.at(-1)?.id;
  useEffect(() => {
    if (unread === 0 || last === undefined || told.current === last) return;
    told.current = last;
    const others = messages.filter(({ from, internal }) => from !== own && !internal);
    setFresh((before) => new Set([...before, ...others.slice(-unread).map(({ id }) => id)]));
    // Told again by the next look when it gets lost.
    call(readMessages, { params: { jobId }, body: { upTo: last } }).catch(() => (told.current = undefined));
  }, [call, jobId, messages, unread, last, own]);
  return fresh;
}

function Said({ message, isNew }: { message: MessageView; isNew: boolean }) {
  const { author, internal, text, files, quoteVersion, at } = message;
  return (
    <>
      <Text size="xs" c="dimmed">
        <b>{author}</b> · <Ago at={at} />
        {quoteVersion !== undefined && ` · about quote version ${quoteVersion}`}{' '}
        {internal && (
          <Mark tone="amber" icon="pencil">
            Note, only in the shop
          </Mark>
        )}
        {isNew && (
          <Mark tone="blue" icon="inbox">
            New
          </Mark>
        )}
      </Text>
      <Text style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>{text}</Text>
      {files.length > 0 && (
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          About {files.map(({ name }) => name).join(', ')}
        </Text>
      )}
    </>
  );
}

function Write({ job, mayNote }: { job: JobView; mayNote: boolean }) {
  const [text, setText] = useState('');
  const [internal, setInternal] = useState(false);
  const [fileIds, setFileIds] = useState<string[]>([]);
  const send = useAction(writeMessage, () => {
    setText('');
    setFileIds([]);
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send.run({ params: { jobId: job.id }, body: { text, fileIds, internal } });
      }}
    >
      <Stack gap="xs" mt="sm">
        <Textarea
          label={internal ? 'Note' : mayNote ? `Message to ${job.customer.name}` : 'Message to the shop'}
          required
          rows={3}
          maxLength={longestMessage}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          error={fieldError(send.error, 'text', 'fileIds')}
        />
        {mayNote && (
          <Checkbox
            label="Only a note: the customer never sees it"
            checked={internal}
            onChange={(event) => setInternal(event.currentTarget.checked)}
          />
        )}
        {job.files.length > 0 && (
          <details className="fold">
            <summary>Which files is it about?{fileIds.length > 0 && ` (${fileIds.length})`}</summary>
            <Checkbox.Group aria-label="Files the message is about" value={fileIds} onChange={setFileIds}>
              <Stack gap={6} mt="xs">
                {job.files.map(({ id, name }) => (
                  <Checkbox key={id} value={id} label={name} />
                ))}
              </Stack>
            </Checkbox.Group>
          </details>
        )}
        {fieldError(send.error, 'text', 'fileIds') === undefined && <ProblemBox error={send.error} />}
        <Group justify="flex-end">
          <Button type="submit" loading={send.isPending}>
            {internal ? 'Keep the note' : 'Send'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
