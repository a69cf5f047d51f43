import type { Access } from '#contract/functions.ts';
import { shopTag } from '#contract/rights.ts';

/** The wildcards among the statements of an access, as cdk-nag writes them, and why each is as narrow as it gets. */
export function wildcards(
  access: Access,
  { stage }: { stage: string },
): { resource: string; reason: string }[] {
  const arn = (service: string, rest: string) => `arn:aws:${service}:<AWS::Region>:<AWS::AccountId>:${rest}`;
  switch (access) {
    case 'table':
      return [
        {
          resource: arn('dynamodb', `table/kerf-${stage}/index/gsi*`),
          reason: 'All indexes of shops and not the system index; leading keys are fenced by a condition.',
        },
      ];
    case 'files':
      return ['/*', '/quarantine/*'].map((rest) => ({
        resource: `arn:aws:s3:::kerf-${stage}-files-<AWS::AccountId>-<AWS::Region>/t/<aws:PrincipalTag/${shopTag}>${rest}`,
        reason: 'Objects of the one shop whose tag the session carries.',
      }));
    case 'workflow':
      return [
        {
          resource: arn('states', `execution:kerf-${stage}-job-lifecycle:*`),
          reason: 'Executions of this one machine; each job has its own.',
        },
      ];
    case 'iot-publish':
      return [
        {
          resource: arn('iot', `topic/shop/<aws:PrincipalTag/${shopTag}>/*`),
          reason: 'Topics of the one shop whose tag the session carries: its agents and pages.',
        },
      ];
    case 'iot-enrol':
    case 'iot-retire':
    case 'shop-removal':
      return [
        { resource: arn('iot', 'thing/agt_*'), reason: 'Agents get their names when they enrol.' },
        { resource: arn('iot', 'cert/*'), reason: 'AWS draws the ids of certificates.' },
      ];
    case 'directory':
    case 'system-index':
    case 'mail':
    case 'bus':
    case 'session-sign':
    case 'session-verify':
    case 'stripe':
      return [];
  }
}
