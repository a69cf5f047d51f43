/** IAM's evaluation of identity policies, for what ours use. Pure; an operator it does not know is an error, never a guess. */

export interface PolicyStatement {
  Effect: 'Allow' | 'Deny';
  Action: string | readonly string[];
  Resource: string | readonly string[];
  Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export interface AccessRequest {
  /** For example `dynamodb:GetItem`. */
  action: string;
  /** A full ARN. */
  resource: string;
  /** Condition keys of the request; a key with several values is a list. Absent keys are absent. */
  keys?: Readonly<Record<string, string | readonly string[]>>;
  /** Tags of the session that asks. */
  tags?: Readonly<Record<string, string>>;
}

const list = <T>(value: T | readonly T[]): readonly T[] => (Array.isArray(value) ? value : [value as T]);
const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');

const compiled = new Map<string, RegExp | undefined>();
const mostCompiled = 2000;

/** The pattern as an expression; undefined when it names a tag that the session has not. Values of variables are letters, never wildcards. */
function expressionOf(pattern: string, tags: AccessRequest['tags']): RegExp | undefined {
  const name = pattern.includes('${') ? `${pattern} ${JSON.stringify(tags ?? {})}` : pattern;
  if (compiled.has(name)) return compiled.get(name);
  if (compiled.size >= mostCompiled) compiled.clear();
  const source = sourceOf(pattern, tags);
  const made = source === undefined ? undefined : new RegExp(`^${source}$`, 's');
  compiled.set(name, made);
  return made;
}

function sourceOf(pattern: string, tags: AccessRequest['tags']): string | undefined {
  let source = '';
  for (const piece of pattern.split(/(\$\{[^}]*\}|[*?])/)) {
    if (piece === '*') source += '.*';
    else if (piece === '?') source += '.';
    else if (piece.startsWith('${')) {
      const name = /^\$\{aws:PrincipalTag\/([^}]+)\}$/.exec(piece)?.[1];
      if (name === undefined) throw new Error(`IAM: the variable ${piece} is not known here`);
      const value = tags?.[name];
      if (value === undefined) return undefined;
      source += escaped(value);
    } else source += escaped(piece);
  }
  return source;
}

const isLike = (patterns: string | readonly string[], value: string, tags: AccessRequest['tags']): boolean =>
  list(patterns).some((pattern) => expressionOf(pattern, tags)?.test(value) ?? false);

function holds(
  operator: string,
  key: string,
  wanted: string | readonly string[],
  { keys, tags }: AccessRequest,
): boolean {
  const given = keys?.[key];
  const values = given === undefined ? [] : list(given);
  const equals = (value: string) => list(wanted).includes(value);
  switch (operator) {
    case 'Null':
      return list(wanted).includes(String(values.length === 0));
    case 'StringEquals':
      return values.length === 1 && values.every(equals);
    case 'StringLike':
      return values.length === 1 && values.every((value) => isLike(wanted, value, tags));
    case 'Bool':
      return values.length === 1 && values.every(equals);
    // Both also hold where the key is absent.
    case 'ForAllValues:StringEquals':
      return values.every(equals);
    case 'ForAllValues:StringLike':
      return values.every((value) => isLike(wanted, value, tags));
    default:
      throw new Error(`IAM: the condition operator ${operator} is not known here`);
  }
}

function applies(statement: PolicyStatement, request: AccessRequest): boolean {
  return (
    isLike(statement.Action, request.action, undefined) &&
    isLike(statement.Resource, request.resource, request.tags) &&
    Object.entries(statement.Condition ?? {}).every(([operator, conditions]) =>
      Object.entries(conditions).every(([key, wanted]) => holds(operator, key, wanted, request)),
    )
  );
}

/** True when a statement allows the request and none denies it. */
export function isAllowed(statements: readonly PolicyStatement[], request: AccessRequest): boolean {
  const applying = statements.filter((statement) => applies(statement, request));
  return (
    applying.some(({ Effect }) => Effect === 'Allow') && applying.every(({ Effect }) => Effect === 'Allow')
  );
}
