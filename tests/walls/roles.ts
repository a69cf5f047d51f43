/** The roles of all functions, as they stand in the synthesized stacks. */
import { functions, type FunctionSpec } from '#contract/functions.ts';
import type { PolicyStatement } from '#local/iam/evaluate.ts';
import { ofType, synthesize } from '../infra/synth.ts';

export const account = '111122223333';
export const region = 'us-east-1';

export interface FunctionRoles {
  spec: FunctionSpec;
  ownArn: string;
  own: PolicyStatement[];
  /** Of functions that reach into shops. */
  shop?: { arn: string; statements: PolicyStatement[]; trust: PolicyStatement[] };
}

interface Document {
  Statement: (PolicyStatement & { Principal?: { AWS?: string } })[];
}

/** CloudFormation's functions as the text they would become. */
function resolved(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(resolved);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value as Record<string, unknown>);
  const [name, argument] = entries[0] ?? ['', undefined];
  if (entries.length === 1 && name === 'Ref') {
    const pseudo: Record<string, string> = { 'AWS::Region': region, 'AWS::AccountId': account };
    return pseudo[String(argument)] ?? String(argument);
  }
  if (entries.length === 1 && name === 'Fn::GetAtt')
    return `arn:aws:iam::${account}:role/${String((argument as string[])[0])}`;
  if (entries.length === 1 && name === 'Fn::ImportValue') return 'imported';
  if (entries.length === 1 && name === 'Fn::Join') {
    const [by, parts] = argument as [string, unknown[]];
    return parts.map((part) => String(resolved(part))).join(by);
  }
  return Object.fromEntries(entries.map(([key, each]) => [key, resolved(each)]));
}

/** @param stage as in the names of table and bucket */
export function rolesOfFunctions(stage = 'dev'): FunctionRoles[] {
  const { resources } = synthesize({ stage, region });
  const policies = ofType(resources, 'AWS::IAM::Policy');
  const roles = ofType(resources, 'AWS::IAM::Role');
  const roleOf = (prefix: string) => {
    const role = roles.find(({ id }) => new RegExp(`^${prefix}[0-9A-F]{8}$`).test(id));
    if (!role) return undefined;
    const statements = policies
      .filter(({ Properties }) => JSON.stringify(Properties['Roles']).includes(`"${role.id}"`))
      .flatMap(({ Properties }) => (resolved(Properties['PolicyDocument']) as Document).Statement);
    const trust = (resolved(role.Properties['AssumeRolePolicyDocument']) as Document).Statement;
    return { arn: `arn:aws:iam::${account}:role/${role.id}`, statements, trust };
  };
  return functions.map((spec) => {
    const id = spec.name.replaceAll('-', '');
    const own = roleOf(`${id}Role`);
    if (!own) throw new Error(`The stacks have no role for ${spec.name}`);
    const shop = roleOf(`${id}ShopRole`);
    return {
      spec,
      ownArn: own.arn,
      own: own.statements,
      ...(shop && {
        shop: {
          ...shop,
          // A trust policy names who may; the resource is the role itself.
          trust: shop.trust.map((statement) => ({ ...statement, Resource: shop.arn })),
        },
      }),
    };
  });
}
