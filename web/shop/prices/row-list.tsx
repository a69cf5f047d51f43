import { Button, TextInput } from '@mantine/core';
import { emptyRow, type Field, type Row } from './book-draft.ts';

/** A list of a price book, edited in place. */
export function RowList({
  rows,
  fields,
  word,
  named,
  least,
  onChange,
}: {
  rows: Row[];
  fields: readonly Field[];
  /** What one row is called. */
  word: string;
  named: boolean;
  /** Fewest rows a book may have. */
  least: number;
  onChange: (rows: Row[]) => void;
}) {
  const change = (key: string, edit: (row: Row) => Row) =>
    onChange(rows.map((row) => (row.key === key ? edit(row) : row)));
  return (
    <>
      {rows.map((row, index) => (
        <div
          className="row-fields"
          key={row.key}
          role="group"
          aria-label={row.name || `${word} ${index + 1}`}
        >
          {named && (
            <TextInput
              label="Name"
              value={row.name}
              onChange={(event) => change(row.key, (old) => ({ ...old, name: event.target.value }))}
            />
          )}
          {fields.map((field) => (
            <TextInput
              key={field.name}
              label={field.label}
              inputMode="decimal"
              rightSection={field.unit && <span className="unit">{field.unit}</span>}
              rightSectionWidth={field.unit ? 52 : 0}
              value={row.values[field.name] ?? ''}
              onChange={(event) =>
                change(row.key, (old) => ({
                  ...old,
                  values: { ...old.values, [field.name]: event.target.value },
                }))
              }
            />
          ))}
          <Button
            variant="default"
            disabled={rows.length <= least}
            aria-label={`Remove ${row.name || `${word} ${index + 1}`}`}
            onClick={() => onChange(rows.filter(({ key }) => key !== row.key))}
          >
            Remove
          </Button>
        </div>
      ))}
      <Button variant="default" mt="xs" onClick={() => onChange([...rows, emptyRow()])}>
        Add a {word}
      </Button>
    </>
  );
}
