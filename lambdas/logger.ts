import { Logger } from '@aws-lambda-powertools/logger';

/** The one logger. Never give it whole events, tokens, codes or personal data. */
export const logger = new Logger({ serviceName: 'kerf' });
