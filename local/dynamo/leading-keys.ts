/** What IAM sees of a DynamoDB call: for each action in it, the table or index and the partition keys it names. Pure. */
import { TABLE } from '#contract/table.ts';

export interface SeenAction {
  /** For example `dynamodb:Query`; a transaction is seen as the actions in it. */
  action: string;
  tableName: string;
  indexName?: string;
  /** Partition keys; undefined where the call names none, as a scan does. */
  leadingKeys?: readonly string[];
}

type Attributes = Record<string, { S?: string }>;
interface Call {
  TableName?: string;
  IndexName?: string;
  Key?: Attributes;
  Item?: Attributes;
  KeyConditionExpression?: string;
  ExpressionAttributeNames?: Record<string, string>;
  ExpressionAttributeValues?: Attributes;
  TransactItems?: Record<string, Call>[];
  RequestItems?: Record<string, { Keys?: Attributes[] }>;
}

const inTransactions: Record<string, string> = {
  Get: 'GetItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
};

export function seenActions(operation: string, body: unknown): SeenAction[] {
  const call = (body ?? {}) as Call;
  if (operation === 'TransactWriteItems' || operation === 'TransactGetItems')
    return (call.TransactItems ?? []).flatMap((item) =>
      Object.entries(item).map(([kind, each]) => seen(inTransactions[kind] ?? kind, each)),
    );
  if (operation === 'BatchGetItem')
    return Object.entries(call.RequestItems ?? {}).map(([tableName, { Keys = [] }]) => ({
      action: 'dynamodb:BatchGetItem',
      tableName,
      ...keyed(Keys.map((key) => key[TABLE.key.partition]?.S)),
    }));
  return [seen(operation, call)];
}

function seen(operation: string, call: Call): SeenAction {
  const { TableName: tableName = '', IndexName: indexName } = call;
  return {
    action: `dynamodb:${operation}`,
    tableName,
    ...(indexName === undefined ? {} : { indexName }),
    ...keyed([operation === 'Query' ? queried(call) : (call.Key ?? call.Item)?.[TABLE.key.partition]?.S]),
  };
}

const keyed = (keys: (string | undefined)[]): Pick<SeenAction, 'leadingKeys'> => {
  const known = keys.filter((key) => key !== undefined);
  return known.length === keys.length && known.length > 0 ? { leadingKeys: known } : {};
};

/** The value that a query's condition demands of the partition key of its table or index. */
function queried(call: Call): string | undefined {
  const partition =
    call.IndexName === undefined
      ? TABLE.key.partition
      : TABLE.indexes.find(({ name }) => name === call.IndexName)?.partition;
  for (const [, name = '', value = ''] of (call.KeyConditionExpression ?? '').matchAll(
    /(#?\w+)\s*=\s*(:\w+)/g,
  ))
    if ((call.ExpressionAttributeNames?.[name] ?? name) === partition)
      return call.ExpressionAttributeValues?.[value]?.S;
  return undefined;
}
