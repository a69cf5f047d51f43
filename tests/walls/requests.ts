/** What each role must be allowed and denied: every access pattern for the own shop, and for everybody else's. */
import { topics } from '#contract/mqtt.ts';
import { namesForTest } from './names.ts';
import { directoryPatterns, objectKeys, shopPatterns, systemPatterns } from './access-patterns.ts';
import type { FunctionRoles } from './roles.ts';
import type { AccessRequest } from '#local/iam/evaluate.ts';

export interface Judged {
  what: string;
  request: AccessRequest;
  allowed: boolean;
}

const { own, other, tableArn, bucketArn, topicArn } = namesForTest;
export const tags = { shopId: own };

const reading = ['dynamodb:GetItem'];
const writing = [
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
  'dynamodb:DeleteItem',
  'dynamodb:ConditionCheckItem',
];
/** Never, for anybody: what has no leading key, or writes past the repositories. */
const never = [
  'dynamodb:Scan',
  'dynamodb:PartiQLSelect',
  'dynamodb:PartiQLInsert',
  'dynamodb:PartiQLUpdate',
  'dynamodb:PartiQLDelete',
  'dynamodb:BatchGetItem',
  'dynamodb:BatchWriteItem',
  'dynamodb:DeleteTable',
  'dynamodb:UpdateTable',
  'dynamodb:ExportTableToPointInTime',
];

const row = (action: string, key: string | undefined, index?: string): AccessRequest => ({
  action,
  resource: index === undefined ? tableArn : `${tableArn}/index/${index}`,
  keys: key === undefined ? {} : { 'dynamodb:LeadingKeys': [key] },
});

const [ofShops, ofDirectory, ofSystem] = [shopPatterns(), directoryPatterns(), systemPatterns()];

/** Rows of a shop by every pattern, the placeholders filled with `shopId` and anything. */
const rowsOf = (shopId: string): AccessRequest[] =>
  ofShops.flatMap(({ pattern, index, partitionKey }) => {
    const key = partitionKey.replaceAll('{shopId}', shopId).replaceAll(/\{\w+\}/g, 'x_1');
    if (pattern === 'key') return [...reading, ...writing].map((action) => row(action, key));
    return [row('dynamodb:Query', key, index)];
  });

const filled = (partitionKey: string) => partitionKey.replaceAll(/\{\w+\}/g, '0');

/** Keys that look like the own shop's and are not. */
const bent = [
  `SHOP#${own}`,
  `SHOP#${own}x#JOB#1`,
  `SHOP#${own.slice(0, -1)}#JOB#1`,
  `SHOP#${own.toUpperCase()}#JOB#1`,
  `SHOP#${other}#SHOP#${own}#JOB#1`,
  ` SHOP#${own}#JOB#1`,
  'SHOP#*#JOB#1',
  `SHOP#\${aws:PrincipalTag/shopId}#JOB#1`,
];

const objectActions = ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'];
const objectsOf = (shopId: string): AccessRequest[] =>
  objectKeys(shopId).flatMap((key) =>
    objectActions.map((action) => ({ action, resource: `${bucketArn}/${key}` })),
  );
const listing = (prefix: string | undefined): AccessRequest => ({
  action: 's3:ListBucket',
  resource: bucketArn,
  keys: prefix === undefined ? {} : { 's3:prefix': prefix },
});
const uploads = (shopId: string): AccessRequest => ({
  action: 's3:PutObjectTagging',
  resource: `${bucketArn}/t/${shopId}/quarantine/job_1/file_1.upload`,
});

const topicsOf = (shopId: string): AccessRequest[] =>
  [
    topics.staff(shopId),
    topics.customer(shopId, 'cus_1'),
    topics.commands(shopId, 'agt_1'),
    topics.acks(shopId, 'agt_1'),
  ].map((topic) => ({ action: 'iot:Publish', resource: topicArn(topic) }));

const judged = (what: string, requests: readonly AccessRequest[], allowed: boolean): Judged[] =>
  requests.map((request) => ({ what, request, allowed }));

