import { build } from 'esbuild';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { functions, type Access } from '#contract/functions.ts';
import { toldTroubles } from '#lib/constructs/told-troubles.ts';
import { ofType, synthesize } from './synth.ts';

interface Statement {
  Effect: string;
  Action: string | string[];
  Resource: unknown;
  Condition?: Record<string, Record<string, unknown>>;
}

const { resources } = synthesize();
const list = <T>(value: T | T[]): T[] => (Array.isArray(value) ? value : [value]);
const policies = ofType(resources, 'AWS::IAM::Policy').map(({ id, stack, Properties }) => ({
  name: `${stack}/${id}`,
  statements: (Properties['PolicyDocument'] as { Statement: Statement[] }).Statement,
}));
const statements = policies.flatMap(({ name, statements: each }) =>
  each.map((statement) => ({ name, ...statement, actions: list(statement.Action) })),
);
/** The statements of one function's role. */
const rightsOf = (name: string, role: 'Role' | 'ShopRole' = 'Role') => {
  const prefix = name.replaceAll('-', '');
  return statements.filter((each) => new RegExp(`/${prefix}${role}DefaultPolicy`).test(each.name));
};

/** Every file a function's code reaches, npm packages left out. */
async function reach(entry: string): Promise<string[]> {
  const { metafile } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'node',
    plugins: [
      {
        name: 'packages-outside',
        setup: (hooks) =>
          hooks.onResolve({ filter: /^[^.#/]/ }, ({ kind }) =>
            kind === 'entry-point' ? undefined : { external: true },
          ),
      },
    ],
  });
  return Object.keys(metafile.inputs);
}

/** Modules that speak to AWS, and the access without which they fail. */
const adapters: Record<string, readonly Access[]> = {
  'lambdas/adapters/dynamo/shop-client.ts': ['table'],
  'lambdas/adapters/shop-credentials.ts': ['table', 'files', 'iot-publish'],
  'lambdas/adapters/dynamo/directory.ts': ['directory'],
  'lambdas/adapters/dynamo/system.ts': ['system-index', 'table'],
  'lambdas/adapters/s3/files.ts': ['files'],
  'lambdas/adapters/mail/send.ts': ['mail'],
  'lambdas/adapters/bus/bus.ts': ['bus'],
  'lambdas/adapters/sfn/executions.ts': ['workflow'],
  'lambdas/adapters/iot/publish.ts': ['iot-publish'],
  'lambdas/adapters/iot/enrol.ts': ['iot-enrol'],
  'lambdas/adapters/iot/retire.ts': ['iot-retire'],
  'lambdas/adapters/iot/remove.ts': ['shop-removal'],
  'lambdas/adapters/dynamo/links-of-shop.ts': ['shop-removal'],
  'lambdas/adapters/session/signer.ts': ['session-sign', 'session-verify'],
  'lambdas/adapters/stripe/provider.ts': ['stripe'],
};
/** What Lambda itself sets, or what has a default. */
const unasked = new Set(['AWS_REGION', 'STRIPE_URL']);

