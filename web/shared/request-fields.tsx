import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import type { JobView } from '#contract/views/job.ts';
import { fieldError } from './problem.tsx';

/** What is said about an order, as typed. */
export interface Wishes {
  title: string;
  delivery: JobView['delivery'];
  /** `YYYY-MM-DD`, or nothing. */
  wantedBy: string;
  note: string;
}

export const noWishes: Wishes = { title: '', delivery: 'pickup', wantedBy: '', note: '' };

export const wishesOf = ({ title, delivery, wantedBy = '', note = '' }: JobView): Wishes => ({
  title,
  delivery,
  wantedBy,
  note,
});

/** Title, delivery, date and note, the same for a new request and for one that is edited. */
export function RequestFields({
  wishes,
  error,
  suggestedTitle = '',
  onChange,
}: {
  wishes: Wishes;
  error: unknown;
  /** What the title is when none is typed. */
  suggestedTitle?: string;
  onChange: (wishes: Wishes) => void;
}) {
  const set = (change: Partial<Wishes>) => onChange({ ...wishes, ...change });
  return (
    <>
      <TextInput
        label="Title"
        description="What you call it"
        required={suggestedTitle === ''}
        placeholder={suggestedTitle}
        maxLength={120}
        value={wishes.title}
        onChange={(event) => set({ title: event.currentTarget.value })}
        error={fieldError(error, 'title')}
      />
      <NativeSelect
        label="Delivery"
        value={wishes.delivery}
        onChange={(event) =>
          set({ delivery: event.currentTarget.value === 'shipping' ? 'shipping' : 'pickup' })
        }
        data={[
          { value: 'pickup', label: 'Picked up' },
          { value: 'shipping', label: 'Shipped' },
        ]}
      />
      <TextInput
        label="Wanted by"
        description="Optional"
        type="date"
        value={wishes.wantedBy}
        onChange={(event) => set({ wantedBy: event.currentTarget.value })}
        error={fieldError(error, 'wantedBy')}
      />
      <Textarea
        label="Note"
        description="Optional: what it is for, what matters"
        rows={3}
        maxLength={2000}
        value={wishes.note}
        onChange={(event) => set({ note: event.currentTarget.value })}
        error={fieldError(error, 'note')}
      />
    </>
  );
}
