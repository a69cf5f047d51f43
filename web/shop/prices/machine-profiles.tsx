import { Button, FileButton, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { setMachineProfile } from '#contract/routes/shops.ts';
import { ApiProblem } from '../../shared/api.ts';
import { useAction } from '../../shared/calls.tsx';
import { ProblemBox } from '../../shared/problem.tsx';
import type { Book } from './book-draft.ts';

type Machine = Book['machines'][number];

/** The slicer's profiles of the filament printers; each change is a new version of the book. */
export function MachineProfiles({ book, onSaved }: { book: Book; onSaved: (book: Book) => void }) {
  const printers = book.machines.filter(({ process }) => process === 'fdm');
  if (printers.length === 0) return null;
  return (
    <section className="card">
      <h2>Slicer profiles</h2>
      <Text size="sm" c="dimmed">
        With the profile that a printer prints by, exported from PrusaSlicer, SuperSlicer or OrcaSlicer (ini
        or json), its times and grams are estimated from that instead of the figures above. Save other changes
        first.
      </Text>
      <ul className="plain-list">
        {printers.map((machine) => (
          <MachineProfile key={machine.id} machine={machine} version={book.version} onSaved={onSaved} />
        ))}
      </ul>
    </section>
  );
}

function MachineProfile({
  machine: { id: machineId, name, profile },
  version,
  onSaved,
}: {
  machine: Machine;
  version: number;
  onSaved: (book: Book) => void;
}) {
  const save = useAction(setMachineProfile, onSaved);
  const [unread, setUnread] = useState<string>();
  const put = (next: { name: string; text: string } | null) =>
    save.run({ body: { machineId, profile: next }, ifMatch: version });
  const choose = (file: File | null) => {
    if (!file) return;
    setUnread(undefined);
    file.text().then(
      (text) => put({ name: file.name.slice(0, 120), text }),
      () => setUnread(`${file.name} could not be read. Choose it again.`),
    );
  };
  return (
    <li style={{ padding: '10px 0' }}>
      <Text fw={600}>{name}</Text>
      <Text size="sm">{profile ? `Prints by ${profile.name}.` : 'No profile.'}</Text>
      {profile?.inherits !== undefined && (
        <Text size="sm">
          It builds on “{profile.inherits}”, which is not in the file: export the whole configuration to have
          its values too.
        </Text>
      )}
      {profile && profile.defaults.length > 0 && (
        <details className="fold">
          <summary>
            <Text span size="sm" c="dimmed">
              {profile.defaults.length} settings are not in it; usual values are used
            </Text>
          </summary>
          <ul>
            {profile.defaults.map(({ setting, keys, used }) => (
              <li key={setting}>
                <Text size="sm">
                  {keys.join(' or ')}: {used}
                </Text>
              </li>
            ))}
          </ul>
        </details>
      )}
      <Group mt={6} gap={8}>
        <FileButton onChange={choose} accept=".ini,.json,.txt">
          {(props) => (
            <Button {...props} size="xs" variant="default" loading={save.isPending}>
              {profile ? 'Replace the profile' : 'Choose a profile'}
              <span className="sr-only"> of {name}</span>
            </Button>
          )}
        </FileButton>
        {profile && (
          <Button size="xs" variant="default" disabled={save.isPending} onClick={() => put(null)}>
            Take it away<span className="sr-only"> from {name}</span>
          </Button>
        )}
      </Group>
      <ProblemBox error={unread === undefined ? save.error : new ApiProblem('invalid_request', unread)} />
    </li>
  );
}
