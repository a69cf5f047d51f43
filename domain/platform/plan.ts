import { refuse, type Refusal } from '../refusal.ts';

/** What a shop has agreed with Kerf. `unmetered` is for shops that Kerf runs itself, and for a laptop. */
export const planNames = ['trial', 'starter', 'pro', 'unmetered'] as const;
export type PlanName = (typeof planNames)[number];

/** What a plan lets a shop do; an absent limit is none. */
export interface Plan {
  title: string;
  /** Jobs opened in a calendar month (UTC), by staff and customers together. */
  jobsPerMonth?: number;
  /** Bytes of all files that were sent and kept. */
  storageBytes?: number;
  machines?: number;
  /** Times the installation's allowance of calls a minute. */
  callShare: number;
}

const gigabyte = 1_000_000_000;

export const plans: Record<PlanName, Plan> = {
  trial: { title: 'Trial', jobsPerMonth: 50, storageBytes: 2 * gigabyte, machines: 3, callShare: 1 },
  starter: { title: 'Starter', jobsPerMonth: 300, storageBytes: 25 * gigabyte, machines: 10, callShare: 1 },
  pro: { title: 'Pro', jobsPerMonth: 5000, storageBytes: 500 * gigabyte, machines: 200, callShare: 4 },
  unmetered: { title: 'Unmetered', callShare: 1 },
};

/** What limits are about, in the words of a refusal. */
export type Metered = 'jobsPerMonth' | 'storageBytes' | 'machines';
export const metered = ['jobsPerMonth', 'storageBytes', 'machines'] as const satisfies readonly Metered[];

/** Bytes as people say them: `1.5 GB`. */
export const sizeWords = (bytes: number): string => {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const;
  const step = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  return `${Number((bytes / 1000 ** step).toPrecision(3))} ${units[step] ?? 'bytes'}`;
};

const sentences: Record<Metered, (limit: number, used: number) => string> = {
  jobsPerMonth: (limit, used) => `${limit} jobs a month, and ${used} were opened this month`,
  storageBytes: (limit, used) => `${sizeWords(limit)} of files, and ${sizeWords(used)} are stored`,
  machines: (limit, used) => `${limit} machines, and ${used} are set up`,
};

/** Who wants more of what a plan holds: the shop's own people, or whoever may come in from outside. */
export type Taker = 'staff' | 'others';

/** The last tenth is the shop's own: accounts that anybody can make never stop its people. */
const openToOthers = 0.9;

/** How much of a plan somebody may fill up; undefined: no limit. */
export function limitFor(
  name: PlanName,
  what: 'jobsPerMonth' | 'storageBytes',
  taker: Taker,
): number | undefined {
  const limit = plans[name][what];
  return limit === undefined || taker === 'staff' ? limit : Math.floor(limit * openToOthers);
}

/** What others are told when they have filled their part: what the shop has agreed with Kerf is none of their business. */
export const fullForOthers = (): Refusal =>
  refuse(
    'over_plan',
    'This shop can take nothing more here at present. Nothing was changed; ask the shop itself.',
  );

/** Says which limit is reached, how much of it is used and what to do. */
export function overPlan(name: PlanName, what: Metered, used: number): Refusal {
  const { title, [what]: limit = 0 } = plans[name];
  return refuse(
    'over_plan',
    `The plan ${title} holds ${sentences[what](limit, used)}. Ask Kerf for a larger plan; everything else works on.`,
  );
}

/** How far below its limit a plan still is; undefined: there is no limit. Never negative. */
export const leftOf = (name: PlanName, what: Metered, used: number): number | undefined => {
  const limit = plans[name][what];
  return limit === undefined ? undefined : Math.max(0, limit - used);
};
