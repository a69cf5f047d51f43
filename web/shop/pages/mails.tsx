import { Button, Checkbox, Group, NativeSelect, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { listMailSettings, previewMail, replaceMailSettings, sendTestMail } from '#contract/routes/mail.ts';
import type { BodyInputOf, OutOf } from '#contract/route.ts';
import type { MailSettingsView } from '#contract/views/mail.ts';
import { ApiProblem } from '../../shared/api.ts';
import { useAction, useCall } from '../../shared/calls.tsx';
import { fieldError, ProblemBox } from '../../shared/problem.tsx';
import { keys } from '../../shared/queries.ts';
import { Waiting } from '../../shared/waiting.tsx';

type Mail = MailSettingsView['mails'][number];
type Template = MailSettingsView['template'];

/** What goes out by mail, for each job type. */
export function MailsPage() {
  const call = useCall();
  const [name, setName] = useState<Template>('fabrication');
  const settings = useQuery({
    queryKey: keys.mailSettings,
    queryFn: () => call(listMailSettings, {}),
    staleTime: Infinity,
  });
  const chosen = settings.data?.templates.find(({ template }) => template === name);
  return (
    <>
      <title>Mails · Kerf</title>
      <div className="page-head">
        <div>
          <Text size="sm">
            <Link to="/settings" style={{ color: 'var(--mantine-color-anchor)' }}>
              Settings
            </Link>{' '}
            / Mails
          </Text>
          <h1>Mails</h1>
        </div>
      </div>
      <ProblemBox error={settings.error} onRetry={() => void settings.refetch()} />
      {settings.isPending && <Waiting heights={[64, 220, 220]} />}
      {settings.data && chosen && (
        <Stack>
          <NativeSelect
            maw={320}
            label="Job type"
            value={name}
            onChange={(event) => setName(event.currentTarget.value as Template)}
            data={settings.data.templates.map(({ template, title }) => ({ value: template, label: title }))}
          />
          <Editor
            key={`${name} ${chosen.version}`}
            settings={chosen}
            placeholders={settings.data.placeholders}
            onReload={() => void settings.refetch()}
          />
        </Stack>
      )}
    </>
  );
}

/** What differs from how Kerf has it. */
const choicesOf = (mails: readonly Mail[]): BodyInputOf<typeof replaceMailSettings>['choices'] =>
  mails.flatMap((mail) => {
    const choice = {
      ...(mail.send === mail.sendByDefault ? {} : { send: mail.send }),
      ...(mail.subject === mail.defaultSubject ? {} : { subject: mail.subject }),
      ...(mail.opening === mail.defaultOpening ? {} : { opening: mail.opening }),
    };
    return Object.keys(choice).length > 0 ? [{ kind: mail.kind, audience: mail.audience, ...choice }] : [];
  });

const audienceTitles = { customer: 'To customers', shop: 'To the shop', vendor: 'To vendors' };

function Editor({
  settings,
  placeholders,
  onReload,
}: {
  settings: MailSettingsView;
  placeholders: readonly string[];
  onReload: () => void;
}) {
  const [mails, setMails] = useState(settings.mails);
  const save = useAction(replaceMailSettings, onReload);
  const choices = choicesOf(mails);
  const changed = JSON.stringify(choices) !== JSON.stringify(choicesOf(settings.mails));
  const overtaken = save.error instanceof ApiProblem && save.error.code === 'stale';
  const edit = (mail: Mail, change: Partial<Mail>) =>
    setMails((all) => all.map((each) => (each === mail ? { ...each, ...change } : each)));
  const placeOf = (mail: Mail): number =>
    choices.findIndex(({ kind, audience }) => kind === mail.kind && audience === mail.audience);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.run({ params: { template: settings.template }, body: { choices }, ifMatch: settings.version });
      }}
    >
      <Stack>
        <Text size="sm">
          The order, where it stands and the link are in every mail. Your words may name{' '}
          {placeholders.map((name) => `{${name}}`).join(' ')}.
        </Text>
        {(['customer', 'shop', 'vendor'] as const).map((audience) => {
          const own = mails.filter((mail) => mail.audience === audience);
          return (
            own.length > 0 && (
              <section className="card" key={audience}>
                <h2>{audienceTitles[audience]}</h2>
                <ul className="plain-list">
                  {own.map((mail) => (
                    <li key={mail.kind} style={{ padding: '8px 0' }}>
                      <MailRow
                        template={settings.template}
                        mail={mail}
                        fault={(field) => fieldError(save.error, `choices.${placeOf(mail)}.${field}`)}
                        onEdit={(change) => edit(mail, change)}
                      />
                    </li>
                  ))}
                </ul>
              </section>
            )
          );
        })}
        <ProblemBox error={save.error} {...(overtaken ? { onRetry: onReload } : {})} />
        <Group className="save-bar">
          <Button type="submit" loading={save.isPending} disabled={!changed}>
            Save mails
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface RowProps {
  template: Template;
  mail: Mail;
  fault: (field: 'subject' | 'opening') => string | undefined;
  onEdit: (change: Partial<Mail>) => void;
}

