import { Button, FileButton, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { replaceLetterhead, type LetterheadView } from '#contract/routes/documents.ts';
import { useAction } from '../../shared/calls.tsx';
import { fieldError } from '../../shared/problem.tsx';
import { LetterheadSample } from './letterhead-sample.tsx';
import {
  letterheadBodyOf,
  letterheadDraftOf,
  readLogoFile,
  type LetterheadDraft,
} from './letterhead-draft.ts';
import { SaveBar } from './save-bar.tsx';

interface Props {
  letterhead: LetterheadView;
  saved: boolean;
  onTouch: () => void;
  onSaved: (letterhead: LetterheadView) => void;
  onReload: () => void;
}

/** What stands on every paper, with a sample of it beside the fields. */
export function LetterheadForm({ letterhead, saved, onTouch, onSaved, onReload }: Props) {
  const [draft, setDraft] = useState(() => letterheadDraftOf(letterhead));
  const save = useAction(replaceLetterhead, onSaved);
  const edit = (change: Partial<LetterheadDraft>) => {
    onTouch();
    setDraft({ ...draft, ...change });
  };
  const text = (name: Exclude<keyof LetterheadDraft, 'logo'>) => ({
    value: draft[name],
    onChange: (event: { currentTarget: { value: string } }) => edit({ [name]: event.currentTarget.value }),
    error: fieldError(save.error, name),
  });
  return (
    <div className="settings-grid">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.run({ body: letterheadBodyOf(draft), ifMatch: letterhead.version });
        }}
      >
        <Stack>
          <section className="card">
            <h2>Your shop</h2>
            <Stack>
              <LogoField
                stored={letterhead.logo?.url}
                logo={draft.logo}
                error={fieldError(save.error, 'logo')}
                onChange={(logo) => edit({ logo })}
              />
              <Textarea
                label="Address"
                description="Also register entries, line by line"
                rows={3}
                maxLength={400}
                {...text('address')}
              />
              <div className="field-grid">
                <TextInput label="Phone" maxLength={40} {...text('phone')} />
                <TextInput label="Website" maxLength={100} {...text('website')} />
                <TextInput label="Tax number" maxLength={40} {...text('taxNumber')} />
              </div>
            </Stack>
          </section>
          <section className="card">
            <h2>Looks</h2>
            <div className="field-grid">
              <TextInput label="Colour of headings" type="color" {...text('accentColor')} />
              <TextInput
                label="Figures and dates as in"
                description="A language tag such as en-GB or de-AT"
                maxLength={35}
                {...text('locale')}
              />
            </div>
          </section>
          <section className="card">
            <h2>Terms</h2>
            <Stack>
              <Textarea label="Under quotes" rows={4} maxLength={2000} autosize {...text('quoteTerms')} />
              <Textarea
                label="Under invoices"
                description="When and how to pay: bank, IBAN, reference, line by line"
                rows={4}
                maxLength={1000}
                autosize
                {...text('paymentTerms')}
              />
            </Stack>
          </section>
          <Text size="sm" c="dimmed">
            Papers that were issued before keep their letterhead.
          </Text>
          <SaveBar
            word="Save the letterhead"
            pending={save.isPending}
            saved={saved}
            error={save.error}
            onReload={onReload}
          />
        </Stack>
      </form>
      <LetterheadSample draft={draft} />
    </div>
  );
}

function LogoField({
  stored,
  logo,
  error,
  onChange,
}: {
  stored: string | undefined;
  logo: LetterheadDraft['logo'];
  error: string | undefined;
  onChange: (logo: LetterheadDraft['logo']) => void;
}) {
  const [unread, setUnread] = useState<string>();
  const shown = typeof logo === 'object' ? logo.shown : logo === 'keep' ? stored : undefined;
  const choose = (file: File | null) => {
    if (!file) return;
    setUnread(undefined);
    readLogoFile(file).then(onChange, () => setUnread(`${file.name} could not be read. Choose it again.`));
  };
  const problem = unread ?? error;
  return (
    <div>
      <Text size="sm" fw={600}>
        Logo
      </Text>
      <Text size="xs" c="dimmed" mb={6}>
        PNG or JPEG, at most 300 kB
      </Text>
      <Group>
        {shown && <img className="logo" src={shown} alt="Your logo" />}
        <FileButton accept="image/png,image/jpeg" onChange={choose}>
          {(props) => (
            <Button {...props} size="xs" variant="default">
              {shown ? 'Replace the logo' : 'Choose a logo'}
            </Button>
          )}
        </FileButton>
        {shown && (
          <Button size="xs" variant="default" onClick={() => onChange('none')}>
            Take it away
          </Button>
        )}
      </Group>
      {problem && (
        <Text size="sm" c="red" role="alert">
          {problem}
        </Text>
      )}
    </div>
  );
}
