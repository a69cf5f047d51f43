import middy from '@middy/core';
import type { APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type { OutOf, Route } from '#contract/route.ts';
import { BusyError, ConflictError } from '../adapters/dynamo/commit.ts';
import { NoShopError } from '../adapters/dynamo/no-shop.ts';
import { logger } from '../logger.ts';
import { admit } from './access.ts';
import { ApiError, notFound, problemResponse } from './problem.ts';
import type { Caller } from './caller.ts';
import { callerOf, parseRequest, type ApiEvent, type ApiRequest } from './request.ts';

/** A route and the code behind it. */
export interface Implementation {
  route: Route;
  run(request: ApiRequest): Promise<unknown>;
}

/** Binds a handler to its route; types come from the contract. */
export const implement = <R extends Route>(
  route: R,
  run: (request: ApiRequest<R>) => Promise<OutOf<R>>,
): Implementation => ({
  route,
  run,
});

/**
 * What stands between an admitted caller and the handler. `target`: the path's parameters as they came. What it answers with is
 * called when the handler refuses, so that nothing has changed.
 */
export type Guard = (
  route: Route,
  who: Caller,
  target: Record<string, string>,
) => Promise<(() => Promise<void>) | undefined>;

/**
 * One Lambda for a bounded context: admit, guard, parse, run, answer; errors leave as problem+json. Only a context that no
 * shop's people call has no guard (`shopApiHandler`).
 */
export function apiHandler(implementations: readonly Implementation[], guard: Guard = async () => undefined) {
  const byKey = new Map(implementations.map((each) => [`${each.route.method} ${each.route.path}`, each]));
  return middy<ApiEvent, APIGatewayProxyStructuredResultV2, Error, Context>(async (event: ApiEvent) => {
    const found = byKey.get(event.routeKey);
    if (!found) throw new ApiError('not_found', 'There is no such route.');
    const who = callerOf(event);
    if ('shopId' in who) logger.appendKeys({ shopId: who.shopId });
    admit(found.route, who);
    const onRefusal = await guard(found.route, who, pathOf(event));
    try {
      return answer(found.route, await found.run(parseRequest(found.route, event, who)));
    } catch (error) {
      if (error instanceof ApiError) await onRefusal?.();
      throw error;
    }
  })
    .use(requestLog)
    .use(problems);
}

const pathOf = ({ pathParameters }: ApiEvent): Record<string, string> =>
  Object.fromEntries(Object.entries(pathParameters ?? {}).map(([name, value]) => [name, value ?? '']));

function answer(route: Route, out: unknown): APIGatewayProxyStructuredResultV2 {
  if (route.status === 204) return { statusCode: 204 };
  return {
    statusCode: route.status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    body: JSON.stringify(out),
  };
}

/** What an error means to the caller. */
function meaning(error: Error | null): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof ConflictError)
    return new ApiError('stale', 'Somebody changed this at the same moment. Look again and repeat it.');
  if (error instanceof NoShopError) return notFound();
  if (error instanceof BusyError)
    return new ApiError(
      'unavailable',
      'Too much happens to this at the moment. Nothing was changed; try again.',
    );
  logger.error('unexpected error', { error: error ?? new Error('unknown') });
  return new ApiError('internal', 'Something went wrong on our side. Nothing was changed; try again.');
}

const requestLog = {
  before: ({ event, context }: { event: ApiEvent; context: Context }) => {
    logger.addContext(context);
    logger.appendKeys({ requestId: event.requestContext.requestId, route: event.routeKey });
  },
  after: ({ response }: { response: APIGatewayProxyStructuredResultV2 | null }) => {
    logger.info('answered', { status: response?.statusCode });
    logger.resetKeys();
  },
};

const problems = {
  onError: (request: {
    event: ApiEvent;
    error: Error | null;
    response: APIGatewayProxyStructuredResultV2 | null;
  }) => {
    const error = meaning(request.error);
    logger.info('refused', { code: error.code });
    request.response = problemResponse(error, request.event.requestContext.requestId);
    logger.resetKeys();
  },
};
