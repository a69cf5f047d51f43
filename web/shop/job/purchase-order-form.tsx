import { Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { createPurchaseOrder } from '#contract/routes/documents.ts';
import type { JobView } from '#contract/views/job.ts';
import { useAction } from '../../shared/calls.tsx';
import { FormDialogButtons } from '../../shared/form-dialog-buttons.tsx';
import { decimalsOf } from '../../shared/format.ts';
import { fieldError, ProblemBox } from '../../shared/problem.tsx';
import { useOffice } from '../office.ts';

interface LineDraft {
  key: number;
  label: string;
  quantity: string;
  /** Nothing: the vendor names it. */
  price: string;
}

const mostLines = 40;

/** A numbered order to a vendor; the job's own vendor stands in it already. */
export function PurchaseOrderForm({ job, onClose }: { job: JobView; onClose: () => void }) {
  const { currency } = useOffice().shop;
  const [name, setName] = useState(job.vendor?.name ?? '');
  const [email, setEmail] = useState(job.vendor?.email ?? '');
  const [address, setAddress] = useState('');
  const [neededBy, setNeededBy] = useState(job.promisedDate ?? '');
  const [note, setNote] = useState('');
  const [lines, setLines] = useState<LineDraft[]>([{ key: 0, label: '', quantity: '1', price: '' }]);
  const send = useAction(createPurchaseOrder, onClose);
  const decimals = decimalsOf(currency);
  const set = (key: number, change: Partial<LineDraft>) =>
    setLines(lines.map((line) => (line.key === key ? { ...line, ...change } : line)));
  const given = (word: string, text: string) => (text.trim() === '' ? {} : { [word]: text.trim() });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send.run({
          params: { jobId: job.id },
          body: {
            vendor: { name: name.trim(), email: email.trim(), ...given('address', address) },
            lines: lines.map(({ label, quantity, price }) => ({
              label: label.trim(),
              quantity: Number(quantity),
              ...(price === '' ? {} : { unitMinor: Math.round(Number(price) * 10 ** decimals) }),
            })),
            ...given('neededBy', neededBy),
            ...given('note', note),
          },
        });
      }}
    >
      <Stack>
        <TextInput
          label="Vendor"
          required
          maxLength={80}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={fieldError(send.error, 'vendor.name')}
        />
        <TextInput
          label="E-mail"
          type="email"
          required
          maxLength={200}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          error={fieldError(send.error, 'vendor.email')}
        />
        <Textarea
          label="Address"
          description="Optional"
          rows={2}
          maxLength={400}
          value={address}
          onChange={(event) => setAddress(event.currentTarget.value)}
        />
        {lines.map((line, index) => (
          <div key={line.key} role="group" aria-label={line.label || `Line ${index + 1}`}>
            <TextInput
              label="What you order"
              required
              maxLength={200}
              value={line.label}
              onChange={(event) => set(line.key, { label: event.currentTarget.value })}
              error={fieldError(send.error, `lines.${index}.label`)}
            />
            <div className="row-fields">
              <TextInput
                label="Quantity"
                type="number"
                required
                min={1}
                max={10_000}
                value={line.quantity}
                onChange={(event) => set(line.key, { quantity: event.currentTarget.value })}
              />
              <TextInput
                label={`Each, ${currency}`}
                placeholder="to be named"
                type="number"
                min={0}
                step={1 / 10 ** decimals}
                value={line.price}
                onChange={(event) => set(line.key, { price: event.currentTarget.value })}
              />
              {lines.length > 1 && (
                <Button
                  variant="default"
                  aria-label={`Remove ${line.label || `line ${index + 1}`}`}
                  onClick={() => setLines(lines.filter(({ key }) => key !== line.key))}
                >
                  Remove
                </Button>
              )}
            </div>
          </div>
        ))}
        <Group>
          <Button
            size="xs"
            variant="default"
            disabled={lines.length >= mostLines}
            onClick={() =>
              setLines([
                ...lines,
                { key: Math.max(...lines.map(({ key }) => key)) + 1, label: '', quantity: '1', price: '' },
              ])
            }
          >
            Add a line
          </Button>
        </Group>
        <TextInput
          label="Needed by"
          description="Optional"
          type="date"
          value={neededBy}
          onChange={(event) => setNeededBy(event.currentTarget.value)}
          error={fieldError(send.error, 'neededBy')}
        />
        <Textarea
          label="Note"
          description="Optional"
          rows={2}
          maxLength={2000}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Text size="sm" c="dimmed">
          It gets a number and stands among the documents, to be sent by you. Your customer does not see it.
        </Text>
        <ProblemBox error={send.error} />
        <FormDialogButtons word="Write the order" pending={send.isPending} onClose={onClose} />
      </Stack>
    </form>
  );
}
