import type { CustomerView } from '#contract/routes/customers.ts';
import type { Customer } from '#domain/customer/customer.ts';
import type { MailTrouble } from '#domain/mail/mail-fate.ts';

export const customerView = (
  { id, name, email, priceTerms, createdAt }: Customer,
  troubles: readonly MailTrouble[],
): CustomerView => {
  const trouble = troubles.find((each) => each.email === email);
  return {
    id,
    name,
    email,
    priceTerms,
    ...(trouble
      ? { mailTrouble: { email, kind: trouble.kind, reason: trouble.reason, since: trouble.since } }
      : {}),
    createdAt,
  };
};
