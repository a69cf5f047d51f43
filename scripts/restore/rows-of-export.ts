import * as z from 'zod';
import type { Role } from '#domain/actor.ts';
import { findWords } from '#domain/platform/find-words.ts';
import type { Write } from '#lambdas/adapters/dynamo/commit.ts';
import type { Platform } from '../platform/platform.ts';
import { withoutForeign } from './foreign-rows.ts';
import type { ExportLine, OpenExport } from './open-export.ts';
import { ownLine } from './own-line.ts';
import { nameOf, storedRows, type Item } from './stored-rows.ts';

/** A row as it is to lie in the table. */
export interface WantedRow {
  entity: string;
  item: Item;
}

interface AnyEntity {
  put(row: object): { params(): { Item: Item } };
}

const itemOf = ({ item }: Write): Item => item.Put?.Item as Item;

export interface WantedRows {
  rows: Map<string, WantedRow>;
  /** What of the export is not restored, and why. */
  leftOut: string[];
}

/**
 * The rows of an export as they are to lie in the table: the newest line of each, with keys of the one shop whatever the lines say, and
 * the directory's rows that lead to it. What was still to happen when it was made is not begun again: no mail waits to be sent. Of what
 * leads to others, and of what Kerf alone decides, only that counts which the installation says as well.
 * @throws naming a row that is not the shop's
 */
export async function rowsOfExport(
  platform: Platform,
  exported: OpenExport,
  wish: { overwrite: boolean; now: string },
): Promise<WantedRows> {
  const { entities } = await import('#lambdas/adapters/dynamo/tenant.ts');
  const { executionName } = await import('#lambdas/adapters/dynamo/repositories/jobs.ts');
  const { watched } = await import('#lambdas/adapters/dynamo/system.ts');
  const directory = await import('#lambdas/adapters/dynamo/directory.ts');
  const shopId = exported.shop.id;
  const known = entities({ table: platform.tableName, client: platform.table }, shopId) as unknown as Record<
    string,
    AnyEntity
  >;

  const shopKey = nameOf({ pk: `SHOP#${shopId}#SHOP`, sk: 'SHOP' });
  const before = (await storedRows(platform, [shopKey])).get(shopKey);
  if (before && before['slug'] !== exported.shop.slug)
    throw new Error(`The shop has the address ${String(before['slug'])}, not ${exported.shop.slug}.`);
  const { now } = wish;

  const accountInTable = before?.['paymentAccountId'] as string | undefined;

  const settled = ({ entity, row }: ExportLine): Record<string, unknown> => {
    switch (entity) {
      // The reconciler gives each job an execution, the sweep of the farm looks after each agent.
      case 'workflow':
        return {
          ...row,
          executionName: executionName(shopId, String(row['jobId']), Number(row['generation'])),
          ...watched('WORKFLOW', String(row['jobId']), now),
        };
      case 'agent':
        return { ...row, ...watched('AGENT', String(row['id']), now) };
      case 'mail':
        return row['state'] === 'waiting' || row['state'] === 'sending'
          ? { ...row, state: 'given_up', note: 'Not sent: the shop was restored from an export.' }
          : row;
      case 'standing':
        return { plan: platform.firstPlan, version: 1, ...restrictionOf(row) };
      case 'shop':
        return accountInTable === undefined ? row : { ...row, paymentAccountId: accountInTable };
      default:
        return row;
    }
  };

  const wanted = new Map<string, WantedRow>();
  const want = (entity: string, item: Item) => wanted.set(nameOf(item), { entity, item });
  const maker = (entity: string): AnyEntity => {
    const found = Object.hasOwn(known, entity) ? known[entity] : undefined;
    if (!found)
      throw new Error(`The export holds a row of kind ${entity}, which this version does not know.`);
    return found;
  };
  const members: ExportLine['row'][] = [];
  let last = 0;
  const unnumbered: ExportLine['row'][] = [];
  const own: ExportLine[] = [];
  for await (const line of exported.lines()) own.push(ownLine(exported.shop, line));
  const { lines, leftOut } = await withoutForeign(platform, shopId, own, accountInTable);
  want(
    'standing',
    maker('standing')
      .put(settled({ entity: 'standing', row: {} }))
      .params().Item,
  );
  for (const line of lines) {
    const { entity, row } = line;
    if (entity === 'membership') members.push(row);
    else if (entity === 'event' && row['seq'] === undefined) unnumbered.push(row);
    else {
      want(entity, maker(entity).put(settled(line)).params().Item);
      if (entity === 'event') last = Math.max(last, Number(row['seq']));
      if (entity === 'agent') want('directory', itemOf(directory.agents.write(String(row['id']), shopId)));
    }
  }
  const eventItem = (row: ExportLine['row']) => maker('event').put(row).params().Item;
  const counter = maker('counter').put({ name: 'events', value: last }).params().Item;
  const inTable = await storedRows(platform, [
    nameOf(counter),
    ...unnumbered.map((row) => nameOf(eventItem(row))),
  ]);
  // Events that had not been told yet, and have gone, take the next numbers in the order in which they happened.
  last = Math.max(last, Number(inTable.get(nameOf(counter))?.['value'] ?? 0));
  const untold = unnumbered
    .filter((row) => !inTable.has(nameOf(eventItem(row))) && !wanted.has(nameOf(eventItem(row))))
    .sort((a, b) => (String(a['id']) < String(b['id']) ? -1 : 1));
  for (const row of new Map(untold.map((each) => [String(each['id']), each])).values()) {
    last += 1;
    want('event', eventItem({ ...row, seq: last }));
  }
  if (last > 0) want('counter', { ...counter, ...wanted.get(nameOf(counter))?.item, value: last });

  const restored = [...wanted.values()].find(({ entity }) => entity === 'shop')?.item;
  if (!restored) throw new Error('The export holds no row of the shop itself.');
  if (before && before['createdAt'] !== restored['createdAt'])
    throw new Error(`The shop was opened at ${String(before['createdAt'])}, not when the export says.`);
  // By what it is called it is found: what it is called here, unless that is replaced.
  const shopRow = wish.overwrite ? restored : (before ?? restored);
  const shop = { id: shopId, name: String(shopRow['name']), slug: String(shopRow['slug']) };
  want('directory', itemOf(directory.slugs.write(shop.slug, shopId)));
  const card = { ...shop, email: String(shopRow['email']) };
  const found = { ...card, shopId, createdAt: String(shopRow['createdAt']) };
  for (const write of directory.shopFinder.writes(found, findWords(card))) want('directory', itemOf(write));
  const account = shopRow['paymentAccountId'];
  if (typeof account === 'string')
    want('directory', itemOf(directory.paymentAccounts.write(account, shopId)));
  for (const { personId, personName, role } of members) {
    const person = { personId: String(personId), name: String(personName) };
    want('directory', itemOf(directory.memberships.write(person, shop, role as Role)));
  }
  return { rows: wanted, leftOut };
}

const suspension = z.object({ reason: z.string(), since: z.iso.datetime() });

/** A plan is what Kerf and the shop have agreed on, which the shop's own files do not say; that it is suspended they may. */
function restrictionOf(row: ExportLine['row']): { suspension?: z.infer<typeof suspension> } {
  const said = suspension.safeParse(row['suspension']);
  return said.success ? { suspension: said.data } : {};
}
