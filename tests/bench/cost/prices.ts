/**
 * AWS list prices in US East (N. Virginia), US dollars, as of November 2026, before free tiers and volume discounts.
 * Each has the page it is from; check them there before deciding anything by them.
 */
export const pricesOf = '2026-11';

export interface Price {
  dollars: number;
  /** What it buys. */
  per: string;
  source: string;
}

const million = 1e6;
const price = (dollars: number, per: string, source: string): Price => ({ dollars, per, source });

export const prices = {
  apiRequest: price(1 / million, 'HTTP API request', 'https://aws.amazon.com/api-gateway/pricing/'),
  invocation: price(0.2 / million, 'Lambda request', 'https://aws.amazon.com/lambda/pricing/'),
  gigabyteSecond: price(0.0000133334, 'GB-second on ARM', 'https://aws.amazon.com/lambda/pricing/'),
  writeUnit: price(
    0.625 / million,
    'write request unit',
    'https://aws.amazon.com/dynamodb/pricing/on-demand/',
  ),
  readUnit: price(0.125 / million, 'read request unit', 'https://aws.amazon.com/dynamodb/pricing/on-demand/'),
  tableGigabyteMonth: price(0.25, 'GB-month', 'https://aws.amazon.com/dynamodb/pricing/on-demand/'),
  backupGigabyteMonth: price(
    0.2,
    'GB-month of continuous backup',
    'https://aws.amazon.com/dynamodb/pricing/on-demand/',
  ),
  transition: price(0.025 / 1000, 'state transition', 'https://aws.amazon.com/step-functions/pricing/'),
  busEvent: price(1 / million, 'custom event', 'https://aws.amazon.com/eventbridge/pricing/'),
  mail: price(0.1 / 1000, 'mail', 'https://aws.amazon.com/ses/pricing/'),
  queueRequest: price(0.4 / million, 'SQS request', 'https://aws.amazon.com/sqs/pricing/'),
  iotMessage: price(1 / million, 'IoT message of up to 5 KB', 'https://aws.amazon.com/iot-core/pricing/'),
  iotRule: price(0.15 / million, 'rule triggered', 'https://aws.amazon.com/iot-core/pricing/'),
  iotAction: price(0.15 / million, 'rule action', 'https://aws.amazon.com/iot-core/pricing/'),
  iotMinute: price(0.08 / million, 'minute of connection', 'https://aws.amazon.com/iot-core/pricing/'),
  objectWrite: price(0.005 / 1000, 'S3 PUT, COPY, POST', 'https://aws.amazon.com/s3/pricing/'),
  objectRead: price(0.0004 / 1000, 'S3 GET, HEAD', 'https://aws.amazon.com/s3/pricing/'),
  objectGigabyteMonth: price(0.023, 'GB-month', 'https://aws.amazon.com/s3/pricing/'),
  signature: price(0.15 / 10_000, 'KMS signature with an ECC key', 'https://aws.amazon.com/kms/pricing/'),
  logGigabyte: price(0.5, 'GB of logs', 'https://aws.amazon.com/cloudwatch/pricing/'),
  trace: price(5 / million, 'trace recorded', 'https://aws.amazon.com/xray/pricing/'),
  alarmMonth: price(0.1, 'alarm and month', 'https://aws.amazon.com/cloudwatch/pricing/'),
  dashboardMonth: price(3, 'dashboard and month', 'https://aws.amazon.com/cloudwatch/pricing/'),
  webAclMonth: price(5, 'web ACL and month', 'https://aws.amazon.com/waf/pricing/'),
  webRuleMonth: price(1, 'rule and month', 'https://aws.amazon.com/waf/pricing/'),
  webRequest: price(0.6 / million, 'request inspected', 'https://aws.amazon.com/waf/pricing/'),
  keyMonth: price(1, 'key and month', 'https://aws.amazon.com/kms/pricing/'),
} as const satisfies Record<string, Price>;

export type PriceName = keyof typeof prices;

/** Services as a bill groups them. */
export const services: Record<string, readonly PriceName[]> = {
  'API Gateway': ['apiRequest'],
  WAF: ['webRequest', 'webAclMonth', 'webRuleMonth'],
  Lambda: ['invocation', 'gigabyteSecond'],
  DynamoDB: ['writeUnit', 'readUnit', 'tableGigabyteMonth', 'backupGigabyteMonth'],
  'Step Functions': ['transition'],
  EventBridge: ['busEvent'],
  SES: ['mail'],
  'IoT Core': ['iotMessage', 'iotRule', 'iotAction', 'iotMinute'],
  SQS: ['queueRequest'],
  S3: ['objectWrite', 'objectRead', 'objectGigabyteMonth'],
  KMS: ['signature', 'keyMonth'],
  CloudWatch: ['logGigabyte', 'alarmMonth', 'dashboardMonth'],
  'X-Ray': ['trace'],
};

/** Amounts by what is billed. */
export type Bill = Partial<Record<PriceName, number>>;

export const sum = (...bills: Bill[]): Bill => {
  const total: Bill = {};
  for (const bill of bills)
    for (const name of Object.keys(bill) as PriceName[]) total[name] = (total[name] ?? 0) + (bill[name] ?? 0);
  return total;
};
export const times = (bill: Bill, factor: number): Bill =>
  Object.fromEntries(Object.entries(bill).map(([name, amount]) => [name, amount * factor]));

export const dollarsOf = (bill: Bill): number =>
  (Object.keys(bill) as PriceName[]).reduce(
    (total, name) => total + (bill[name] ?? 0) * prices[name].dollars,
    0,
  );

/** Dollars by service, dearest first. */
export const byService = (bill: Bill): [service: string, dollars: number][] =>
  Object.entries(services)
    .map(([service, names]): [string, number] => [
      service,
      names.reduce((total, name) => total + (bill[name] ?? 0) * prices[name].dollars, 0),
    ])
    .filter(([, dollars]) => dollars > 0)
    .sort(([, one], [, other]) => other - one);
