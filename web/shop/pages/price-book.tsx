import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { getPriceBook, replacePriceBook } from '#contract/routes/shops.ts';
import { ApiProblem } from '../../shared/api.ts';
import { useAction, useCall } from '../../shared/calls.tsx';
import { ProblemBox } from '../../shared/problem.tsx';
import { keys } from '../../shared/queries.ts';
import { Waiting } from '../../shared/waiting.tsx';
import { mayCall, useOffice } from '../office.ts';
import {
  bodyOf,
  breakFields,
  draftOf,
  finishFields,
  groups,
  materialFields,
  type Book,
  type Draft,
} from '../prices/book-draft.ts';
import { RowList } from '../prices/row-list.tsx';

export function PriceBookPage() {
  const call = useCall();
  const book = useQuery({ queryKey: keys.priceBook, queryFn: () => call(getPriceBook, {}) });
  const [edited, setEdited] = useState<Book>();
  const base = edited ?? book.data;
  return (
    <>
      <title>Price book · Kerf</title>
      <div className="page-head">
        <h1>Price book</h1>
        {base && <Text c="dimmed">Version {base.version}</Text>}
      </div>
      <ProblemBox error={book.error} onRetry={() => void book.refetch()} />
      {book.isPending && <Waiting heights={[220, 220, 220]} />}
      {base && (
        <Editor
          key={base.version}
          book={base}
          onTouch={() => setEdited(base)}
          onReload={() => {
            setEdited(undefined);
            void book.refetch();
          }}
          onSaved={setEdited}
        />
      )}
    </>
  );
}

interface EditorProps {
  /** What the edit is made on; stays while others save newer ones. */
  book: Book;
  onTouch: () => void;
  onReload: () => void;
  onSaved: (book: Book) => void;
}

function Editor({ book, onTouch, onReload, onSaved }: EditorProps) {
  const { role } = useOffice();
  const [draft, setDraft] = useState<Draft>(() => draftOf(book));
  const [fault, setFault] = useState<string>();
  const save = useAction(replacePriceBook, onSaved);
  const edit = (change: Partial<Draft>) => {
    onTouch();
    setFault(undefined);
    setDraft({ ...draft, ...change });
  };
  const submit = () => {
    try {
      save.run({ body: bodyOf(draft, book), ifMatch: book.version });
    } catch (error) {
      setFault(error instanceof Error ? error.message : 'Check the numbers.');
    }
  };
  const overtaken = save.error instanceof ApiProblem && save.error.code === 'stale';

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack>
        <Text>
          Quotes that are out keep the prices they were made with. Amounts are in {book.currency}, without
          tax.
        </Text>
        <section className="card">
          <h2>Materials</h2>
          <RowList
            rows={draft.materials}
            fields={materialFields}
            word="material"
            named
            least={1}
            onChange={(materials) => edit({ materials })}
          />
        </section>
        <section className="card">
          <h2>Finishes</h2>
          <RowList
            rows={draft.finishes}
            fields={finishFields}
            word="finish"
            named
            least={1}
            onChange={(finishes) => edit({ finishes })}
          />
        </section>
        {groups.map((group) => (
          <section className="card" key={group.title}>
            <h2>{group.title}</h2>
            <div className="field-grid">
              {group.fields.map((field) => (
                <TextInput
                  key={field.name}
                  label={field.label}
                  inputMode="decimal"
                  rightSection={field.unit && <span className="unit">{field.unit}</span>}
                  rightSectionWidth={field.unit ? 56 : 0}
                  value={draft.numbers[field.name] ?? ''}
                  onChange={(event) =>
                    edit({ numbers: { ...draft.numbers, [field.name]: event.target.value } })
                  }
                />
              ))}
            </div>
          </section>
        ))}
        <section className="card">
          <h2>Quantity breaks</h2>
          <RowList
            rows={draft.breaks}
            fields={breakFields}
            word="quantity break"
            named={false}
            least={0}
            onChange={(breaks) => edit({ breaks })}
          />
        </section>
        <ProblemBox error={fault === undefined ? undefined : new ApiProblem('invalid_request', fault)} />
        {overtaken ? <ProblemBox error={save.error} onRetry={onReload} /> : <ProblemBox error={save.error} />}
        {mayCall(role, replacePriceBook) && (
          <Group className="save-bar">
            {overtaken ? (
              <Button onClick={onReload}>Load the current one</Button>
            ) : (
              <Button type="submit" loading={save.isPending}>
                Save prices
              </Button>
            )}
          </Group>
        )}
      </Stack>
    </form>
  );
}
