import { arn } from '../engine/names.ts';
import { WireError } from '../wire/service.ts';
import type { WireService } from '../wire/service.ts';
import { MAX_PAYLOAD_BYTES, topicFault } from './limits.ts';

/** The data plane of AWS IoT: Publish, handed to the broker. */
export function iotData(broker: {
  publish(topic: string, payload: Buffer, qos: 0 | 1): Promise<void>;
}): WireService {
  return {
    scope: 'iotdata',
    async handle(request) {
      const encoded = /^\/topics\/(.*)$/s.exec(request.path)?.[1];
      if (request.method !== 'POST' || encoded === undefined) {
        throw new WireError(
          404,
          'UnknownOperationException',
          `${request.method} ${request.path} is not served here.`,
        );
      }
      const topic = decodeURIComponent(encoded);
      const fault = /[+#]/.test(topic) ? 'A topic to publish to has no wildcards.' : topicFault(topic);
      if (fault !== undefined) throw new WireError(400, 'InvalidRequestException', fault);
      if (!request.principal.may({ action: 'iot:Publish', resource: arn('iot', `topic/${topic}`) }))
        throw new WireError(403, 'ForbiddenException', `${request.principal.arn} may not publish there.`);
      if (request.body.length > MAX_PAYLOAD_BYTES) {
        throw new WireError(
          413,
          'RequestEntityTooLargeException',
          `The payload is larger than ${MAX_PAYLOAD_BYTES} bytes.`,
        );
      }
      const qos = request.query.get('qos') ?? '0';
      if (qos !== '0' && qos !== '1')
        throw new WireError(400, 'InvalidRequestException', 'qos must be 0 or 1.');
      await broker.publish(topic, request.body, qos === '1' ? 1 : 0);
      return {
        status: 200,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ message: 'OK' }),
      };
    },
  };
}
