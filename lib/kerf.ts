import { readFileSync } from 'node:fs';
import { type App, Tags, Validations, type Stack } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { iotEndpoint } from './constructs/iot-endpoint.ts';
import { installationOf } from './installation.ts';
import type { Settings } from './settings.ts';
import { ApiStack } from './stacks/api.ts';
import { DataStack } from './stacks/data.ts';
import { FarmStack } from './stacks/farm.ts';
import { FilesStack } from './stacks/files.ts';
import { FirewallStack } from './stacks/firewall.ts';
import { IdentityStack } from './stacks/identity.ts';
import { OpsStack } from './stacks/ops.ts';
import { WebStack } from './stacks/web.ts';
import { WorkflowStack } from './stacks/workflow.ts';

/** All stacks of one installation, in the order in which they can be made. `pages`: the folder of the built web pages, if any. */
export function buildKerf(app: App, settings: Settings, pages: string | undefined) {
  const nameOf = (name: string) => `kerf-${settings.stage}-${name}`;
  const data = new DataStack(app, nameOf('data'), settings);
  const identity = new IdentityStack(app, nameOf('identity'), settings);
  const firewall =
    settings.region === 'us-east-1' && !settings.webAclArn
      ? new FirewallStack(app, nameOf('firewall'), settings)
      : undefined;
  const web = new WebStack(app, nameOf('web'), settings, {
    webAclArn: settings.webAclArn ?? firewall?.webAclArn,
    pages,
  });

  const installation = installationOf(settings, {
    userPoolId: identity.userPool.userPoolId,
    userPoolClientId: identity.client.userPoolClientId,
    sessionKeyId: identity.sessionKey.keyId,
    sessionKeyArn: identity.sessionKey.keyArn,
    publicUrl: web.publicUrl,
    iotEndpoint: settings.iotEndpoint ?? iotEndpoint(identity),
    agentAuthority: readFileSync(
      settings.agentAuthority ?? new URL('assets/amazon-root-ca-1.pem', import.meta.url),
      'utf8',
    ),
  });
  const files = new FilesStack(app, nameOf('files'), installation);
  const workflow = new WorkflowStack(app, nameOf('workflow'), installation, data.table);
  const farm = new FarmStack(app, nameOf('farm'), installation);
  const api = new ApiStack(app, nameOf('api'), installation, web.api);

  const functions = [files, workflow, farm, api].flatMap((stack) => stack.functions);
  const ops = new OpsStack(app, nameOf('ops'), settings, {
    functions,
    failures: [farm.failures, ...functions.flatMap(({ failures }) => failures ?? [])],
    stateMachine: workflow.stateMachine,
    api: web.api,
  });

  // Names stand in for references (installation.ts), so the order has to be said.
  const after = (later: Stack, ...earlier: Stack[]) => {
    for (const each of earlier) later.addStackDependency(each);
  };
  after(files, data, identity, web);
  after(workflow, data, identity, web, files);
  after(farm, workflow);
  after(api, workflow);
  Tags.of(app).add('kerf:stage', settings.stage);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return { data, identity, web, files, workflow, farm, api, ops, ...(firewall ? { firewall } : {}) };
}
