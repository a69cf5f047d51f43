/** Somebody who orders at one shop. */
export interface Customer {
  id: string;
  name: string;
  /** Lower case. */
  email: string;
  createdAt: string;
}
