import type { CustomerView } from '#contract/routes/customers.ts';
import type { Customer } from '#domain/customer/customer.ts';

export const customerView = ({ id, name, email, priceTerms, createdAt }: Customer): CustomerView => ({
  id,
  name,
  email,
  priceTerms,
  createdAt,
});
