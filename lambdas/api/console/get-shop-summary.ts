import * as routes from '#contract/routes/console.ts';
import { memberships } from '../../adapters/dynamo/directory.ts';
import { loadClosing } from '../../adapters/dynamo/repositories/closings.ts';
import { lastEventAt } from '../../adapters/dynamo/repositories/events.ts';
import { listAgents, listMachines } from '../../adapters/dynamo/repositories/farm.ts';
import { lastSerial } from '../../adapters/dynamo/repositories/serials.ts';
import { loadStanding } from '../../adapters/dynamo/repositories/standings.ts';
import { implement } from '../../http/stack.ts';
import { closingView } from '../closing-view.ts';
import { usageView } from '../usage-view.ts';
import { supportEntries } from '../support-entries.ts';
import { shopNamed } from './access.ts';
import { standingView } from './standing-view.ts';

export const getShopSummary = implement(routes.getShopSummary, async ({ params }) => {
  const { t, shop } = await shopNamed(params.shopId);
  const [standing, closing, members, machines, agents, jobs, events, lastActivityAt, support, used] =
    await Promise.all([
      loadStanding(t),
      loadClosing(t),
      memberships.listOf(t.shopId),
      listMachines(t),
      listAgents(t),
      lastSerial(t, 'jobs'),
      lastSerial(t, 'events'),
      lastEventAt(t),
      supportEntries(t),
      usageView(t),
    ]);
  const { id, name, slug, email, createdAt, currency, timeZone, paymentAccountId } = shop;
  return {
    shop: {
      id,
      name,
      slug,
      email,
      createdAt,
      currency,
      timeZone,
      paymentsReady: paymentAccountId !== undefined,
    },
    standing: standingView(standing),
    ...(closing ? { closing: closingView(closing) } : {}),
    jobs,
    events,
    members: members.map(({ personName, role }) => ({ name: personName, role })),
    machines: machines.length,
    agents: agents.length,
    agentsConnected: agents.filter(({ contact }) => contact === 'connected').length,
    ...(lastActivityAt === undefined ? {} : { lastActivityAt }),
    ...used,
    support,
  };
});
