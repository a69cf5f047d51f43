import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AccessRequest, PolicyStatement } from '#local/iam/evaluate.ts';
import { requestsToOwnRole, requestsToShopRole, type Judged } from '#tests/walls/requests.ts';
import { account, rolesOfFunctions, type FunctionRoles } from '#tests/walls/roles.ts';
import type { Report } from '../walk/stage.ts';
import { verdict, type Verdict } from './verdict.ts';

/** It is AGPL, so it is no dependency: it is installed into a folder of its own for this run. */
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
    stdio: ['ignore', 'ignore', 'inherit'],
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

interface Judgements {
  judged: number;
  /** Requests that it does not take. */
  unasked: number;
  wrong: string[];
}

async function judge(
  simulator: Simulator,
  { name, principal, statements, requests, shopRole }: Judging,
  judgements: Judgements,
): Promise<void> {
  for (const { what, request, allowed } of requests) {
    // It reads a star in a resource as a pattern, not as the letter a key may hold.
    if (request.resource.includes('*')) {
      judgements.unasked += 1;
      continue;
    }
    const { resultType, overallResult, errors } = await simulator.runSimulation(
      simulationOf(principal, statements, request, shopRole),
      {},
    );
    if (resultType === 'error') {
      // It knows neither an action that AWS has not, nor a resource that no action takes; neither can be allowed.
      if (allowed) judgements.wrong.push(`${name}: ${what}: ${request.action}: ${JSON.stringify(errors)}`);
      else judgements.unasked += 1;
      continue;
    }
    judgements.judged += 1;
    if ((overallResult === 'Allowed') !== allowed)
      judgements.wrong.push(
        `${name}: ${what}: ${request.action} on ${request.resource} ${JSON.stringify(request.keys)} is ${overallResult}`,
      );
  }
}

interface Judging {
  name: string;
  principal: string;
  statements: readonly PolicyStatement[];
  requests: readonly Judged[];
  shopRole?: FunctionRoles['shop'];
}

/** The roles of the synthesized stacks, judged over the access patterns by a simulator of IAM that nobody here wrote. */
export async function peersOnIamSimulator(options: { dataDir: string; report: Report }): Promise<Verdict[]> {
  const { dataDir, report } = options;
  const simulator = await installed(dataDir);
  report('simulator is there', `${packageName} ${packageVersion}`);
  const judgements: Judgements = { judged: 0, unasked: 0, wrong: [] };
  for (const role of rolesOfFunctions()) {
    const { spec, shop } = role;
    await judge(
      simulator,
      {
        name: `${spec.name}, own role`,
        principal: role.ownArn,
        statements: role.own,
        requests: requestsToOwnRole(role),
        shopRole: shop,
      },
      judgements,
    );
    if (shop)
      await judge(
        simulator,
        {
          name: `${spec.name}, shop role`,
          principal: `arn:aws:sts::${account}:assumed-role/${shop.arn.split('/')[1]}/session`,
          statements: shop.statements,
          requests: requestsToShopRole(role),
        },
        judgements,
      );
  }
  const { judged, unasked, wrong } = judgements;
  report(
    'judged',
    `${judged} requests, ${wrong.length} otherwise than expected; ${unasked} it does not take`,
  );
  return [
    verdict('the simulator was asked', judged > 0, 'no request was judged'),
    verdict(
      'every role may do what the access patterns ask for its own shop, and nothing else',
      wrong.length === 0,
      wrong.slice(0, 50).join('\n'),
    ),
  ];
}
