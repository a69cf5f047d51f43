import * as routes from '#contract/routes/platform.ts';
import { environment } from '../../env.ts';
import { implement } from '../../http/stack.ts';

const { IDENTITY_ENDPOINT, USER_POOL_CLIENT_ID, AWS_REGION, LIVE_URL } = environment(
  'IDENTITY_ENDPOINT',
  'USER_POOL_CLIENT_ID',
  'AWS_REGION',
  'LIVE_URL',
);

export const getConfig = implement(routes.getConfig, async () => ({
  identity: { endpoint: IDENTITY_ENDPOINT, clientId: USER_POOL_CLIENT_ID, region: AWS_REGION },
  live: { url: LIVE_URL },
}));
