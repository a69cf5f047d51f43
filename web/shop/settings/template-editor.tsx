import { Button, Checkbox, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { replaceTemplate } from '#contract/routes/templates.ts';
import type { TemplateView } from '#contract/views/template.ts';
import type { Status } from '#domain/job/job.ts';
import { findTemplateFault, type OwnTemplate } from '#domain/job/own-template.ts';
import { statusesOf, type Owner, type WorkflowTemplate } from '#domain/job/template.ts';
import { shippedTemplates } from '#domain/job/templates/all.ts';
import { ApiProblem } from '../../shared/api.ts';
import { useAction } from '../../shared/calls.tsx';
import { fieldError } from '../../shared/problem.tsx';
import { SaveBar } from './save-bar.tsx';
import {
  differences,
  draftOf,
  isAwaited,
  isCancelable,
  ownerChoices,
  ownOf,
  shippedDraft,
  type StatusDraft,
} from './template-draft.ts';

interface Props {
  template: TemplateView;
  saved: boolean;
  onTouch: () => void;
  onSaved: (template: TemplateView) => void;
  onReload: () => void;
}

/** A shop's own copy of a workflow: what statuses are called, who acts in them, which are used, and the terms. */
export function TemplateEditor({ template, saved, onTouch, onSaved, onReload }: Props) {
  const shipped = shippedTemplates[template.name];
  const [draft, setDraft] = useState(() => draftOf(shipped, template.own));
  const [fault, setFault] = useState<ApiProblem>();
  const save = useAction(replaceTemplate, onSaved);
  const edit = (next: typeof draft) => {
    onTouch();
    setFault(undefined);
    setDraft(next);
  };
  const submit = () => {
    const body = ownOf(shipped, draft);
    const wrong = findTemplateFault(shipped, body as OwnTemplate);
    if (wrong) setFault(new ApiProblem('invalid_request', wrong.message, wrong.field));
    else save.run({ params: { name: template.name }, body, ifMatch: template.version });
  };
  const error = fault ?? save.error;
  const changed = differences(shipped, draft);
  const takesFiles = shipped.needsParts;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack>
        <Text>
          Jobs that stand in a status which is switched off still find their way out.
          {takesFiles && (
            <>
              {' '}
              Whether customers order at once or after your review is said in the{' '}
              <Link to="/price-book" className="plain-link">
                price book
              </Link>
              .
            </>
          )}
        </Text>
        <section className="card">
          <h2>Terms</h2>
          <Text>
            Deposits, refunds and days to pay are set under{' '}
            <Link to="/money" className="plain-link">
              Money
            </Link>
            .
          </Text>
          {shipped.statuses.quality_check && (
            <Checkbox
              mt="sm"
              label="A check is passed only with a filled inspection"
              checked={draft.needsInspection}
              onChange={(event) => edit({ ...draft, needsInspection: event.currentTarget.checked })}
            />
          )}
        </section>
        <section className="card">
          <h2>Statuses</h2>
          {statusesOf(shipped).map((status) => (
            <StatusFields
              key={status}
              {...{ shipped, status, error }}
              draft={draft.statuses[status]!}
              onChange={(next) => edit({ ...draft, statuses: { ...draft.statuses, [status]: next } })}
            />
          ))}
        </section>
        <section className="card">
          <h2>Different from the shipped template</h2>
          {changed.length === 0 ? (
            <Text size="sm">Nothing: it is used as it came.</Text>
          ) : (
            <ul className="plain-bullets">
              {changed.map((line) => (
                <li key={line}>
                  <Text size="sm">{line}</Text>
                </li>
              ))}
            </ul>
          )}
        </section>
        <SaveBar
          word="Save the workflow"
          pending={save.isPending}
          saved={saved}
          error={error}
          onReload={onReload}
        >
          {changed.length > 0 && (
            <Button variant="default" onClick={() => edit(shippedDraft(shipped))}>
              Start again from the shipped one
            </Button>
          )}
        </SaveBar>
      </Stack>
    </form>
  );
}

function StatusFields({
  shipped,
  status,
  draft,
  error,
  onChange,
}: {
  shipped: WorkflowTemplate;
  status: Status;
  draft: StatusDraft;
  error: unknown;
  onChange: (draft: StatusDraft) => void;
}) {
  const name = shipped.statuses[status]?.shop ?? status;
  const set = (change: Partial<StatusDraft>) => onChange({ ...draft, ...change });
  const wrong = (field: string) => fieldError(error, `statuses.${status}.${field}`);
  const always = shipped.customerMayCancel.includes(status);
  return (
    <fieldset className="status-fields">
      <legend>{name}</legend>
      <div className="row-fields">
        <TextInput
          label="The shop calls it"
          required
          maxLength={40}
          disabled={!draft.used}
          value={draft.shop}
          onChange={(event) => set({ shop: event.currentTarget.value })}
          error={wrong('shop')}
        />
        <TextInput
          label="Customers read"
          required
          maxLength={40}
          disabled={!draft.used}
          value={draft.customer}
          onChange={(event) => set({ customer: event.currentTarget.value })}
          error={wrong('customer')}
        />
        <NativeSelect
          label="It is on"
          disabled={!draft.used}
          data={ownerChoices}
          value={draft.owner}
          onChange={(event) => set({ owner: event.currentTarget.value as Owner })}
          error={wrong('owner')}
        />
        {isAwaited(status) && (
          <TextInput
            label="Flagged after"
            placeholder="never"
            inputMode="numeric"
            disabled={!draft.used}
            rightSection={<span className="unit">h</span>}
            value={draft.slaHours}
            onChange={(event) => set({ slaHours: event.currentTarget.value })}
            error={wrong('slaHours')}
          />
        )}
      </div>
      <div className="checks">
        {shipped.optional[status] !== undefined && (
          <Checkbox
            label="Used"
            aria-label={`${name} is used`}
            checked={draft.used}
            onChange={(event) => set({ used: event.currentTarget.checked })}
          />
        )}
        {isCancelable(status) && (
          <Checkbox
            label="Customers may cancel"
            aria-label={`Customers may cancel in ${name}`}
            checked={draft.customerMayCancel}
            disabled={always}
            onChange={(event) => set({ customerMayCancel: event.currentTarget.checked })}
          />
        )}
      </div>
    </fieldset>
  );
}