/** Requests to the function's shop role in a session of `own`. */
export function requestsToShopRole({ spec: { access } }: FunctionRoles): Judged[] {
  const has = (name: (typeof access)[number]) => access.includes(name);
  const directory = ofDirectory.map(({ partitionKey }) => filled(partitionKey));
  const system = ofSystem.map(({ partitionKey }) => filled(partitionKey));
  const ofTheOwn = [
    ...judged('own row', rowsOf(own), has('table')),
    ...judged('own object', objectsOf(own), has('files')),
    ...judged('own upload', [uploads(own)], has('files')),
    ...judged('own folder', [listing(`t/${own}/files/abc`)], has('files')),
    ...judged('own topic', topicsOf(own), has('iot-publish')),
    ...judged(
      'directory row written beside own rows',
      directory.flatMap((key) => writing.map((action) => row(action, key))),
      has('table') && has('directory'),
    ),
  ].map((each) => ({ ...each, request: { ...each.request, tags } }));
  const mixed = writing.map((action) => ({
    ...row(action, ''),
    keys: { 'dynamodb:LeadingKeys': [`SHOP#${own}#JOB#1`, `SHOP#${other}#JOB#1`] },
  }));
  const ofOthers = [
    ...judged('foreign row', rowsOf(other), false),
    ...judged('foreign row beside an own one', mixed, false),
    ...judged(
      'bent key',
      bent.flatMap((key) => [...reading, ...writing, 'dynamodb:Query'].map((action) => row(action, key))),
      false,
    ),
    ...judged(
      'no key',
      [...reading, ...writing, 'dynamodb:Query'].map((action) => row(action, undefined)),
      false,
    ),
    ...judged(
      'never',
      never.flatMap((action) => [row(action, undefined), row(action, `SHOP#${own}#JOB#1`)]),
      false,
    ),
    ...judged(
      'read of the directory',
      directory.map((key) => row('dynamodb:GetItem', key)),
      false,
    ),
    ...judged(
      'watch list',
      system.map((key) => row('dynamodb:Query', key, 'system')),
      false,
    ),
    ...judged(
      'own rows by the index that crosses shops',
      [row('dynamodb:Query', `SHOP#${own}#JOB#1`, 'system')],
      false,
    ),
    ...judged(
      'another table',
      [{ ...row('dynamodb:GetItem', `SHOP#${own}#JOB#1`), resource: `${tableArn}-other` }],
      false,
    ),
    ...judged('foreign object', objectsOf(other), false),
    ...judged(
      'bent object',
      [`t/${own}`, `t/${own}x/files/a`, `t/*/files/a`, `x/t/${own}/files/a`].flatMap((key) =>
        objectActions.map((action) => ({ action, resource: `${bucketArn}/${key}` })),
      ),
      false,
    ),
    ...judged('foreign upload', [uploads(other)], false),
    ...judged(
      'tag outside quarantine',
      [{ action: 's3:PutObjectTagging', resource: `${bucketArn}/t/${own}/files/a` }],
      false,
    ),
    ...judged(
      'whole bucket',
      [listing(undefined), listing(''), listing('t/'), listing(`t/${other}/`)],
      false,
    ),
    ...judged('foreign topic', topicsOf(other), false),
    ...judged('bent topic', [{ action: 'iot:Publish', resource: topicArn(`shop/${own}x/staff`) }], false),
    ...judged(
      'another role',
      [{ action: 'sts:AssumeRole', resource: 'arn:aws:iam::111122223333:role/any' }],
      false,
    ),
  ].map((each) => ({ ...each, request: { ...each.request, tags } }));
  // The same own rows in a session that carries no tag, or the other shop's.
  const untagged = ofTheOwn
    .filter(({ what }) => !what.startsWith('directory'))
    .flatMap(({ request }) => {
      const { tags: _, ...bare } = request;
      return [
        { what: 'without a tag', request: bare, allowed: false },
        { what: 'tagged for another shop', request: { ...bare, tags: { shopId: other } }, allowed: false },
      ];
    });
  return [...ofTheOwn, ...ofOthers, ...untagged];
}

/** Requests to the function's own role: nothing of any shop. */
export function requestsToOwnRole({ spec: { access }, shop }: FunctionRoles): Judged[] {
  const has = (name: (typeof access)[number]) => access.includes(name);
  const directory = ofDirectory.map(({ partitionKey }) => filled(partitionKey));
  const assume = (resource: string, keys: NonNullable<AccessRequest['keys']>) =>
    ['sts:AssumeRole', 'sts:TagSession'].map((action) => ({ action, resource, keys }));
  const mine = shop?.arn ?? `${tableArn}-none`;
  const tagged = (shopId: string) => ({ 'aws:RequestTag/shopId': shopId, 'aws:TagKeys': ['shopId'] });
  return [
    ...judged('row of a shop', rowsOf(own), false),
    ...judged('object of a shop', objectsOf(own), false),
    ...judged('list of the bucket', [listing(undefined), listing(`t/${own}/`)], false),
    ...judged('topic of a shop', topicsOf(own), false),
    ...judged(
      'never',
      never.map((action) => row(action, undefined)),
      false,
    ),
    ...judged(
      'directory read',
      directory.map((key) => row('dynamodb:GetItem', key)),
      has('directory'),
    ),
    ...judged(
      'directory written',
      directory.flatMap((key) => writing.map((action) => row(action, key))),
      has('directory') && has('table'),
    ),
    ...judged(
      'watch list',
      ofSystem.map(({ partitionKey }) => row('dynamodb:Query', filled(partitionKey), 'system')),
      has('system-index'),
    ),
    ...judged('own shop role for a shop', assume(mine, tagged(own)), shop !== undefined),
    ...judged('shop role without a tag', assume(mine, {}), false),
    ...judged('shop role for no shop', assume(mine, tagged('shop_*')), false),
    ...judged('shop role for a longer name', assume(mine, tagged(`${own}x`)), false),
    ...judged(
      'shop role with one tag more',
      assume(mine, { ...tagged(own), 'aws:TagKeys': ['shopId', 'role'] }),
      false,
    ),
    ...judged('shop role of another function', assume(`${mine}2`, tagged(own)), false),
  ];
}
