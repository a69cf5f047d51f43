import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { FunctionSpec } from '#contract/functions.ts';
import { assumeStatement, ownStatements, reachesShops, shopStatements } from '#contract/rights.ts';
import type { Installation } from '../installation.ts';
import { besideBundle } from './beside-bundle.ts';
import { bundling } from './bundling.ts';
import { wildcards } from './access.ts';
import { deadLetters } from './queues.ts';
import { ShopRole } from './shop-role.ts';
import { variablesOf } from './environment.ts';

/** Triggers whose failures no caller hears of. */
const isAsynchronous = ({ trigger }: FunctionSpec): boolean =>
  ['bus', 'upload', 'schedule', 'stream'].includes(trigger.kind);

/** A function of the contract's list: its code, its roles with no more than its access, its log, and where its failures go. */
export class ServiceFunction extends Construct {
  readonly spec: FunctionSpec;
  readonly lambda: NodejsFunction;
  readonly role: Role;
  /** What could not be handled: of the functions that nobody waits for. */
  readonly failures: Queue | undefined;

  constructor(scope: Construct, spec: FunctionSpec, installation: Installation) {
    super(scope, spec.name);
    this.spec = spec;
    const { settings } = installation;
    const logGroup = new LogGroup(this, 'Log', {
      logGroupName: `/kerf/${settings.stage}/${spec.name}`,
      retention: settings.durable ? RetentionDays.SIX_MONTHS : RetentionDays.TWO_WEEKS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    this.role.addToPolicy(
      new PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [logGroup.logGroupArn],
      }),
    );
    for (const statement of ownStatements(spec.access, installation.places))
      this.role.addToPolicy(PolicyStatement.fromJson(statement));
    const shopRole = reachesShops(spec.access)
      ? new ShopRole(this, this.role, shopStatements(spec.access, installation.places))
      : undefined;
    if (shopRole) this.role.addToPolicy(PolicyStatement.fromJson(assumeStatement(shopRole.role.roleArn)));
    this.failures = isAsynchronous(spec)
      ? deadLetters(this, 'Failures', `${spec.name}-failures`, settings)
      : undefined;
    this.lambda = new NodejsFunction(this, 'Function', {
      functionName: `kerf-${settings.stage}-${spec.name}`,
      entry: spec.entry,
      handler: 'handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      timeout: Duration.seconds(spec.timeoutSeconds),
      memorySize: spec.memoryMb,
      role: this.role,
      logGroup,
      tracing: Tracing.ACTIVE,
      environment: {
        ...variablesOf(spec, installation.environment),
        ...(shopRole ? { SHOP_ROLE_ARN: shopRole.role.roleArn } : {}),
        NODE_OPTIONS: '--enable-source-maps',
      },
      depsLockFilePath: 'package-lock.json',
      projectRoot: '.',
      bundling: {
        format: OutputFormat.ESM,
        ...bundling,
        mainFields: [...bundling.mainFields],
        externalModules: [...bundling.externalModules],
        esbuildArgs: Object.fromEntries(
          Object.entries(bundling.alias).map(([name, file]) => [`--alias:${name}`, file]),
        ),
        sourceMap: true,
        sourcesContent: false,
        ...(spec.beside ? { commandHooks: besideBundle(spec.beside) } : {}),
      },
      ...(this.failures && spec.trigger.kind !== 'stream'
        ? { onFailure: new SqsDestination(this.failures), maxEventAge: Duration.hours(6), retryAttempts: 2 }
        : {}),
    });
    this.acknowledgeWildcards(settings.stage, [this.role, ...(shopRole ? [shopRole.role] : [])]);
  }

  private acknowledgeWildcards(stage: string, roles: readonly Role[]): void {
    const acknowledge = (resource: string, reason: string) => {
      for (const role of roles)
        Validations.of(role).acknowledge({ id: `AwsSolutions-IAM5[Resource::${resource}]`, reason });
    };
    acknowledge(
      '*',
      'Traces of X-Ray have no resource to name, nor has a certificate that enrolment is about to create, nor the list of streams.',
    );
    for (const access of this.spec.access)
      for (const { resource, reason } of wildcards(access, { stage })) acknowledge(resource, reason);
  }
}
