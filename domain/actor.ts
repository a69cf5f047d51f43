/** What a member of a shop may be. */
export const roles = ['owner', 'admin', 'sales', 'operator', 'accountant'] as const;
export type Role = (typeof roles)[number];

/** Who sends a command. Written into every event. */
export type Actor =
  | {
      kind: 'staff';
      personId: string;
      name: string;
      role: Role;
      /** Kerf's support, during this visit. */ visitId?: string;
    }
  | { kind: 'customer'; customerId: string; name: string }
  | { kind: 'vendor'; name: string }
  | { kind: 'agent'; agentId: string }
  | { kind: 'system'; name: string };

/** The parties of a workflow template's arrows. */
export type Party = 'customer' | 'shop' | 'operator' | 'vendor' | 'carrier' | 'agent' | 'time';

const partiesOfRole: Record<Role, readonly Party[]> = {
  owner: ['shop', 'operator'],
  admin: ['shop', 'operator'],
  sales: ['shop'],
  operator: ['operator'],
  accountant: [],
};

/** The parties an actor can act as. The system acts for the agent (print finished), time (expiry) and the carrier (delivered). */
export function partiesOf(actor: Actor): readonly Party[] {
  switch (actor.kind) {
    case 'staff':
      return partiesOfRole[actor.role];
    case 'customer':
      return ['customer'];
    case 'vendor':
      return ['vendor'];
    case 'agent':
      return ['agent'];
    case 'system':
      return ['agent', 'time', 'carrier'];
  }
}

/** The roles that can act as one of the parties. */
export const rolesOf = (...parties: Party[]): Role[] =>
  roles.filter((role) => partiesOfRole[role].some((party) => parties.includes(party)));