describe('rights', () => {
  test('no role may scan, use PartiQL, or do everything of a service', () => {
    for (const { name, actions } of statements)
      for (const action of actions) {
        expect(action, name).not.toMatch(/\*/);
        expect(action, name).not.toMatch(/^dynamodb:(Scan|PartiQL\w+|Batch\w+|DeleteTable|UpdateTable)$/);
      }
  });

  test('only actions that know no resource are allowed on all resources', () => {
    const everywhere = new Set(
      statements.filter(({ Resource }) => list(Resource).includes('*')).flatMap(({ actions }) => actions),
    );
    expect([...everywhere].sort()).toEqual([
      'dynamodb:ListStreams',
      'iot:CreateCertificateFromCsr',
      'iot:DescribeEndpoint',
      'logs:CreateLogDelivery',
      'logs:DeleteLogDelivery',
      'logs:DescribeLogGroups',
      'logs:DescribeResourcePolicies',
      'logs:GetLogDelivery',
      'logs:ListLogDeliveries',
      'logs:PutResourcePolicy',
      'logs:UpdateLogDelivery',
      'xray:GetSamplingRules',
      'xray:GetSamplingTargets',
      'xray:PutTelemetryRecords',
      'xray:PutTraceSegments',
    ]);
  });

  test('rows are reached by leading key only: directory and watch lists by own role, a shop by its tag', () => {
    const keysIn = (found: ReturnType<typeof rightsOf>, name: string) =>
      new Set(
        found
          .filter(({ actions }) => actions.some((action) => action.startsWith('dynamodb:')))
          .filter(({ Action }) => !list(Action).includes('dynamodb:GetRecords'))
          .filter(({ Action }) => !list(Action).includes('dynamodb:ListStreams'))
          .flatMap(({ Condition }) => {
            expect(Condition?.['Null'], name).toEqual({ 'dynamodb:LeadingKeys': 'false' });
            return list(
              Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'] as string | string[],
            );
          }),
      );
    const tagged = 'SHOP#${aws:PrincipalTag/shopId}#*';
    for (const { name, access } of functions) {
      expect(keysIn(rightsOf(name), name), name).toEqual(
        new Set([
          ...(access.includes('directory') ? ['DIR#*', 'DIR#STAFF#*'] : []),
          ...(access.includes('shop-removal') ? ['DIR#LINKS#*'] : []),
          ...(access.includes('system-index') ? ['SYS#*'] : []),
        ]),
      );
      expect(keysIn(rightsOf(name, 'ShopRole'), name), name).toEqual(
        new Set([
          ...(access.includes('table') ? [tagged] : []),
          ...(access.includes('table') && access.includes('directory') ? ['DIR#*'] : []),
        ]),
      );
    }
  });

  test('a shop role is assumed by its own function alone, and never without the tag that names one shop', () => {
    const tagged = {
      StringLike: { 'aws:RequestTag/shopId': [`shop_${'?'.repeat(26)}`] },
      'ForAllValues:StringEquals': { 'aws:TagKeys': ['shopId'] },
    };
    for (const { name, access } of functions) {
      const id = name.replaceAll('-', '');
      const role = ofType(resources, 'AWS::IAM::Role').find((each) => each.id.startsWith(`${id}ShopRole`));
      const assuming = rightsOf(name).filter(({ actions }) => actions.includes('sts:AssumeRole'));
      const reaches = access.some((each) => ['table', 'files', 'iot-publish'].includes(each));
      expect(assuming.length, name).toBe(reaches ? 1 : 0);
      if (!role) {
        expect(reaches, name).toBe(false);
        continue;
      }
      expect(assuming[0]?.Condition).toEqual(tagged);
      expect(JSON.stringify(assuming[0]?.Resource), name).toContain(`"${role.id}"`);
      const trust = role.Properties['AssumeRolePolicyDocument'] as { Statement: Record<string, unknown>[] };
      expect(trust.Statement.map(({ Action }) => Action)).toEqual([['sts:AssumeRole', 'sts:TagSession']]);
      for (const { Principal, Condition } of trust.Statement) {
        expect(JSON.stringify(Principal), name).toMatch(new RegExp(`^{"AWS":{"Fn::GetAtt":\\["${id}Role`));
        expect(Condition, name).toEqual(tagged);
      }
    }
  });

  test('objects and topics are reached in the folder of the tagged shop, mails leave from one address', () => {
    const resourcesOf = (action: string) =>
      statements
        .filter(({ actions }) => actions.includes(action))
        .flatMap(({ Resource }) => list(Resource).map((each) => JSON.stringify(each)));
    for (const action of ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:PutObjectTagging'])
      for (const each of resourcesOf(action).filter((resource) => resource.includes('-files-')))
        expect(each, action).toContain('/t/${aws:PrincipalTag/shopId}/');
    const topics = resourcesOf('iot:Publish');
    expect(topics.length).toBeGreaterThan(3);
    for (const each of topics) expect(each).toContain(':topic/shop/${aws:PrincipalTag/shopId}/*');
    for (const { Condition } of statements.filter(({ actions }) => actions.includes('ses:SendEmail')))
      expect(Condition).toEqual({ StringEquals: { 'ses:FromAddress': 'kerf@example.com' } });
  });

  test('no function is told a secret: only where to find it', () => {
    for (const { Properties } of ofType(resources, 'AWS::Lambda::Function')) {
      const { Variables = {} } = (Properties['Environment'] ?? {}) as { Variables?: Record<string, unknown> };
      for (const [name, value] of Object.entries(Variables)) {
        expect(name).not.toMatch(/(SECRET|TOKEN|PASSWORD|PRIVATE|API_KEY)$/);
        expect(JSON.stringify(value), name).not.toMatch(
          /sk_(live|test)_|whsec_|PRIVATE KEY|\{\{resolve:|AKIA|ASIA/,
        );
      }
    }
  });

  test('no managed policy is attached to a function of ours', () => {
    const ours = ofType(resources, 'AWS::IAM::Role').filter(({ id }) => !id.startsWith('AWS'));
    for (const { id, Properties } of ours) expect(Properties, id).not.toHaveProperty('ManagedPolicyArns');
  });
});

describe('alarms that read logs', () => {
  test.each(toldTroubles.flatMap((trouble) => trouble.functions.map((name) => ({ ...trouble, in: name }))))(
    '$in still tells of $name in these words',
    async ({ in: name, words }) => {
      const spec = functions.find((each) => each.name === name)!;
      const code = (await reach(spec.entry)).map((file) => readFileSync(file, 'utf8')).join('\n');
      expect(code).toMatch(new RegExp(`logger\\.(warn|error)\\(\\s*'${words}'`));
    },
  );
});

describe.each(functions)('$name', ({ name, entry, access }) => {
  const files = reach(entry);

  test('is told exactly the variables its code reads', async () => {
    const reads = (await files).flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/\benvironment\(([^)]*)\)/g)].flatMap(([, names]) =>
        [...(names ?? '').matchAll(/'([A-Z_]+)'/g)].map(([, variable]) => variable ?? ''),
      ),
    );
    const wanted = [...new Set(reads)].filter((variable) => !unasked.has(variable));
    const lambda = ofType(resources, 'AWS::Lambda::Function').find(
      ({ Properties }) => Properties['FunctionName'] === `kerf-dev-${name}`,
    );
    const { Variables } = lambda?.Properties['Environment'] as { Variables: Record<string, unknown> };
    expect(
      Object.keys(Variables)
        .filter((each) => !['NODE_OPTIONS', 'AWS_NODEJS_CONNECTION_REUSE_ENABLED'].includes(each))
        .sort(),
    ).toEqual(wanted.sort());
  });

  test('has the access its code needs', async () => {
    for (const file of await files) {
      const needed = adapters[file];
      if (needed)
        expect(
          needed.some((each) => access.includes(each)),
          `${file} needs ${needed.join(' or ')}`,
        ).toBe(true);
    }
  });
});
