import type { ComponentType } from 'react';
import { Dialog } from '../../shared/dialog.tsx';
import { FailCheckForm } from './fail-check-form.tsx';
import { ReasonForm } from './reason-form.tsx';
import { SendQuoteForm } from './send-quote-form.tsx';
import { StartRunForm } from './start-run-form.tsx';
import { PassCheckForm } from './pass-check-form.tsx';
import { askingSteps, type AskingStep, type StepFormProps } from './steps.ts';

const forms: Record<Exclude<AskingStep, 'hold' | 'cancel' | 'reopen'>, ComponentType<StepFormProps>> = {
  send_quote: SendQuoteForm,
  start: StartRunForm,
  pass_check: PassCheckForm,
  fail_check: FailCheckForm,
};

/** The small form a step's body needs. */
export function StepDialog({ step, ...props }: StepFormProps & { step: AskingStep }) {
  if (step === 'hold' || step === 'cancel' || step === 'reopen')
    return (
      <Dialog title={askingSteps[step][0]} onClose={props.onClose}>
        <ReasonForm step={step} job={props.job} onClose={props.onClose} />
      </Dialog>
    );
  const Form = forms[step];
  return (
    <Dialog title={askingSteps[step][0]} onClose={props.onClose}>
      <Form {...props} />
    </Dialog>
  );
}
