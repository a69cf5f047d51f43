/** The process the restart test kills. */
import { startS3Server } from './server.ts';

const [, , dataDir = '', bucket = ''] = process.argv;
const { url } = await startS3Server({ port: 0, dataDir, buckets: [bucket], secretOf: () => 'secret' });
process.send?.(url);
