import type { EntityConfiguration } from 'electrodb';

/**
 * Key templates of the one table. Every partition of a shop begins with `SHOP#<shopId>#`; the delimiter keeps one shop's id
 * from being a prefix of another's. Ids only, never free text: composites are not escaped.
 */
const field = (name: string) => ({ field: name, casing: 'none' as const });

/** The table's own key. */
export const primary = <const P extends string, const S extends string>(
  pk: { of: readonly P[]; template: string },
  sk: { of: readonly S[]; template: string },
) => ({
  pk: { ...field('pk'), composite: pk.of, template: pk.template },
  sk: { ...field('sk'), composite: sk.of, template: sk.template },
});

/** One of the secondary indexes `gsi1`..`gsi3`. */
export const secondary = <const P extends string, const S extends string>(
  index: 'gsi1' | 'gsi2' | 'gsi3',
  pk: { of: readonly P[]; template: string },
  sk: { of: readonly S[]; template: string },
) => ({
  index,
  pk: { ...field(`${index}pk`), composite: pk.of, template: pk.template },
  sk: { ...field(`${index}sk`), composite: sk.of, template: sk.template },
});

/** Sort keys of a job (`JOB`) and of what every decision about it needs (`JOB#...`): one query reads them. */
export const withJob = 'JOB';
/** Sort keys of what a job's page shows besides, next to them in the alphabet: one query reads all. */
export const onJobPage = `${withJob}-`;
/** Of them those about money, again by one query. */
export const inBooks = `${onJobPage}BOOKS#`;
export const invoiceInBooks = `${inBooks}INVOICE#`;

/** Table and client of an entity. */
export type EntityConfig = Required<Pick<EntityConfiguration, 'table' | 'client'>>;
