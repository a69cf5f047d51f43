import * as z from 'zod';
import { id } from '#contract/ids.ts';
import { roles } from '#domain/actor.ts';
import { leftOut, isSaid } from '#lambdas/use-cases/plain-row.ts';
import type { ExportLine } from './open-export.ts';

const word = z.string().regex(/^[\w.@+-]+$/);

/** What of a row is read beyond the shop's own pages: by look-ups and sweeps of all shops, one of which a bent row would stop. */
const readByAll: Record<string, z.ZodType> = {
  agent: z.looseObject({ id: id('agt'), machineIds: z.array(id('mac')) }),
  event: z.looseObject({ id: id('evt'), jobId: id('job') }),
  job: z.looseObject({ id: id('job') }),
  mail: z.looseObject({ jobId: id('job') }),
  membership: z.looseObject({ personId: word, personName: z.string(), role: z.enum(roles) }),
  shop: z.looseObject({ name: z.string(), email: z.email(), createdAt: z.iso.datetime() }),
  workflow: z.looseObject({ jobId: id('job'), generation: z.int().min(1) }),
};

/** What an operator looks for when a row is refused. */
export const nameOfLine = ({ entity, row }: ExportLine): string =>
  [entity, row['id'] ?? row['personId'] ?? row['jobId'] ?? row['target'] ?? row['customerId']]
    .filter((part) => part !== undefined)
    .map(String)
    .join(' ');

/**
 * A line without what rows are found by. The files come from whoever owned the shop, and nothing in them proves that they are as Kerf
 * wrote them: what a line says of others is not believed.
 * @throws naming the row that is not of this shop, or of no form that an export has
 */
export function ownLine(shop: { id: string; slug: string }, line: ExportLine): ExportLine {
  const { entity, row } = line;
  const refused = (why: string): Error =>
    new Error(`The export's row "${nameOfLine(line)}" ${why}. Nothing was written.`);
  if (leftOut.includes(entity)) throw refused('is of a kind that no export holds');
  if (row['shopId'] !== undefined && row['shopId'] !== shop.id) throw refused('belongs to another shop');
  if (entity === 'shop' && (row['id'] !== shop.id || row['slug'] !== shop.slug))
    throw refused('has another id or address than the manifest');
  const read = readByAll[entity]?.safeParse(row);
  if (read?.error)
    throw refused(
      `is not as Kerf writes it: ${read.error.issues[0]?.path.join('.')} ${read.error.issues[0]?.message}`,
    );
  return { entity, row: Object.fromEntries(Object.entries(row).filter(([name]) => isSaid(name))) };
}
