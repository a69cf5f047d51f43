import { Button, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { replaceChecklist, type ChecklistView } from '#contract/routes/quality.ts';
import { ApiProblem } from '../../shared/api.ts';
import { useAction } from '../../shared/calls.tsx';
import {
  checklistBodyOf,
  checklistDraftOf,
  moved,
  newItem,
  type ChecklistDraft,
  type ItemDraft,
} from './checklist-draft.ts';
import { SaveBar } from './save-bar.tsx';

const mostItems = 60;

interface Props {
  checklist: ChecklistView;
  saved: boolean;
  onTouch: () => void;
  onSaved: (checklist: ChecklistView) => void;
  onReload: () => void;
}

/** What is looked at, in its order. */
export function ChecklistEditor({ checklist, saved, onTouch, onSaved, onReload }: Props) {
  const [draft, setDraft] = useState(() => checklistDraftOf(checklist));
  const [fault, setFault] = useState<ApiProblem>();
  const save = useAction(replaceChecklist, onSaved);
  const edit = (change: Partial<ChecklistDraft>) => {
    onTouch();
    setFault(undefined);
    setDraft({ ...draft, ...change });
  };
  const { items } = draft;
  const submit = () => {
    try {
      save.run({ body: checklistBodyOf(checklist.id, draft), ifMatch: checklist.version });
    } catch (error) {
      setFault(new ApiProblem('invalid_request', error instanceof Error ? error.message : 'Check the list.'));
    }
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack>
        <section className="card">
          <TextInput
            label="Name of the list"
            required
            maxLength={60}
            value={draft.name}
            onChange={(event) => edit({ name: event.currentTarget.value })}
          />
        </section>
        <section className="card">
          <h2>What is looked at</h2>
          {items.length === 0 && (
            <Text size="sm">Nothing yet: jobs are not inspected by this list until it has an item.</Text>
          )}
          <ol className="plain-list">
            {items.map((item, index) => (
              <li key={item.key} style={{ padding: '10px 0' }}>
                <ItemFields
                  item={item}
                  place={index + 1}
                  last={index === items.length - 1}
                  onChange={(next) =>
                    edit({ items: items.map((each) => (each.key === item.key ? next : each)) })
                  }
                  onMove={(by) => edit({ items: moved(items, item.key, by) })}
                  onRemove={() => edit({ items: items.filter(({ key }) => key !== item.key) })}
                />
              </li>
            ))}
          </ol>
          <Button
            variant="default"
            mt="xs"
            disabled={items.length >= mostItems}
            onClick={() => edit({ items: [...items, newItem()] })}
          >
            Add an item
          </Button>
        </section>
        <Text size="sm" c="dimmed">
          Inspections made before keep their list.
        </Text>
        <SaveBar
          word="Save the list"
          pending={save.isPending}
          saved={saved}
          error={fault ?? save.error}
          onReload={onReload}
        />
      </Stack>
    </form>
  );
}

function ItemFields({
  item,
  place,
  last,
  onChange,
  onMove,
  onRemove,
}: {
  item: ItemDraft;
  place: number;
  last: boolean;
  onChange: (item: ItemDraft) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}) {
  const name = item.label || `item ${place}`;
  const set = (change: Partial<ItemDraft>) => onChange({ ...item, ...change });
  return (
    <div role="group" aria-label={name}>
      <Group align="end" gap="xs" wrap="wrap">
        <TextInput
          label={`Item ${place}`}
          style={{ flex: '1 1 220px' }}
          required
          maxLength={120}
          value={item.label}
          onChange={(event) => set({ label: event.currentTarget.value })}
        />
        <Button
          variant="default"
          aria-label={`Move ${name} up`}
          disabled={place === 1}
          onClick={() => onMove(-1)}
        >
          Up
        </Button>
        <Button variant="default" aria-label={`Move ${name} down`} disabled={last} onClick={() => onMove(1)}>
          Down
        </Button>
        <Button variant="default" aria-label={`Remove ${name}`} onClick={onRemove}>
          Remove
        </Button>
      </Group>
      <div className="checks">
        <Checkbox
          label="On every job"
          description="Not applicable is no answer"
          checked={item.required}
          onChange={(event) => set({ required: event.currentTarget.checked })}
        />
        <Checkbox
          label="With a photo"
          checked={item.photo}
          onChange={(event) => set({ photo: event.currentTarget.checked })}
        />
        <Checkbox
          label="Measured"
          checked={item.measured}
          onChange={(event) => set({ measured: event.currentTarget.checked })}
        />
      </div>
      {item.measured && (
        <div className="row-fields">
          <TextInput
            label="Off by at most"
            inputMode="decimal"
            value={item.absolute}
            onChange={(event) => set({ absolute: event.currentTarget.value })}
          />
          <TextInput
            label="Unit"
            maxLength={10}
            value={item.unit}
            onChange={(event) => set({ unit: event.currentTarget.value })}
          />
          <TextInput
            label="Or, if larger, % of the value"
            inputMode="decimal"
            value={item.percent}
            onChange={(event) => set({ percent: event.currentTarget.value })}
          />
        </div>
      )}
    </div>
  );
}
