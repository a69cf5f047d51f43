import * as z from 'zod';
import { rolesOf } from '#domain/actor.ts';
import { flag } from '../flag.ts';
import { id } from '../ids.ts';
import { route, type Route } from '../route.ts';
import { line } from '../text.ts';
import { jobView } from '../views/job.ts';

export const seller = rolesOf('shop');
export const maker = rolesOf('operator');
export const jobParams = z.object({ jobId: id('job') });
export const reason = line(500, 'Say why, in a few words.');
/** Goes on although a condition is not met, and says why. */
export const override = reason;
export const nothing = z.object({}).default({});

/** `notify=false`: nobody gets a mail of this step, which the timeline shows. For the shop's people. */
const told = z.object({ notify: flag(true) });

/** A POST that sends the job one command and answers with the job as it is then. */
export const command = <
  const Id extends string,
  const Path extends string,
  const C extends object,
  B extends z.ZodType,
>(
  routeId: Id,
  path: Path,
  summary: string,
  callers: C,
  body: B,
  more: Pick<Route, 'closedToSupport'> = {},
) =>
  route({
    id: routeId,
    method: 'POST',
    path: `/v1/jobs/{jobId}/${path}`,
    context: 'jobs',
    summary,
    callers,
    params: jobParams,
    query: told,
    body,
    out: jobView,
    status: 200,
    idempotent: true,
    ...more,
  });
