import * as z from 'zod';
import { WireError } from '../wire/service.ts';
import type { WireRequest, WireResponse, WireService } from '../wire/service.ts';
import type { CertificateAuthority } from './ca.ts';
import type { IotRegistry } from './registry.ts';

interface Route {
  method: string;
  path: RegExp;
  run(name: string, request: WireRequest): unknown;
}

const invalid = (message: string) => new WireError(400, 'InvalidRequestException', message);

const attributesSchema = z.object({
  attributePayload: z
    .object({
      attributes: z
        .record(
          z.string().regex(/^[a-zA-Z0-9_.,@/:#-]{1,128}$/),
          z.string().regex(/^[a-zA-Z0-9_.,@/:#=[\]-]{0,800}$/),
        )
        .optional(),
      merge: z.boolean().optional(),
    })
    .optional(),
});

function bodyOf<T>(schema: z.ZodType<T>, request: WireRequest): T {
  let json: unknown;
  try {
    json = JSON.parse(request.body.toString('utf8') || '{}');
  } catch {
    throw invalid('The body is not JSON.');
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success) throw invalid(z.prettifyError(parsed.error));
  return parsed.data;
}

function principalOf(request: WireRequest): string {
  const principal = request.headers['x-amzn-principal'];
  if (typeof principal !== 'string') throw invalid('The principal is missing.');
  return principal;
}

function nameOf(name: string, most: number): string {
  if (!/^[a-zA-Z0-9:_-]+$/.test(name) || name.length > most)
    throw invalid(`${name} is not a name: letters, digits, ":", "_" and "-", at most ${most}.`);
  return name;
}

/** The control plane of AWS IoT as far as enrolling and retiring agents needs it. `endpoint` is the answer to DescribeEndpoint, host:port. */
export function iotControl(options: {
  registry: IotRegistry;
  authority: CertificateAuthority;
  endpoint: () => string;
}): WireService {
  const { registry, authority } = options;
  const routes: Route[] = [
    {
      method: 'POST',
      path: /^\/certificates$/,
      async run(_name, request) {
        const { certificateSigningRequest } = bodyOf(
          z.object({ certificateSigningRequest: z.string().min(1).max(10_000) }),
          request,
        );
        const issued = await authority.issue(certificateSigningRequest);
        const status = request.query.get('setAsActive') === 'true' ? 'ACTIVE' : 'INACTIVE';
        registry.addCertificate({ id: issued.certificateId, pem: issued.certificatePem, status });
        return { certificateArn: registry.arn('cert', issued.certificateId), ...issued };
      },
    },
    {
      method: 'GET',
      path: /^\/certificates\/([^/]+)$/,
      run(id) {
        const certificate = registry.findCertificate(id);
        if (!certificate)
          throw new WireError(404, 'ResourceNotFoundException', `Certificate ${id} does not exist.`);
        const { pem, status, createdAt } = certificate;
        const description = {
          certificateArn: registry.arn('cert', id),
          certificateId: id,
          certificatePem: pem,
          status,
          creationDate: createdAt / 1000,
        };
        return { certificateDescription: description };
      },
    },
    {
      method: 'PUT',
      path: /^\/certificates\/([^/]+)$/,
      run(id, request) {
        const status = z.enum(['ACTIVE', 'INACTIVE', 'REVOKED']).safeParse(request.query.get('newStatus'));
        if (!status.success) throw invalid('newStatus must be ACTIVE, INACTIVE or REVOKED.');
        registry.setCertificateStatus(id, status.data);
      },
    },
    {
      method: 'DELETE',
      path: /^\/certificates\/([^/]+)$/,
      run: (id, request) => registry.deleteCertificate(id, request.query.get('forceDelete') === 'true'),
    },
    {
      method: 'POST',
      path: /^\/things\/([^/]+)$/,
      run(name, request) {
        const attributes = bodyOf(attributesSchema, request).attributePayload?.attributes ?? {};
        const thing = registry.createThing(nameOf(name, 128), attributes);
        return { thingName: thing.name, thingArn: registry.arn('thing', thing.name), thingId: thing.id };
      },
    },
    {
      method: 'PATCH',
      path: /^\/things\/([^/]+)$/,
      run(name, request) {
        const payload = bodyOf(attributesSchema, request).attributePayload;
        registry.updateThing(name, payload?.attributes ?? {}, payload?.merge ?? false);
      },
    },
    {
      method: 'GET',
      path: /^\/things\/([^/]+)$/,
      run(name) {
        const thing = registry.findThing(name);
        if (!thing) throw new WireError(404, 'ResourceNotFoundException', `Thing ${name} does not exist.`);
        const { id, attributes, version } = thing;
        return {
          defaultClientId: name,
          thingName: name,
          thingId: id,
          thingArn: registry.arn('thing', name),
          attributes,
          version,
        };
      },
    },
    { method: 'DELETE', path: /^\/things\/([^/]+)$/, run: (name) => registry.deleteThing(name) },
    {
      method: 'GET',
      path: /^\/things\/([^/]+)\/principals$/,
      run: (name) => ({ principals: registry.principalsOf(name) }),
    },
    {
      method: 'PUT',
      path: /^\/things\/([^/]+)\/principals$/,
      run: (name, request) => registry.attachThing(name, principalOf(request)),
    },
    {
      method: 'DELETE',
      path: /^\/things\/([^/]+)\/principals$/,
      run: (name, request) => registry.detachThing(name, principalOf(request)),
    },
    {
      method: 'POST',
      path: /^\/policies\/([^/]+)$/,
      run(name, request) {
        const { policyDocument } = bodyOf(z.object({ policyDocument: z.string() }), request);
        registry.createPolicy(nameOf(name, 128), policyDocument);
        return {
          policyName: name,
          policyArn: registry.arn('policy', name),
          policyDocument,
          policyVersionId: '1',
        };
      },
    },
    {
      method: 'GET',
      path: /^\/policies\/([^/]+)$/,
      run(name) {
        const policy = registry.findPolicy(name);
        if (!policy) throw new WireError(404, 'ResourceNotFoundException', `Policy ${name} does not exist.`);
        const dates = { creationDate: policy.createdAt / 1000, lastModifiedDate: policy.createdAt / 1000 };
        return {
          policyName: name,
          policyArn: registry.arn('policy', name),
          policyDocument: policy.document,
          defaultVersionId: '1',
          ...dates,
        };
      },
    },
    { method: 'DELETE', path: /^\/policies\/([^/]+)$/, run: (name) => registry.deletePolicy(name) },
    {
      method: 'PUT',
      path: /^\/target-policies\/([^/]+)$/,
      run: (name, request) => registry.attachPolicy(name, targetOf(request)),
    },
    {
      method: 'POST',
      path: /^\/target-policies\/([^/]+)$/,
      run: (name, request) => registry.detachPolicy(name, targetOf(request)),
    },
    {
      method: 'GET',
      path: /^\/endpoint$/,
      run(_name, request) {
        const type = request.query.get('endpointType') ?? 'iot:Data';
        if (type !== 'iot:Data-ATS' && type !== 'iot:Data')
          throw invalid(`There is no endpoint of the type ${type}.`);
        return { endpointAddress: options.endpoint() };
      },
    },
  ];

  return {
    scope: 'iot',
    async handle(request): Promise<WireResponse> {
      for (const route of routes) {
        const match = route.method === request.method ? route.path.exec(request.path) : null;
        if (!match) continue;
        const answer = await route.run(decodeURIComponent(match[1] ?? ''), request);
        return {
          status: 200,
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(answer ?? {}),
        };
      }
      throw new WireError(
        404,
        'UnknownOperationException',
        `${request.method} ${request.path} is not served here.`,
      );
    },
  };
}

const targetOf = (request: WireRequest) => bodyOf(z.object({ target: z.string() }), request).target;
