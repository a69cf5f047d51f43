/** STS: AssumeRole with session tags, in its Query protocol. */
import * as z from 'zod';
import type { Principals } from '../iam/principals.ts';
import { WireError, type WireResponse, type WireService } from './service.ts';

const version = '2011-06-15';
const namespace = `https://sts.amazonaws.com/doc/${version}/`;

const input = z.object({
  Action: z.literal('AssumeRole'),
  Version: z.literal(version),
  RoleArn: z.string().min(20).max(2048),
  RoleSessionName: z.string().regex(/^[\w+=,.@-]{2,64}$/),
  DurationSeconds: z.coerce.number().int().min(900).max(3600).default(3600),
});

/** Letters that AWS takes in a tag: no wildcard, no `#` and nothing else that means something in a policy. */
const tagText = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,256}$/u;

function tagsOf(form: URLSearchParams): Record<string, string> {
  const tags: Record<string, string> = {};
  for (let index = 1; form.has(`Tags.member.${index}.Key`); index += 1) {
    const key = form.get(`Tags.member.${index}.Key`) ?? '';
    const value = form.get(`Tags.member.${index}.Value`) ?? '';
    if (!tagText.test(key) || !tagText.test(value) || key in tags)
      throw new WireError(400, 'ValidationError', `The tag ${index} is malformed or double.`);
    tags[key] = value;
  }
  return tags;
}

export const stsService = ({ assume }: Principals): WireService => ({
  scope: 'sts',
  async handle({ body, principal, requestId }): Promise<WireResponse> {
    try {
      const form = new URLSearchParams(body.toString('utf8'));
      const parsed = input.safeParse(Object.fromEntries(form));
      if (!parsed.success)
        throw new WireError(400, 'ValidationError', z.prettifyError(parsed.error).replaceAll('\n', ' '));
      const { RoleArn, RoleSessionName, DurationSeconds } = parsed.data;
      const tags = tagsOf(form);
      const keys = {
        ...Object.fromEntries(Object.entries(tags).map(([name, value]) => [`aws:RequestTag/${name}`, value])),
        ...(Object.keys(tags).length > 0 ? { 'aws:TagKeys': Object.keys(tags) } : {}),
      };
      const mayAsk = ['sts:AssumeRole', 'sts:TagSession'].every((action) =>
        principal.may({ action, resource: RoleArn, keys }),
      );
      const session = mayAsk
        ? assume({ roleArn: RoleArn, sessionName: RoleSessionName, seconds: DurationSeconds, tags })
        : undefined;
      if (!session)
        throw new WireError(
          403,
          'AccessDenied',
          `User: ${principal.arn} is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`,
        );
      return xml(
        200,
        `<AssumeRoleResponse xmlns="${namespace}"><AssumeRoleResult><Credentials><AccessKeyId>${session.accessKeyId}</AccessKeyId><SecretAccessKey>${session.secretAccessKey}</SecretAccessKey><SessionToken>${session.sessionToken}</SessionToken><Expiration>${session.expiration.toISOString()}</Expiration></Credentials></AssumeRoleResult><ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></AssumeRoleResponse>`,
      );
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      return xml(
        error.status,
        `<ErrorResponse xmlns="${namespace}"><Error><Type>Sender</Type><Code>${error.code}</Code><Message>${escapeXml(error.message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
      );
    }
  },
});

const xml = (status: number, body: string): WireResponse => ({
  status,
  headers: { 'content-type': 'text/xml' },
  body,
});
const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
