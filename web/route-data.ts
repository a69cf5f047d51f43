import { opensToSupport, type Route } from '../contract/route.ts';

/** What pages need of a route as they run. Of its schemas only whether it has a query. */
export function dataOf(route: Route) {
  const { id, method, path, context, callers, idempotent, versioned, query } = route;
  const closedToSupport = !opensToSupport(route);
  const data = { id, method, path, context, callers, idempotent, versioned, closedToSupport };
  return query === undefined ? data : { ...data, query: {} };
}
