/** AWS IoT policies, evaluated as the cloud's message broker does. Pure. */
import * as z from 'zod';

const oneOrMany = z
  .union([z.string(), z.array(z.string()).min(1)])
  .transform((value) => (Array.isArray(value) ? value : [value]));

const policySchema = z.strictObject({
  Version: z.literal('2012-10-17'),
  Id: z.string().optional(),
  Statement: z
    .union([z.looseObject({}), z.array(z.looseObject({})).min(1)])
    .transform((value) => (Array.isArray(value) ? value : [value]))
    .pipe(
      z.array(
        z.strictObject({
          Sid: z.string().optional(),
          Effect: z.enum(['Allow', 'Deny']),
          Action: oneOrMany,
          Resource: oneOrMany,
          Condition: z
            .partialRecord(
              z.enum(['Bool', 'StringEquals', 'StringNotEquals', 'StringLike']),
              z.record(z.string(), oneOrMany),
            )
            .optional(),
        }),
      ),
    ),
});

export type IotPolicy = z.output<typeof policySchema>;
type Statement = IotPolicy['Statement'][number];

export type IotAction = 'iot:Connect' | 'iot:Publish' | 'iot:Subscribe' | 'iot:Receive' | 'iot:RetainPublish';

/** Who is connected. The thing is given only where the certificate is attached to it and its name is the client id. */
export interface ConnectionFacts {
  clientId: string;
  thing?: { name: string; attributes: Readonly<Record<string, string>> };
}

/** Throws an Error saying what is malformed; a policy this broker would not wholly enforce is malformed too. */
export function parsePolicy(document: string): IotPolicy {
  if (document.replaceAll(/\s/g, '').length > 2048)
    throw new Error('The policy is longer than 2048 characters.');
  let json: unknown;
  try {
    json = JSON.parse(document);
  } catch {
    throw new Error('The policy is not JSON.');
  }
  const parsed = policySchema.safeParse(json);
  if (!parsed.success) throw new Error(`The policy is malformed: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

function variable(name: string, facts: ConnectionFacts): string | undefined {
  if (name === 'iot:ClientId') return facts.clientId;
  if (name === 'iot:Connection.Thing.ThingName') return facts.thing?.name;
  if (name === 'iot:Connection.Thing.IsAttached') return String(facts.thing !== undefined);
  const attribute = /^iot:Connection\.Thing\.Attributes\[([^\]]+)\]$/.exec(name)?.[1];
  if (attribute !== undefined && facts.thing && Object.hasOwn(facts.thing.attributes, attribute))
    return facts.thing.attributes[attribute];
  return undefined;
}

const escapeForRegExp = (text: string) => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** The pattern's wildcards count, those inside a variable's value do not. Undefined when a variable has no value or one with wildcards. */
function compile(pattern: string, facts: ConnectionFacts): RegExp | undefined {
  let source = '';
  for (const piece of pattern.split(/(\$\{[^}]*\}|[*?])/)) {
    if (piece === '*') source += '[\\s\\S]*';
    else if (piece === '?') source += '[\\s\\S]';
    else if (piece.startsWith('${')) {
      const value = variable(piece.slice(2, -1), facts);
      if (value === undefined || value === '' || /[*?+#$/]/.test(value)) return undefined;
      source += escapeForRegExp(value);
    } else source += escapeForRegExp(piece);
  }
  return new RegExp(`^${source}$`, 'u');
}

const matches = (pattern: string, value: string, facts: ConnectionFacts) =>
  compile(pattern, facts)?.test(value) ?? false;

function conditionHolds(condition: Statement['Condition'], facts: ConnectionFacts): boolean {
  return Object.entries(condition ?? {}).every(([operator, keys]) =>
    Object.entries(keys ?? {}).every(([key, wanted]) => {
      const actual = variable(key, facts);
      if (operator === 'StringNotEquals') return actual === undefined || !wanted.includes(actual);
      if (actual === undefined) return false;
      if (operator === 'Bool') return wanted.some((value) => value.toLowerCase() === actual);
      if (operator === 'StringEquals') return wanted.includes(actual);
      return wanted.some((value) => matches(value, actual, facts));
    }),
  );
}

/**
 * True when a statement allows the action on the resource (a full ARN) and none denies it.
 * A subscription is judged on its filter: `+` and `#` are letters like any other.
 */
export function policyAllows(
  policies: readonly IotPolicy[],
  action: IotAction,
  resource: string,
  facts: ConnectionFacts,
): boolean {
  const applying = policies
    .flatMap((policy) => policy.Statement)
    .filter(
      (statement) =>
        statement.Action.some((pattern) => matches(pattern, action, facts)) &&
        statement.Resource.some((pattern) => matches(pattern, resource, facts)) &&
        conditionHolds(statement.Condition, facts),
    );
  return (
    applying.some((statement) => statement.Effect === 'Allow') &&
    !applying.some((statement) => statement.Effect === 'Deny')
  );
}
