import { Aws, Stack } from 'aws-cdk-lib';
import { CfnAuthorizer, CfnIntegration, CfnRoute, type CfnApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { allRoutes } from '#contract/routes/all.ts';
import type { ServiceFunction } from '../constructs/service-function.ts';
import { functionsFor } from '../functions.ts';
import type { Installation } from '../installation.ts';

/** Every route of the contract, one by one, to the function of its context; one authorizer says who calls. */
export class ApiStack extends Stack {
  readonly functions: readonly ServiceFunction[];

  constructor(scope: Construct, id: string, installation: Installation, api: CfnApi) {
    super(scope, id);
    this.functions = functionsFor(this, 'api', installation);
    const authorizer = this.authorizer(api);
    const integrations = new Map(
      this.functions.flatMap((each) =>
        each.spec.trigger.kind === 'api' ? [[each.spec.trigger.context, this.integration(each, api)]] : [],
      ),
    );
    for (const route of allRoutes) {
      const integration = integrations.get(route.context);
      if (!integration)
        throw new Error(`contract/functions.ts: no function for the context ${route.context}`);
      new CfnRoute(this, route.id, {
        apiId: api.ref,
        routeKey: `${route.method} ${route.path}`,
        operationName: route.id,
        authorizationType: 'CUSTOM',
        authorizerId: authorizer.ref,
        target: `integrations/${integration.ref}`,
      });
    }
  }

  private integration(to: ServiceFunction, api: CfnApi): CfnIntegration {
    this.permit(to, api);
    return new CfnIntegration(to, 'Integration', {
      apiId: api.ref,
      integrationType: 'AWS_PROXY',
      integrationUri: to.lambda.functionArn,
      payloadFormatVersion: '2.0',
    });
  }

  /** Never cached and without identity source, so it also hears of callers that bring nothing: they may see public routes. */
  private authorizer(api: CfnApi): CfnAuthorizer {
    const to = this.functions.find(({ spec }) => spec.trigger.kind === 'http-authorizer');
    if (!to) throw new Error('contract/functions.ts: no function authorizes requests');
    this.permit(to, api);
    return new CfnAuthorizer(to, 'Authorizer', {
      apiId: api.ref,
      name: 'caller',
      authorizerType: 'REQUEST',
      authorizerPayloadFormatVersion: '2.0',
      enableSimpleResponses: true,
      authorizerResultTtlInSeconds: 0,
      authorizerUri: `arn:aws:apigateway:${Aws.REGION}:lambda:path/2015-03-31/functions/${to.lambda.functionArn}/invocations`,
    });
  }

  private permit(to: ServiceFunction, api: CfnApi): void {
    new CfnPermission(to, 'Permission', {
      action: 'lambda:InvokeFunction',
      functionName: to.lambda.functionArn,
      principal: 'apigateway.amazonaws.com',
      sourceArn: `arn:aws:execute-api:${Aws.REGION}:${Aws.ACCOUNT_ID}:${api.ref}/*`,
    });
  }
}
