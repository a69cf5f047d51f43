/** Account and region of the embedded cloud, as they stand in its ARNs. */
export const REGION = 'us-east-1';
export const ACCOUNT = '000000000000';

/** `arn:aws:<service>:<region>:<account>:<resource>` */
export const arn = (service: string, resource: string): string =>
  `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;
