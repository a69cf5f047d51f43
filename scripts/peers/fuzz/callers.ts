import { credentialHeaders, type Credential } from '#contract/client.ts';
import type { Route } from '#contract/route.ts';
import { allRoutes } from '#contract/routes/all.ts';
import { fixtures, type Fixture } from '#tests/isolation/fixtures.ts';
import type { World } from '#tests/isolation/world.ts';

/** Somebody in whose name the API is fuzzed, and the routes that are for them. */
export interface FuzzCaller {
  name: string;
  credential: Record<string, string>;
  operations: string[];
  /** Good requests by operation, on what this caller may see. */
  requests: Record<string, Fixture>;
}

/** Each kind of credential that the document knows. Whoever can end what another one needs comes after them. */
export function callersOf(world: World): FuzzCaller[] {
  const { staff, customer, links, vendorLinks, jobs } = world.a;
  const caller = (
    name: string,
    credential: Credential,
    isFor: (route: Route) => unknown,
    jobId?: string,
  ): FuzzCaller => {
    const operations = allRoutes.filter(isFor).map(({ id }) => id);
    const requests = operations.map((id): [string, Fixture] => [id, requestTo(id, world, jobId)]);
    return {
      name,
      credential: credentialHeaders(credential),
      operations,
      requests: Object.fromEntries(requests),
    };
  };
  return [
    caller('nobody', { kind: 'none' }, ({ callers }) => callers.public ?? callers.webhook),
    caller(
      'vendor with a request',
      vendorLinks.askedByLink,
      // Who has declined a request sees it no more.
      ({ callers, id }) => callers.vendor && id !== 'refuseVendorRequest',
      jobs.askedByLink.id,
    ),
    caller(
      'vendor with another request',
      vendorLinks.askedOtherwise,
      ({ callers }) => callers.vendor,
      jobs.askedOtherwise.id,
    ),
    caller('vendor with an order', vendorLinks.order, ({ callers }) => callers.vendor),
    caller('bearer of a link', links.approvable, ({ callers }) => callers.link, jobs.approvable.id),
    caller('customer', customer.credential, ({ callers }) => callers.customer),
    caller('owner', staff.owner, ({ callers }) => callers.staff?.includes('owner') ?? callers.person),
    // Can suspend all of the shop.
    caller('operator', world.operator, ({ callers }) => callers.operator),
  ];
}

/** Routes that none of the callers may call. */
export const withoutCaller = (callers: readonly FuzzCaller[]): Route[] =>
  allRoutes.filter(({ id }) => !callers.some(({ operations }) => operations.includes(id)));

/** A mailed link opens one job: it stands in for the job of the fixture. */
function requestTo(id: string, world: World, jobId: string | undefined): Fixture {
  const recipe = fixtures[id];
  if (!recipe) throw new Error(`Route ${id} has no entry in tests/isolation/fixtures.ts`);
  const fixture = recipe(world);
  return jobId !== undefined && fixture.params?.['jobId'] !== undefined
    ? { ...fixture, params: { ...fixture.params, jobId } }
    : fixture;
}
