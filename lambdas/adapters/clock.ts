/**
 * Now, as ISO 8601 UTC. The laptop can move business time forward by CLOCK_OFFSET_MS; nothing in the cloud sets it.
 */
export const now = (): string =>
  new Date(Date.now() + Number(process.env['CLOCK_OFFSET_MS'] ?? 0)).toISOString();
