import { refuse, type Refusal } from '../refusal.ts';
import { plans, type PlanName } from './plan.ts';

/** Why a shop may change nothing for now. */
export interface Suspension {
  reason: string;
  since: string;
}

/** How a shop stands with Kerf: its plan, and whether it is suspended. Only the platform's operators change it. */
export interface Standing {
  plan: PlanName;
  suspension?: Suspension;
  version: number;
}

/** @returns the suspended standing, or a refusal when it is suspended already */
export const suspend = (standing: Standing, reason: string, now: string): Standing | Refusal =>
  standing.suspension
    ? refuse('not_allowed_now', `The shop is suspended since ${standing.suspension.since}. Lift that first.`)
    : { ...standing, suspension: { reason, since: now }, version: standing.version + 1 };

/** @returns the standing without its suspension, or a refusal when there is none */
export function lift({ suspension, ...standing }: Standing): Standing | Refusal {
  if (!suspension) return refuse('not_allowed_now', 'The shop is not suspended.');
  return { ...standing, version: standing.version + 1 };
}

/** What a shop uses already stays; a smaller plan only stops it from growing. */
export const changePlan = (standing: Standing, plan: PlanName): Standing | Refusal =>
  standing.plan === plan
    ? refuse('not_allowed_now', `The shop has the plan ${plans[plan].title} already.`)
    : { ...standing, plan, version: standing.version + 1 };
