import { DescribeThingCommand, ListThingPrincipalsCommand } from '@aws-sdk/client-iot';
import type { Platform } from '../platform/platform.ts';
import { nameOfLine } from './own-line.ts';
import type { ExportLine } from './open-export.ts';
import { nameOf, storedRows, type Item } from './stored-rows.ts';

/** Lines that may be restored, and why others, or parts of them, are not. */
export interface Judged {
  lines: ExportLine[];
  leftOut: string[];
}

const accountsOf: Record<string, string> = {
  shop: 'paymentAccountId',
  storedMethod: 'account',
  paymentTry: 'account',
};

const agentsOf: Record<string, string> = { agent: 'id', machine: 'agentId', machineCommand: 'agentId' };

/** What a line names by the field of its kind; what is no text names nothing that is the shop's. */
function idIn({ entity, row }: ExportLine, fields: Record<string, string>): string | undefined {
  const value = row[fields[entity] ?? ''];
  return value === undefined || typeof value === 'string' ? value : JSON.stringify(value);
}

/**
 * Takes away what leads to somebody else's money or machines unless the installation says that it is the shop's: accounts at the
 * payment provider that the directory does not know as its own, agents whose thing was not enrolled for it.
 * @throws naming an account or agent of another shop
 */
export async function withoutForeign(
  platform: Platform,
  shopId: string,
  lines: readonly ExportLine[],
  accountInTable: string | undefined,
): Promise<Judged> {
  const leftOut = new Set<string>();
  const accounts = await ownAccounts(platform, shopId, lines);
  if (accountInTable !== undefined) accounts.add(accountInTable);
  const agents = await ownAgents(platform, shopId, lines);
  const kept: ExportLine[] = [];
  for (const line of lines) {
    const { entity, row } = line;
    const account = idIn(line, accountsOf);
    if (account !== undefined && !accounts.has(account)) {
      const why = `nothing here says that the payment account ${account} is this shop's`;
      if (entity === 'shop') {
        const { paymentAccountId: _, ...rest } = row;
        kept.push({ entity, row: rest });
        leftOut.add(
          `shop: the export's payment account; ${why}. Without one the owner connects payments again.`,
        );
      } else leftOut.add(`${nameOfLine(line)}: ${why}.`);
      continue;
    }
    const agentId = idIn(line, agentsOf);
    if (agentId === undefined || agents.has(agentId)) kept.push(line);
    else {
      const { agentId: _, ...rest } = row;
      if (entity === 'machine') kept.push({ entity, row: rest });
      leftOut.add(
        `${nameOfLine(line)}: its agent ${agentId} was not enrolled for this shop. Enrol one again.`,
      );
    }
  }
  return { lines: kept, leftOut: [...leftOut] };
}

/** The directory's rows of these names. @throws naming one that is another shop's */
async function ownRows(
  platform: Platform,
  shopId: string,
  keys: readonly { pk: string; sk: string }[],
): Promise<Set<string>> {
  const stored = await storedRows(platform, keys.map(nameOf));
  refuseForeign(shopId, stored);
  return new Set(stored.keys());
}

/** @throws naming the row outside the shop's own partitions that is not the shop's */
export function refuseForeign(shopId: string, stored: ReadonlyMap<string, Item>): void {
  for (const [name, row] of stored)
    if (!name.startsWith(`SHOP#${shopId}#`) && row['shopId'] !== shopId)
      throw new Error(`${name} belongs to another shop, or to one that was deleted. Nothing was written.`);
}

async function ownAccounts(
  platform: Platform,
  shopId: string,
  lines: readonly ExportLine[],
): Promise<Set<string>> {
  const named = new Set(lines.flatMap((line) => idIn(line, accountsOf) ?? []));
  const key = (account: string) => ({ pk: `DIR#ACCOUNT#${account}`, sk: 'ACCOUNT' });
  const own = await ownRows(platform, shopId, [...named].map(key));
  return new Set([...named].filter((account) => own.has(nameOf(key(account)))));
}

async function ownAgents(
  platform: Platform,
  shopId: string,
  lines: readonly ExportLine[],
): Promise<Set<string>> {
  const agents = new Map(
    lines.flatMap(({ entity, row }) => (entity === 'agent' ? [[String(row['id']), row] as const] : [])),
  );
  await ownRows(
    platform,
    shopId,
    [...agents.keys()].map((agentId) => ({ pk: `DIR#AGENT#${agentId}`, sk: 'AGENT' })),
  );
  const agentKey = (agentId: string) => ({ pk: `SHOP#${shopId}#AGENTS`, sk: `AGENT#${agentId}` });
  const known = await storedRows(
    platform,
    [...agents.keys()].map((agentId) => nameOf(agentKey(agentId))),
  );
  const own = new Set<string>();
  for (const [agentId, row] of agents)
    // What the table says of its agents the handlers have written.
    if (known.has(nameOf(agentKey(agentId))) || (await isEnrolled(platform, shopId, agentId, row)))
      own.add(agentId);
  return own;
}

/** What was written on the thing when it was enrolled, and which certificate stands for it, no shop can change. */
async function isEnrolled(
  { things }: Platform,
  shopId: string,
  thingName: string,
  { certificateArn, certificateId }: ExportLine['row'],
): Promise<boolean> {
  try {
    const { attributes } = await things.send(new DescribeThingCommand({ thingName }));
    const { principals = [] } = await things.send(new ListThingPrincipalsCommand({ thingName }));
    return (
      attributes?.['shopId'] === shopId &&
      principals.includes(String(certificateArn)) &&
      String(certificateArn).endsWith(`/${String(certificateId)}`)
    );
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') return false;
    throw error;
  }
}
