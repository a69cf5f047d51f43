import { Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { JobView } from '#contract/views/job.ts';
import { useAnyAction } from '../../shared/calls.tsx';
import { FormDialogButtons } from '../../shared/form-dialog-buttons.tsx';
import { fieldError, ProblemBox } from '../../shared/problem.tsx';
import { useOffice } from '../office.ts';
import type { Answers, AskingStep, Field } from './asking-steps.ts';

const inputTypes = {
  text: 'text',
  area: 'text',
  date: 'date',
  email: 'email',
  money: 'number',
  number: 'number',
};

/** The few questions of a step, one under the other. */
export function FieldForm({ step, job, onClose }: { step: AskingStep; job: JobView; onClose: () => void }) {
  const { shop } = useOffice();
  const fields = step.fields(job);
  const [answers, setAnswers] = useState<Answers>(() =>
    Object.fromEntries(fields.map(({ name, initial }) => [name, initial ?? ''])),
  );
  const act = useAnyAction(onClose);
  const given = Object.fromEntries(Object.entries(answers).filter(([, value]) => value.trim() !== ''));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const body = step.body?.(given, job, shop.currency) ?? given;
        act.mutate({ route: step.route, input: { params: { jobId: job.id }, body } });
      }}
    >
      <Stack>
        {step.says && <Text size="sm">{step.says}</Text>}
        {fields.map((field) => (
          <Question
            key={field.name}
            field={field}
            value={answers[field.name] ?? ''}
            error={fieldError(act.error, field.name)}
            onChange={(value) => setAnswers({ ...answers, [field.name]: value })}
          />
        ))}
        <ProblemBox error={act.error} />
        <FormDialogButtons word={step.word} pending={act.isPending} onClose={onClose} />
      </Stack>
    </form>
  );
}

interface QuestionProps {
  field: Field;
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
}

function Question({ field, value, error, onChange }: QuestionProps) {
  const { kind = 'text', label, hint, optional = false } = field;
  const shared = {
    label,
    description: hint ?? (optional ? 'Optional' : undefined),
    required: !optional,
    value,
    error,
  };
  if (kind === 'area')
    return (
      <Textarea
        {...shared}
        maxLength={2000}
        rows={3}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  return (
    <TextInput
      {...shared}
      type={inputTypes[kind]}
      {...(kind === 'money' ? { min: 0, step: 'any' } : { maxLength: 500 })}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
