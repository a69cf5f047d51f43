/**
 * The roles of the synthesized stacks, judged over the access patterns by a simulator of IAM that nobody here wrote. It is AGPL, so it
 * is no dependency: it is installed into a folder of its own for this run. `node scripts/peers/iam-simulator.ts [folder]`
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AccessRequest, PolicyStatement } from '#local/iam/evaluate.ts';
import { requestsToOwnRole, requestsToShopRole, type Judged } from '#tests/walls/requests.ts';
import { account, rolesOfFunctions, type FunctionRoles } from '#tests/walls/roles.ts';

const packageName = '@cloud-copilot/iam-simulate';
const packageVersion = '0.1.173';

/** What we use of its interface. */
interface Simulator {
  runSimulation(
    simulation: object,
    options: object,
  ): Promise<{ resultType: string; overallResult?: string; errors?: object }>;
}

async function installed(folder: string): Promise<Simulator> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  execFileSync('npm', ['install', '--no-audit', '--no-fund', `${packageName}@${packageVersion}`], {
    cwd: folder,
    stdio: 'inherit',
  });
  const entry = join(folder, 'node_modules', ...packageName.split('/'), 'dist', 'esm', 'index.js');
  return (await import(pathToFileURL(entry).href)) as Simulator;
}

function simulationOf(
  principal: string,
  statements: readonly PolicyStatement[],
  { action, resource, keys = {}, tags = {} }: AccessRequest,
  shopRole: FunctionRoles['shop'],
): object {
  const principalTags = Object.entries(tags).map(([name, value]): [string, string] => [
    `aws:PrincipalTag/${name}`,
    value,
  ]);
  return {
    request: {
      principal,
      action,
      resource: { resource, accountId: account },
      contextVariables: { ...keys, ...Object.fromEntries(principalTags) },
    },
    identityPolicies: [{ name: 'role', policy: { Version: '2012-10-17', Statement: statements } }],
    ...(shopRole && resource === shopRole.arn
      ? {
          resourcePolicy: {
            Version: '2012-10-17',
            Statement: shopRole.trust.map(({ Resource: _, ...rest }) => rest),
          },
        }
      : {}),
    serviceControlPolicies: [],
    resourceControlPolicies: [],
  };
}

const simulator = await installed(resolve(process.argv[2] ?? '.kerf/peers/iam'));
let judgements = 0;
let unasked = 0;
const wrong: string[] = [];

async function judge(
  name: string,
  principal: string,
  statements: readonly PolicyStatement[],
  requests: readonly Judged[],
  shopRole?: FunctionRoles['shop'],
): Promise<void> {
  for (const { what, request, allowed } of requests) {
    // It reads a star in a resource as a pattern, not as the letter a key may hold.
    if (request.resource.includes('*')) {
      unasked += 1;
      continue;
    }
    const { resultType, overallResult, errors } = await simulator.runSimulation(
      simulationOf(principal, statements, request, shopRole),
      {},
    );
    if (resultType === 'error') {
      // It knows neither an action that AWS has not, nor a resource that no action takes; neither can be allowed.
      if (allowed) wrong.push(`${name}: ${what}: ${request.action}: ${JSON.stringify(errors)}`);
      else unasked += 1;
      continue;
    }
    judgements += 1;
    if ((overallResult === 'Allowed') !== allowed)
      wrong.push(
        `${name}: ${what}: ${request.action} on ${request.resource} ${JSON.stringify(request.keys)} is ${overallResult}`,
      );
  }
}

for (const role of rolesOfFunctions()) {
  const { name } = role.spec;
  await judge(`${name}, own role`, role.ownArn, role.own, requestsToOwnRole(role), role.shop);
  if (role.shop)
    await judge(
      `${name}, shop role`,
      `arn:aws:sts::${account}:assumed-role/${role.shop.arn.split('/')[1]}/session`,
      role.shop.statements,
      requestsToShopRole(role),
    );
}
console.log(
  `${judgements} requests judged by ${packageName} ${packageVersion}, ${wrong.length} otherwise than expected; ${unasked} that it does not take.`,
);
for (const each of wrong.slice(0, 50)) console.error(each);
process.exitCode = wrong.length === 0 ? 0 : 1;
