import * as routes from '#contract/routes/lifecycle.ts';
import { createJob } from '#domain/job/create.ts';
import { isRefusal } from '#domain/refusal.ts';
import { newId } from '../../adapters/ids.ts';
import { createJobWrites } from '../../adapters/dynamo/repositories/jobs.ts';
import { loadShop, nextJobSerial } from '../../adapters/dynamo/repositories/shops.ts';
import { actorOf } from '../../http/caller.ts';
import { implement } from '../../http/stack.ts';
import { runCommand } from './run-command.ts';

export const redoJob = implement(routes.redoJob, (request) =>
  runCommand(request, async ({ job, template }, now, t, caller) => {
    const { reason, promisedDate } = request.body;
    const shop = await loadShop(t);
    const { title, customer, delivery, salesperson } = job;
    const redone = createJob(
      {
        id: newId('job'),
        shopId: t.shopId,
        serial: await nextJobSerial(t),
        title,
        customer,
        delivery,
        source: 'staff',
        // The customer reads the note; why it is made again is for the bench.
        spec: reason,
        promisedDate,
        redoOf: job.id,
        ...(salesperson ? { salesperson } : {}),
      },
      template,
      shop.timeZone,
      now,
    );
    if (isRefusal(redone)) return redone;
    return {
      command: { name: 'redo', newJobId: redone.id, reason },
      writes: () => createJobWrites(t, redone, template, actorOf(caller, customer.name), now),
      answersWith: redone.id,
    };
  }),
);
