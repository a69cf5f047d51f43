/** Route templates of an HTTP API: `/v1/jobs/{jobId}`. */

export interface ApiRoute {
  method: string;
  path: string;
  functionName: string;
}

export interface RouteMatch {
  route: ApiRoute;
  /** URL-decoded. */
  pathParameters: Record<string, string>;
}

/** The most specific route: at the first segment where two differ, the fixed one wins over the parameter. */
export function matchRoute(
  routes: readonly ApiRoute[],
  method: string,
  path: string,
): RouteMatch | undefined {
  const segments = path.split('/');
  let best: { match: RouteMatch; rank: string } | undefined;
  for (const route of routes) {
    if (route.method !== method) continue;
    const template = route.path.split('/');
    if (template.length !== segments.length) continue;
    const pathParameters = bind(template, segments);
    if (pathParameters === undefined) continue;
    const rank = template.map((part) => (parameterName(part) === undefined ? '0' : '1')).join('');
    if (best === undefined || rank < best.rank) best = { match: { route, pathParameters }, rank };
  }
  return best?.match;
}

function bind(template: string[], segments: string[]): Record<string, string> | undefined {
  const values: Record<string, string> = {};
  for (const [index, part] of template.entries()) {
    const segment = segments[index] ?? '';
    const name = parameterName(part);
    if (name === undefined) {
      if (part !== segment) return undefined;
    } else {
      const value = decode(segment);
      if (value === undefined || value === '') return undefined;
      values[name] = value;
    }
  }
  return values;
}

const parameterName = (part: string): string | undefined => /^\{(\w+)\}$/.exec(part)?.[1];

function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
