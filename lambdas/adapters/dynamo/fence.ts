import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** A key outside the caller's shop was about to be used. Never expected: the request dies. */
export class FenceError extends Error {
  constructor(what: string) {
    super(`Outside the fence: ${what}`);
    this.name = 'FenceError';
  }
}

export interface Fence {
  /** Partition keys must begin with one of these. */
  prefixes: readonly string[];
  /** The watch lists that cross shops may be read. */
  systemIndex?: true;
}

interface KeyedInput {
  Key?: Record<string, unknown>;
  Item?: Record<string, unknown>;
  IndexName?: string;
  KeyConditionExpression?: string;
  UpdateExpression?: string;
  ExpressionAttributeNames?: Record<string, string>;
  ExpressionAttributeValues?: Record<string, unknown>;
  TransactItems?: Record<string, KeyedInput>[];
  RequestItems?: Record<string, { Keys?: Record<string, unknown>[] }>;
}

const indexKeys = ['gsi1pk', 'gsi2pk', 'gsi3pk'];
const assignment = /(#?\w+)\s*=\s*([^\s,]+)/g;
const keyed = new Set(['GetCommand', 'PutCommand', 'UpdateCommand', 'DeleteCommand']);

/** Throws FenceError when the command touches a partition outside the fence, or is of a kind that can not be judged. */
export function inspect(fence: Fence, commandName: string, input: KeyedInput): void {
  const inside = (key: unknown, what: string) => {
    if (typeof key !== 'string' || !fence.prefixes.some((prefix) => key.startsWith(prefix)))
      throw new FenceError(`${what} ${typeof key === 'string' ? key : typeof key}`);
  };
  const item = (target: KeyedInput) => {
    const { Key, Item } = target;
    inside((Key ?? Item)?.['pk'], 'key');
    for (const name of indexKeys) if (Item?.[name] !== undefined) inside(Item[name], name);
    // An update may move a row to another place of an index; only to a value that can be read here.
    for (const [, name = '', value = ''] of (target.UpdateExpression ?? '').matchAll(assignment)) {
      const attribute = target.ExpressionAttributeNames?.[name] ?? name;
      if (indexKeys.includes(attribute)) inside(target.ExpressionAttributeValues?.[value], attribute);
    }
  };
  if (keyed.has(commandName)) return item(input);
  if (commandName === 'TransactWriteCommand' || commandName === 'TransactGetCommand') {
    for (const operation of input.TransactItems ?? [])
      for (const target of Object.values(operation)) item(target);
    return;
  }
  if (commandName === 'BatchGetCommand') {
    for (const { Keys } of Object.values(input.RequestItems ?? {}))
      for (const key of Keys ?? []) inside(key['pk'], 'key');
    return;
  }
  if (commandName === 'QueryCommand') {
    if (input.IndexName === 'system') {
      if (!fence.systemIndex) throw new FenceError('the system index');
      return;
    }
    const [, name = '', value = ''] =
      /^\s*(#?\w+)\s*=\s*(:\w+)/.exec(input.KeyConditionExpression ?? '') ?? [];
    const attribute = input.ExpressionAttributeNames?.[name] ?? name;
    if (attribute !== (input.IndexName ? `${input.IndexName}pk` : 'pk'))
      throw new FenceError(`query on ${attribute}`);
    return inside(input.ExpressionAttributeValues?.[value], 'query');
  }
  throw new FenceError(commandName);
}

/** The client, refusing every command that reaches outside the fence. */
export function fenced(client: DynamoDBDocumentClient, fence: Fence): DynamoDBDocumentClient {
  return new Proxy(client, {
    get(target, property, receiver) {
      if (property !== 'send') return Reflect.get(target, property, receiver) as unknown;
      return (command: { constructor: { name: string }; input: KeyedInput }, ...rest: []) => {
        inspect(fence, command.constructor.name, command.input);
        return target.send(command as unknown as Parameters<typeof target.send>[0], ...rest);
      };
    },
  });
}