function MailRow({ template, mail, fault, onEdit }: RowProps) {
  const { title, audience, send, subject, opening, copied } = mail;
  const isOwn = subject !== mail.defaultSubject || opening !== mail.defaultOpening;
  return (
    <>
      <Checkbox
        label={`${title}${copied ? ' (copy to the billing contact)' : ''}`}
        checked={send}
        onChange={(event) => onEdit({ send: event.currentTarget.checked })}
      />
      <details className="fold" open={fault('subject') !== undefined || fault('opening') !== undefined}>
        <summary>
          {isOwn ? 'Own words: ' : ''}
          {subject}
        </summary>
        <Stack gap="xs" mt="xs">
          <TextInput
            label="Subject"
            required
            maxLength={200}
            value={subject}
            onChange={(event) => onEdit({ subject: event.currentTarget.value })}
            error={fault('subject')}
          />
          <Textarea
            label="Opening words"
            required
            rows={3}
            maxLength={2000}
            value={opening}
            onChange={(event) => onEdit({ opening: event.currentTarget.value })}
            error={fault('opening')}
          />
          {isOwn && (
            <Button
              size="xs"
              variant="default"
              style={{ alignSelf: 'flex-start' }}
              onClick={() => onEdit({ subject: mail.defaultSubject, opening: mail.defaultOpening })}
            >
              Use Kerf’s words
            </Button>
          )}
          <Preview draft={{ template, kind: mail.kind, audience, subject, opening }} />
        </Stack>
      </details>
    </>
  );
}

/** How the words read with a made-up job, before they are saved. */
function Preview({ draft }: { draft: BodyInputOf<typeof previewMail> }) {
  const [shown, setShown] = useState<OutOf<typeof previewMail>>();
  const [sentTo, setSentTo] = useState<string>();
  const look = useAction(previewMail, setShown);
  const test = useAction(sendTestMail, ({ to }) => setSentTo(to));
  return (
    <>
      <Group gap="xs">
        <Button
          size="xs"
          variant="default"
          loading={look.isPending}
          onClick={() => look.run({ body: draft })}
        >
          Preview
        </Button>
        <Button
          size="xs"
          variant="default"
          loading={test.isPending}
          onClick={() => test.run({ body: draft })}
        >
          Send it to me
        </Button>
      </Group>
      <div aria-live="polite">
        {shown && (
          <div className="mail-preview">
            <b>{shown.subject}</b>
            <pre>{shown.text}</pre>
          </div>
        )}
        {sentTo && <Text size="sm">Sent to {sentTo}.</Text>}
      </div>
      <ProblemBox error={look.error ?? test.error} />
    </>
  );
}
