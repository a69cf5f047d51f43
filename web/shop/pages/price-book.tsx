import { Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { standardTaxRateId } from '#domain/price/price-book.ts';
import { getPriceBook, replacePriceBook, setMachineProfile } from '#contract/routes/shops.ts';
import { ApiProblem } from '../../shared/api.ts';
import { useAction, useCall } from '../../shared/calls.tsx';
import { ProblemBox } from '../../shared/problem.tsx';
import { keys } from '../../shared/queries.ts';
import { Waiting } from '../../shared/waiting.tsx';
import { mayCall, useOffice } from '../office.ts';
import { bodyOf, draftOf, type Book, type Draft } from '../prices/book-draft.ts';
import { groups, listNames, lists, type FigureGroup } from '../prices/book-fields.ts';
import { FieldInput } from '../prices/field-input.tsx';
import { MachineProfiles } from '../prices/machine-profiles.tsx';
import { RowList } from '../prices/row-list.tsx';

export function PriceBookPage() {
  const call = useCall();
  const book = useQuery({ queryKey: keys.priceBook, queryFn: () => call(getPriceBook, {}) });
  const [edited, setEdited] = useState<Book>();
  const { role } = useOffice();
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
      {base && mayCall(role, setMachineProfile) && <MachineProfiles book={base} onSaved={setEdited} />}
    </>
  );
}

/** Figures of a process matter where there is a machine for it. */
const concerns =
  ({ machines }: Draft) =>
  ({ processes }: FigureGroup) =>
    processes?.some((each) => machines.some(({ values }) => values['process'] === each)) ?? true;

/** Tax rates to choose from: the standard one, and the others that have been saved. */
const ratesOf = ({ otherTaxRates }: Draft) => [
  { value: standardTaxRateId, label: 'the standard rate' },
  ...otherTaxRates.flatMap(({ id, name }) => (id === undefined ? [] : [{ value: id, label: name }])),
];

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
        <Text>Quotes that are out keep the prices they were made with. Amounts are in {book.currency}.</Text>
        {listNames.map((list) => (
          <section className="card" key={list}>
            <h2>{lists[list].title}</h2>
            <RowList list={list} rows={draft[list]} onChange={(rows) => edit({ [list]: rows })} />
          </section>
        ))}
        {groups.filter(concerns(draft)).map((group) => (
          <section className="card" key={group.title}>
            <h2>{group.title}</h2>
            <div className="field-grid">
              {group.fields.map((field) => (
                <FieldInput
                  key={field.name}
                  field={field.name === 'shippingTaxRateId' ? { ...field, options: ratesOf(draft) } : field}
                  value={draft.figures[field.name] ?? ''}
                  onChange={(value) => edit({ figures: { ...draft.figures, [field.name]: value } })}
                />
              ))}
            </div>
          </section>
        ))}
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
