import type { StandingView } from '#contract/views/platform.ts';
import { plans } from '#domain/platform/plan.ts';
import type { Standing } from '#domain/platform/standing.ts';

export const standingView = ({ plan, suspension }: Standing): StandingView => ({
  plan,
  planTitle: plans[plan].title,
  ...(suspension ? { suspension } : {}),
});
