import { DeleteCommand, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { roles, type Role } from '#domain/actor.ts';
import { id } from '#contract/ids.ts';
import { clientWithin, tableName } from './client.ts';
import { commit, put, type Write } from './commit.ts';
import { keptUntil, type IdempotencyStore } from './repositories/idempotency.ts';

/**
 * Look-ups that begin without a shop: the one module that holds them. Each answers with ids; everything else is read
 * through the shop's repositories.
 */
const client = clientWithin({ prefixes: ['DIR#'] });

async function get<T extends z.ZodType>(schema: T, pk: string, sk: string): Promise<z.infer<T> | undefined> {
  const { Item } = await client.send(
    new GetCommand({ TableName: tableName, Key: { pk, sk }, ConsistentRead: true }),
  );
  return Item ? schema.parse(Item) : undefined;
}

const row = (name: string, pk: string, sk: string, attributes: Record<string, unknown>): Write =>
  put(name, {
    TableName: tableName,
    Item: { pk, sk, ...attributes },
    ConditionExpression: 'attribute_not_exists(pk)',
  });

const membership = z.object({
  shopId: id('shop'),
  name: z.string(),
  slug: z.string(),
  role: z.enum(roles),
  personName: z.string(),
});
export type Membership = z.infer<typeof membership>;

/** Shops by the name in their portal's address. */
export const slugs = {
  find: async (slug: string) =>
    (await get(z.object({ shopId: id('shop') }), `DIR#SLUG#${slug}`, 'SLUG'))?.shopId,
  write: (slug: string, shopId: string) => row('slug', `DIR#SLUG#${slug}`, 'SLUG', { shopId }),
};

/** Who works where. */
export const memberships = {
  find: (personId: string, shopId: string) => get(membership, `DIR#PERSON#${personId}`, `SHOP#${shopId}`),
  async list(personId: string): Promise<Membership[]> {
    const { Items } = await client.send(
      new QueryCommand({
        TableName: tableName,
        KeyConditionExpression: 'pk = :person AND begins_with(sk, :shop)',
        ExpressionAttributeValues: { ':person': `DIR#PERSON#${personId}`, ':shop': 'SHOP#' },
        ConsistentRead: true,
      }),
    );
    return (Items ?? []).map((item) => membership.parse(item));
  },
  /** Who works for a shop. */
  async listOf(shopId: string): Promise<(Membership & { personId: string })[]> {
    const { Items } = await client.send(
      new QueryCommand({
        TableName: tableName,
        IndexName: 'gsi1',
        KeyConditionExpression: 'gsi1pk = :shop',
        ExpressionAttributeValues: { ':shop': `DIR#STAFF#${shopId}` },
      }),
    );
    return (Items ?? [])
      .map((item) => membership.extend({ gsi1sk: z.string() }).parse(item))
      .map(({ gsi1sk, ...member }) => ({ ...member, personId: gsi1sk }));
  },
  write: (
    person: { personId: string; name: string },
    shop: { id: string; name: string; slug: string },
    role: Role,
  ) =>
    row('membership', `DIR#PERSON#${person.personId}`, `SHOP#${shop.id}`, {
      gsi1pk: `DIR#STAFF#${shop.id}`,
      gsi1sk: person.personId,
      personName: person.name,
      shopId: shop.id,
      name: shop.name,
      slug: shop.slug,
      role,
    }),
};

const foundShop = z.object({
  shopId: id('shop'),
  name: z.string(),
  slug: z.string(),
  email: z.string(),
  createdAt: z.iso.datetime(),
});
export type FoundShop = z.infer<typeof foundShop>;

/** Shops by the beginning of what they are called, for the platform's operators. Words come folded (`domain/platform/find-words.ts`). */
export const shopFinder = {
  /** Shops one of whose words begins so; `word` has two characters at least. */
  beginning: (word: string, limit: number) => found(`DIR#FIND#${word.slice(0, 2)}`, word, limit),
  newest: (limit: number) => found(`DIR#SHOPS#ALL`, undefined, limit),
  /** One row per word, and one in the list of all by age. */
  writes: ({ shopId, name, slug, email, createdAt }: FoundShop, words: readonly string[]): Write[] => [
    row('finder', `DIR#SHOPS#ALL`, `${createdAt}#${shopId}`, { shopId, name, slug, email, createdAt }),
    ...words.map((word) =>
      row('finder', `DIR#FIND#${word.slice(0, 2)}`, `${word}#${shopId}`, {
        shopId,
        name,
        slug,
        email,
        createdAt,
      }),
    ),
  ],
};

/** In the order of their words; without a beginning the last ones first. */
async function found(partition: string, beginning: string | undefined, Limit: number): Promise<FoundShop[]> {
  const { Items } = await client.send(
    new QueryCommand({
      TableName: tableName,
      KeyConditionExpression: `pk = :words${beginning === undefined ? '' : ' AND begins_with(sk, :beginning)'}`,
      ExpressionAttributeValues: {
        ':words': partition,
        ...(beginning === undefined ? {} : { ':beginning': beginning }),
      },
      ScanIndexForward: beginning !== undefined,
      Limit,
    }),
  );
  return (Items ?? []).map((item) => foundShop.parse(item));
}

const link = z.object({
  shopId: id('shop'),
  customerId: id('cus'),
  jobId: id('job'),
  expiresAt: z.iso.datetime(),
});

/** Mailed links by the hash of their secret. */
export const links = {
  find: (secretHash: string) => get(link, `DIR#LINK#${secretHash}`, 'LINK'),
  write: (secretHash: string, target: z.infer<typeof link>) =>
    row('link', `DIR#LINK#${secretHash}`, 'LINK', {
      ...target,
      ttl: Math.floor(Date.parse(target.expiresAt) / 1000),
    }),
};

const vendorLink = z.object({
  shopId: id('shop'),
  jobId: id('job'),
  /** What it opens: a request, or a purchase order. */
  requestId: id('vrq').optional(),
  purchaseOrderId: id('po').optional(),
  expiresAt: z.iso.datetime(),
});

/** Links mailed to vendors by the hash of their secret. They open while the job's vendor still has the request. */
export const vendorLinks = {
  find: (secretHash: string) => get(vendorLink, `DIR#VENDORLINK#${secretHash}`, 'LINK'),
  write: (secretHash: string, target: z.infer<typeof vendorLink>) =>
    row('vendorLink', `DIR#VENDORLINK#${secretHash}`, 'LINK', {
      ...target,
      ttl: Math.floor(Date.parse(target.expiresAt) / 1000),
    }),
};

const claim = z.object({ shopId: id('shop'), machineIds: z.array(id('mac')), expiresAt: z.iso.datetime() });

/** Enrolment codes by their hash; taken out when used. */
export const claims = {
  write: (codeHash: string, target: z.infer<typeof claim>) =>
    row('claim', `DIR#CLAIM#${codeHash}`, 'CLAIM', {
      ...target,
      ttl: Math.floor(Date.parse(target.expiresAt) / 1000),
    }),
  /** Burns the code: of two callers one gets it. */
  async take(codeHash: string): Promise<z.infer<typeof claim> | undefined> {
    const { Attributes } = await client.send(
      new DeleteCommand({
        TableName: tableName,
        Key: { pk: `DIR#CLAIM#${codeHash}`, sk: 'CLAIM' },
        ReturnValues: 'ALL_OLD',
      }),
    );
    return Attributes ? claim.parse(Attributes) : undefined;
  },
};

/** Shops by their account at the payment provider. */
export const paymentAccounts = {
  find: async (accountId: string) =>
    (await get(z.object({ shopId: id('shop') }), `DIR#ACCOUNT#${accountId}`, 'ACCOUNT'))?.shopId,
  write: (accountId: string, shopId: string) =>
    row('account', `DIR#ACCOUNT#${accountId}`, 'ACCOUNT', { shopId }),
};

/** Shops by their agents' names. */
export const agents = {
  find: async (agentId: string) =>
    (await get(z.object({ shopId: id('shop') }), `DIR#AGENT#${agentId}`, 'AGENT'))?.shopId,
  write: (agentId: string, shopId: string) => row('agentName', `DIR#AGENT#${agentId}`, 'AGENT', { shopId }),
};

/** Idempotent calls of a person outside any shop. */
export const idempotencyOfPerson = (personId: string): IdempotencyStore => ({
  async read(keyHash) {
    const found = await get(
      z.object({ bodyHash: z.string(), response: z.unknown() }),
      `DIR#PERSON#${personId}`,
      `IDEMPOTENCY#${keyHash}`,
    );
    return found ? { bodyHash: found.bodyHash, result: found.response } : undefined;
  },
  write: (keyHash, bodyHash, result) =>
    row('idempotency', `DIR#PERSON#${personId}`, `IDEMPOTENCY#${keyHash}`, {
      bodyHash,
      response: result,
      ttl: keptUntil(),
    }),
});

/** Writes directory rows alone. */
export const commitDirectory = (writes: readonly Write[]): Promise<void> => commit(client, writes);
