import * as z from 'zod';
import { route } from '../route.ts';
import { supportEntryView, usageView } from '../views/platform.ts';

export const listSupportEntries = route({
  id: 'listSupportEntries',
  method: 'GET',
  path: '/v1/shop/support',
  context: 'shops',
  summary:
    "What Kerf's people did about the shop: visits and what was changed in them, suspensions, plans; newest first",
  callers: { staff: ['owner', 'admin'] },
  out: z.object({ entries: z.array(supportEntryView) }),
  status: 200,
});

export const getUsage = route({
  id: 'getUsage',
  method: 'GET',
  path: '/v1/shop/usage',
  context: 'shops',
  summary: 'What the shop used of its plan, and month by month',
  callers: { staff: ['owner', 'admin', 'accountant'] },
  out: usageView,
  status: 200,
});
