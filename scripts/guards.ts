/** Every guard between two shops, and how to take it out: what `mutate-guards.ts` removes one by one, and what must notice. */
export interface Guard {
  name: string;
  file: string;
  /** Stands exactly once in the file. */
  text: string;
  /** What stands there without the guard. */
  without: string;
  /** Test files (and a title) that must fail then. */
  noticedBy: readonly string[];
}

const fence = 'lambdas/adapters/dynamo/fence.ts';
const fenceTest = ['tests/isolation/fence.test.ts'];
const policyTest = ['tests/walls/policies.test.ts'];
const attackTest = ['tests/attacks/attacks.test.ts'];
const consoleTest = ['tests/integration/console.test.ts'];
const signInTest = ['tests/integration/sign-in.test.ts'];

export const guards: readonly Guard[] = [
  {
    name: 'the fence judges partition keys',
    file: fence,
    text: "typeof key !== 'string' || !fence.prefixes.some((prefix) => key.startsWith(prefix))",
    without: 'false',
    noticedBy: fenceTest,
  },
  {
    name: 'the fence judges the index places of a written row',
    file: fence,
    text: 'if (Item?.[name] !== undefined) inside(Item[name], name);',
    without: 'inside(fence.prefixes[0], name);',
    noticedBy: fenceTest,
  },
  {
    name: 'the fence judges the index places an update sets',
    file: fence,
    text: 'if (indexKeys.includes(attribute))',
    without: 'if (attribute === undefined)',
    noticedBy: fenceTest,
  },
  {
    name: 'the fence judges every row of a transaction',
    file: fence,
    text: 'for (const target of Object.values(operation)) item(target);',
    without: 'Object.values(operation);',
    noticedBy: fenceTest,
  },
  {
    name: 'the fence judges every row of a batch',
    file: fence,
    text: "for (const key of Keys ?? []) inside(key['pk'], 'key');",
    without: 'void Keys;',
    noticedBy: fenceTest,
  },
  {
    name: 'the fence judges by which attribute a query asks',
    file: fence,
    text: "if (attribute !== (input.IndexName ? `${input.IndexName}pk` : 'pk'))",
    without: 'if (attribute === undefined)',
    noticedBy: fenceTest,
  },
  {
    name: 'the fence keeps shops from the index that crosses them',
    file: fence,
    text: 'if (!fence.systemIndex)',
    without: 'if (fence.prefixes.length > 9)',
    noticedBy: fenceTest,
  },
  {
    name: 'the fence refuses what it can not judge',
    file: fence,
    text: '  throw new FenceError(commandName);',
    without: '',
    noticedBy: fenceTest,
  },
  {
    name: 'a shop’s client is fenced to the shop',
    file: 'lambdas/adapters/dynamo/shop-client.ts',
    text: 'fenced(clientOf(shopId), { prefixes: [`SHOP#${shopId}#`] })',
    without: "fenced(clientOf(shopId), { prefixes: ['SHOP#'] })",
    noticedBy: fenceTest,
  },
  {
    name: 'the client of shop and directory is fenced to the shop',
    file: 'lambdas/adapters/dynamo/shop-client.ts',
    text: "{ prefixes: ['DIR#', `SHOP#${shopId}#`] }",
    without: "{ prefixes: ['DIR#', 'SHOP#'] }",
    noticedBy: fenceTest,
  },
  {
    name: 'only a shop’s id opens a tenant',
    file: 'lambdas/adapters/dynamo/tenant.ts',
    text: "  id('shop').parse(shopId);\n",
    without: '',
    noticedBy: fenceTest,
  },
  {
    name: 'objects are fenced to the shop’s folder',
    file: 'lambdas/adapters/s3/files.ts',
    text: "if (!key.startsWith(inside(shopId, '')))",
    without: "if (key === '')",
    noticedBy: fenceTest,
  },
  {
    name: 'object keys are made of a shop’s id and no dots',
    file: 'lambdas/adapters/s3/files.ts',
    text: "!/^shop_[0-9a-z]{26}$/.test(shopId) || rest.includes('..')",
    without: 'false',
    noticedBy: fenceTest,
  },
  {
    name: 'the shop role’s rows are those of its tag',
    file: 'contract/rights.ts',
    text: '[places.tableArn, `${places.tableArn}/index/gsi*`],\n            leadingKeys([`SHOP#${taggedShop}#*`]),',
    without: "[places.tableArn, `${places.tableArn}/index/gsi*`],\n            leadingKeys(['SHOP#*']),",
    noticedBy: policyTest,
  },
  {
    name: 'a request without a leading key is no request for the tag’s rows',
    file: 'contract/rights.ts',
    text: "  Null: { 'dynamodb:LeadingKeys': 'false' },\n",
    without: '',
    noticedBy: policyTest,
  },
  {
    name: 'the shop role’s objects are those of its tag',
    file: 'contract/rights.ts',
    text: '[`${places.bucketArn}/t/${taggedShop}/*`]',
    without: '[`${places.bucketArn}/t/*`]',
    noticedBy: policyTest,
  },
  {
    name: 'the shop role lists its own folder alone',
    file: 'contract/rights.ts',
    text: "'s3:prefix': [`t/${taggedShop}/*`]",
    without: "'s3:prefix': ['*']",
    noticedBy: policyTest,
  },
  {
    name: 'the shop role’s topics are those of its tag',
    file: 'contract/rights.ts',
    text: 'topic/shop/${taggedShop}/*',
    without: 'topic/shop/*',
    noticedBy: policyTest,
  },
  {
    name: 'the shop role is assumed with a tag that names one shop',
    file: 'contract/rights.ts',
    text: "[`shop_${'?'.repeat(26)}`]",
    without: "['*']",
    noticedBy: policyTest,
  },
  {
    name: 'the shop role is assumed with no second tag',
    file: 'contract/rights.ts',
    text: "  'ForAllValues:StringEquals': { 'aws:TagKeys': [shopTag] },\n",
    without: '',
    noticedBy: policyTest,
  },
  {
    name: 'a session carries the tag of the shop that was asked for',
    file: 'lambdas/adapters/shop-credentials.ts',
    text: '      Tags: [{ Key: shopTag, Value: shopId }],\n',
    without: '',
    noticedBy: signInTest,
  },
  {
    name: 'staff is who is a member of the shop',
    file: 'lambdas/http/authorize-request.ts',
    text: "  if (!membership) return { kind: 'stranger', ...person };\n  return { kind: 'staff', ...person, shopId: membership.shopId, role: membership.role };",
    without: "  return { kind: 'staff', ...person, shopId: shop, role: membership?.role ?? 'owner' };",
    noticedBy: attackTest,
  },
  {
    name: 'tokens are signed by the algorithm of our pool',
    file: 'lambdas/adapters/session/staff.ts',
    text: "    const { payload } = await jwtVerify(token, keys, {\n      issuer: USER_POOL_ISSUER,\n      audience: USER_POOL_CLIENT_ID,\n      algorithms: ['RS256'],\n    });",
    without:
      "    const payload: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());",
    noticedBy: attackTest,
  },
  {
    name: 'customers see what is theirs',
    file: 'lambdas/api/access.ts',
    text: '  return thing.customerId === caller.customerId;',
    without: '  return true;',
    noticedBy: ['tests/isolation/matrix.test.ts', '-t', 'getJob'],
  },
  {
    name: 'a link opens the one job it names',
    file: 'lambdas/api/access.ts',
    text: 'thing.jobId === caller.jobId && ',
    without: '',
    noticedBy: signInTest,
  },
  {
    name: 'an agent connects under its own name alone',
    file: 'contract/mqtt.ts',
    // Either half keeps another name out: a thing is the one of the client id, and only if the certificate is attached to it.
    text: `Resource: arn('client', '\${iot:Connection.Thing.ThingName}'),
        Condition: { Bool: { 'iot:Connection.Thing.IsAttached': 'true' } },`,
    without: "Resource: arn('client', '*'),",
    noticedBy: attackTest,
  },
  {
    name: 'an agent hears its own commands alone',
    file: 'contract/mqtt.ts',
    text: "'shop/${iot:Connection.Thing.Attributes[shopId]}/agent/${iot:Connection.Thing.ThingName}'",
    without: "'shop/*'",
    noticedBy: attackTest,
  },
  {
    name: 'operators work in no shop',
    file: 'lambdas/http/authorize-request.ts',
    text: '  if (isOperator) return',
    without: '  if (isOperator && shop === undefined) return',
    noticedBy: ['tests/isolation/matrix.test.ts', '-t', 'whoever runs Kerf'],
  },
  {
    name: 'a visit reaches no payments',
    file: 'contract/route.ts',
    text: "context !== 'billing' && ",
    without: '',
    noticedBy: consoleTest,
  },
  {
    name: 'a visit ends',
    file: 'lambdas/http/standing.ts',
    text: 'if (!visit || !isOpen(visit, now()))',
    without: 'if (!visit)',
    noticedBy: consoleTest,
  },
  {
    name: 'a suspended shop changes nothing',
    file: 'lambdas/http/standing.ts',
    text: "  const reads = route.method === 'GET' && ",
    without: '  const reads = ',
    noticedBy: consoleTest,
  },
  {
    name: 'a suspended shop is closed to its customers',
    file: 'lambdas/http/standing.ts',
    text: "  if (who.kind !== 'staff')\n    throw",
    without: "  if (who.kind === 'nobody')\n    throw",
    noticedBy: consoleTest,
  },
];
