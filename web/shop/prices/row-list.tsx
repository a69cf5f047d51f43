import { Button, TextInput } from '@mantine/core';
import { emptyRow, type Row } from './book-draft.ts';
import { lists, type Field, type ListName } from './book-fields.ts';
import { FieldInput } from './field-input.tsx';

/** A list of a price book, edited in place. */
export function RowList({
  list,
  rows,
  onChange,
}: {
  list: ListName;
  rows: Row[];
  onChange: (rows: Row[]) => void;
}) {
  const { word, named, least, fields } = lists[list];
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
          {fields(row.values).map((field: Field) => (
            <FieldInput
              key={field.name}
              field={field}
              value={row.values[field.name] ?? ''}
              onChange={(value) =>
                change(row.key, (old) => ({ ...old, values: { ...old.values, [field.name]: value } }))
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
      <Button variant="default" mt="xs" onClick={() => onChange([...rows, emptyRow(list)])}>
        Add a {word}
      </Button>
    </>
  );
}
