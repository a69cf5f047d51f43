/** The one table's shape, read by the data stack (lib) and by the embedded cloud (local). Every key is a string. */

export interface KeyPair {
  partition: string;
  sort: string;
}

export interface IndexShape extends KeyPair {
  name: string;
  /** Attributes beside the keys; all of them when absent. */
  carries?: readonly string[];
}

export interface TableShape {
  name: string;
  key: KeyPair;
  indexes: readonly IndexShape[];
  streamView: 'NEW_AND_OLD_IMAGES';
  /** Holds seconds since 1970; items past it vanish. */
  ttlAttribute: string;
}

export const TABLE: TableShape = {
  name: 'Kerf',
  key: { partition: 'pk', sort: 'sk' },
  indexes: [
    { name: 'gsi1', partition: 'gsi1pk', sort: 'gsi1sk' },
    { name: 'gsi2', partition: 'gsi2pk', sort: 'gsi2sk' },
    { name: 'gsi3', partition: 'gsi3pk', sort: 'gsi3sk' },
    {
      name: 'system',
      partition: 'syspk',
      sort: 'syssk',
      // Where a row is, which never changes: a write to a watched row that leaves its place alone costs no second one.
      carries: ['shopId', 'jobId', 'id', 'eventId', 'audience'],
    },
  ],
  streamView: 'NEW_AND_OLD_IMAGES',
  ttlAttribute: 'ttl',
};
