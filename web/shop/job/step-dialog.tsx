import type { ComponentType } from 'react';
import { Dialog } from '../../shared/dialog.tsx';
import { askingStep } from './asking-steps.ts';
import { AskVendorForm } from './ask-vendor-form.tsx';
import { FailCheckForm, FaultForm } from './fail-check-form.tsx';
import { FieldForm } from './field-form.tsx';
import { ChangeForm, ResumeForm } from './move-form.tsx';
import { PassCheckForm } from './pass-check-form.tsx';
import { PlaceForm } from './place-form.tsx';
import { SendQuoteForm } from './send-quote-form.tsx';
import { StartRunForm } from './start-run-form.tsx';
import {
  isAsking,
  labelOf,
  type FormStep,
  type PlainStep,
  type StepFormProps,
  type StepName,
} from './steps.ts';

const forms: Record<FormStep, ComponentType<StepFormProps>> = {
  place: PlaceForm,
  send_quote: SendQuoteForm,
  ask_vendor: AskVendorForm,
  start: StartRunForm,
  pass_check: PassCheckForm,
  fail_check: FailCheckForm,
  fault: FaultForm,
  resume: ResumeForm,
  change: ChangeForm,
};

/** The small form a step's body needs. */
export function StepDialog({ step, ...props }: StepFormProps & { step: Exclude<StepName, PlainStep> }) {
  const Form = isAsking(step) ? undefined : forms[step];
  return (
    <Dialog title={labelOf(props.job, step)} onClose={props.onClose}>
      {Form ? <Form {...props} /> : isAsking(step) && <FieldForm step={askingStep(step)} {...props} />}
    </Dialog>
  );
}
