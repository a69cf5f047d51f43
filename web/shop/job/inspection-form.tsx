import {
  Button,
  Group,
  NumberInput,
  SegmentedControl,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useState } from 'react';
import { recordInspection, type ChecklistView } from '#contract/routes/quality.ts';
import { isWithin, type Answer } from '#domain/inspection/inspection.ts';
import { useAction } from '../../shared/calls.tsx';
import { ProblemBox } from '../../shared/problem.tsx';
import { ItemPhotos } from './item-photos.tsx';

type Item = ChecklistView['items'][number];
type Answers = Record<string, Omit<Answer, 'itemId' | 'photoIds'> & { photoIds?: string[] }>;

/** One look at the job, item by item: by eye pass, fail or not applicable; measured items by their figures. */
export function InspectionForm({
  jobId,
  checklist,
  onDone,
}: {
  jobId: string;
  checklist: ChecklistView;
  onDone: () => void;
}) {
  const [answers, setAnswers] = useState<Answers>({});
  const [note, setNote] = useState('');
  const record = useAction(recordInspection, onDone);
  const change = (itemId: string, part: Answers[string]) =>
    setAnswers((all) => ({ ...all, [itemId]: { ...all[itemId], ...part } }));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        record.run({
          params: { jobId },
          body: {
            checklistId: checklist.id,
            checklistVersion: checklist.version,
            items: checklist.items.flatMap(({ id }) => (answers[id] ? [{ itemId: id, ...answers[id] }] : [])),
            ...(note.trim() === '' ? {} : { note }),
          },
        });
      }}
    >
      <Stack>
        {checklist.items.map((item) => (
          <ItemField
            key={item.id}
            jobId={jobId}
            item={item}
            answer={answers[item.id] ?? {}}
            onChange={(part) => change(item.id, part)}
          />
        ))}
        <Textarea
          label="Note"
          description="Optional"
          maxLength={1000}
          rows={2}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <ProblemBox error={record.error} />
        <Group>
          <Button type="submit" loading={record.isPending}>
            Record the inspection
          </Button>
          <Button variant="default" onClick={onDone}>
            Not now
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface ItemFieldProps {
  jobId: string;
  item: Item;
  answer: Answers[string];
  onChange: (part: Answers[string]) => void;
}

function ItemField({ jobId, item, answer, onChange }: ItemFieldProps) {
  const { tolerance } = item;
  const skipped = answer.result === 'na';
  return (
    <fieldset style={{ border: 0, margin: 0, padding: 0 }}>
      <legend>{item.label}</legend>
      <Group align="end">
        <SegmentedControl
          aria-label={item.label}
          data={
            tolerance
              ? [{ value: 'measured', label: 'Measured' }, ...notApplicable(item)]
              : [
                  { value: 'open', label: 'Open' },
                  { value: 'pass', label: 'Pass' },
                  { value: 'fail', label: 'Fail' },
                  ...notApplicable(item),
                ]
          }
          value={answer.result ?? (tolerance ? 'measured' : 'open')}
          onChange={(value) =>
            onChange({ result: value === 'open' || value === 'measured' ? undefined : value })
          }
        />
        {tolerance && !skipped && <Reading {...{ jobId, item, answer, onChange }} />}
        {answer.result === 'fail' && (
          <TextInput
            label="What is wrong"
            required
            maxLength={200}
            value={answer.note ?? ''}
            onChange={(event) => onChange({ note: event.currentTarget.value })}
          />
        )}
        {!skipped && (
          <ItemPhotos
            jobId={jobId}
            label={item.label}
            wanted={item.photo ?? false}
            photoIds={answer.photoIds ?? []}
            onAdd={(added) => onChange({ photoIds: [...(answer.photoIds ?? []), ...added] })}
          />
        )}
      </Group>
    </fieldset>
  );
}

const notApplicable = ({ required }: Item) =>
  required ? [] : [{ value: 'na' as const, label: 'Not applicable' }];

function Reading({ item: { tolerance }, answer: { nominal, measured }, onChange }: ItemFieldProps) {
  if (!tolerance) return null;
  const { unit, absolute, percent } = tolerance;
  const judged =
    nominal !== undefined &&
    measured !== undefined &&
    (isWithin(tolerance, nominal, measured) ? 'Pass' : 'Fail');
  const value = (given: string | number) => (typeof given === 'number' ? given : undefined);
  return (
    <>
      <NumberInput
        label={`Wanted, ${unit}`}
        w={120}
        value={nominal ?? ''}
        onChange={(given) => onChange({ nominal: value(given) })}
      />
      <NumberInput
        label={`Measured, ${unit}`}
        w={120}
        value={measured ?? ''}
        onChange={(given) => onChange({ measured: value(given) })}
      />
      <Text size="sm" c="dimmed">
        ±{absolute} {unit}
        {percent !== undefined && ` or ${percent} %`}
        {judged && <b> {judged}</b>}
      </Text>
    </>
  );
}
