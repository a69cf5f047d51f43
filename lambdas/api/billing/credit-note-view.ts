import type { OutOf } from '#contract/route.ts';
import type { createCreditNote } from '#contract/routes/documents.ts';
import type { CreditNote } from '#domain/credit-note/credit-note.ts';

export const creditNoteView = ({
  lines: _,
  customer: __,
  jobNumber: ___,
  ...view
}: CreditNote): OutOf<typeof createCreditNote> => view;
