/** Object keys of uploads that wait for their check end so. */
export const uploadSuffix = '.upload';

/** The tag every upload carries until it is checked: by it, those that never are expire. */
export const uploadTag = { key: 'kerf', value: 'quarantine' } as const;
