/** What a busiest second asks for; whole numbers of things where no second is named. */
export interface Load {
  apiRequests: number;
  invocations: number;
  gigabyteSeconds: number;
  writeUnits: number;
  readUnits: number;
  transitions: number;
  busEvents: number;
  mails: number;
  mailsADay: number;
  agents: number;
  screens: number;
  agentMessages: number;
  signatures: number;
  openJobs: number;
  relayedEvents: number;
}

interface Quota {
  name: string;
  limit: number;
  adjustable: boolean;
  used: (load: Load) => number;
  source: string;
}

/** As in `system.ts`, which keeps it to itself: a change there moves every row. */
const watchListShards = 4;

/** Functions of half a GB on average: so much of a second one call holds a place. */
const placesOf = ({ gigabyteSeconds }: Load): number => gigabyteSeconds / 0.5;

/** Default quotas of one account and US East, as AWS's service quota pages name them, November 2026. */
const quotas: readonly Quota[] = [
  {
    name: 'API Gateway requests a second, account',
    limit: 10_000,
    adjustable: true,
    used: ({ apiRequests }) => apiRequests,
    source: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html',
  },
  {
    name: 'Lambda functions at the same time',
    limit: 1000,
    adjustable: true,
    used: placesOf,
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
  },
  {
    name: 'DynamoDB write units a second, table',
    limit: 40_000,
    adjustable: true,
    used: ({ writeUnits }) => writeUnits,
    source: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html',
  },
  {
    name: 'DynamoDB read units a second, table',
    limit: 40_000,
    adjustable: true,
    used: ({ readUnits }) => readUnits,
    source: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html',
  },
  {
    name: 'DynamoDB write units a second, one partition of a watch list',
    limit: 1000,
    adjustable: false,
    // Every event enters and leaves the outbox list, an agent that speaks moves on the list of the silent once a minute.
    used: ({ relayedEvents, agents }) => (relayedEvents * 2 + (agents / 60) * 2) / watchListShards,
    source: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html',
  },
  {
    name: 'Step Functions transitions a second',
    limit: 5000,
    adjustable: true,
    used: ({ transitions }) => transitions,
    source: 'https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html',
  },
  {
    name: 'Step Functions open executions',
    limit: 1_000_000,
    adjustable: true,
    used: ({ openJobs }) => openJobs,
    source: 'https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html',
  },
  {
    name: 'EventBridge events put a second',
    limit: 10_000,
    adjustable: true,
    used: ({ busEvents }) => busEvents,
    source: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html',
  },
  {
    name: 'SES mails a second, new account',
    limit: 14,
    adjustable: true,
    used: ({ mails }) => mails,
    source: 'https://docs.aws.amazon.com/ses/latest/dg/quotas.html',
  },
  {
    name: 'SES mails a day, new account',
    limit: 50_000,
    adjustable: true,
    used: ({ mailsADay }) => mailsADay,
    source: 'https://docs.aws.amazon.com/ses/latest/dg/quotas.html',
  },
  {
    name: 'IoT Core connections at the same time',
    limit: 500_000,
    adjustable: true,
    used: ({ agents, screens }) => agents + screens,
    source: 'https://docs.aws.amazon.com/general/latest/gr/iot-core.html',
  },
  {
    name: 'IoT Core messages in, a second',
    limit: 20_000,
    adjustable: true,
    used: ({ agentMessages }) => agentMessages,
    source: 'https://docs.aws.amazon.com/general/latest/gr/iot-core.html',
  },
  {
    name: 'KMS signatures with ECC keys a second',
    limit: 300,
    adjustable: true,
    used: ({ signatures }) => signatures,
    source: 'https://docs.aws.amazon.com/kms/latest/developerguide/requests-per-second.html',
  },
  {
    name: 'Records a second through the relay, one at a time per stream shard',
    limit: 30,
    adjustable: false,
    // A shard carries 1,000 write units a second; the relay makes six calls of some five milliseconds for an event, in order.
    used: ({ relayedEvents, writeUnits }) => relayedEvents / Math.max(1, Math.ceil(writeUnits / 1000)),
    source: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html',
  },
];

/** All quotas, the most used first. */
export const pressures = (load: Load) =>
  quotas
    .map((quota) => ({ ...quota, used: quota.used(load) }))
    .sort((one, other) => other.used / other.limit - one.used / one.limit);
