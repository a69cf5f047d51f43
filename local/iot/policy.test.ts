import { describe, expect, test } from 'vitest';
import { parsePolicy, policyAllows } from './policy.ts';
import type { ConnectionFacts, IotAction } from './policy.ts';

const arn = (rest: string) => `arn:aws:iot:us-east-1:000000000000:${rest}`;
const policy = (...statements: object[]) =>
  parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: statements }));
const attached: ConnectionFacts = {
  clientId: 'agent_1',
  thing: { name: 'agent_1', attributes: { shopId: 'shop_a' } },
};
const unattached: ConnectionFacts = { clientId: 'agent_1' };

const shared = policy(
  {
    Effect: 'Allow',
    Action: 'iot:Connect',
    Resource: arn('client/${iot:Connection.Thing.ThingName}'),
    Condition: { Bool: { 'iot:Connection.Thing.IsAttached': ['true'] } },
  },
  {
    Effect: 'Allow',
    Action: ['iot:Publish', 'iot:Receive'],
    Resource: arn(
      'topic/shop/${iot:Connection.Thing.Attributes[shopId]}/agent/${iot:Connection.Thing.ThingName}/*',
    ),
  },
  {
    Effect: 'Allow',
    Action: 'iot:Subscribe',
    Resource: arn(
      'topicfilter/shop/${iot:Connection.Thing.Attributes[shopId]}/agent/${iot:Connection.Thing.ThingName}/*',
    ),
  },
);

describe('the shared policy of the agents', () => {
  const cases: [string, IotAction, string, ConnectionFacts, boolean][] = [
    ['its own client id', 'iot:Connect', 'client/agent_1', attached, true],
    ['another client id', 'iot:Connect', 'client/agent_2', attached, false],
    ['without an attached thing', 'iot:Connect', 'client/agent_1', unattached, false],
    ['its own topic', 'iot:Publish', 'topic/shop/shop_a/agent/agent_1/command', attached, true],
    ["another shop's topic", 'iot:Publish', 'topic/shop/shop_b/agent/agent_1/command', attached, false],
    ["another agent's topic", 'iot:Publish', 'topic/shop/shop_a/agent/agent_2/command', attached, false],
    ['an action not named', 'iot:RetainPublish', 'topic/shop/shop_a/agent/agent_1/command', attached, false],
    ['its own filter', 'iot:Subscribe', 'topicfilter/shop/shop_a/agent/agent_1/+', attached, true],
    [
      'a filter that would cover others',
      'iot:Subscribe',
      'topicfilter/shop/shop_a/agent/+/command',
      attached,
      false,
    ],
    ['everything', 'iot:Subscribe', 'topicfilter/#', attached, false],
  ];
  test.each(cases)('%s', (_name, action, resource, facts, allowed) => {
    expect(policyAllows([shared], action, arn(resource), facts)).toBe(allowed);
  });
});

test('no policy allows nothing', () => {
  expect(policyAllows([], 'iot:Connect', arn('client/agent_1'), attached)).toBe(false);
});

test('a denial wins over any allowance, across documents', () => {
  const all = policy({ Effect: 'Allow', Action: 'iot:*', Resource: '*' });
  const deny = policy({ Effect: 'Deny', Action: 'iot:Publish', Resource: arn('topic/secret/*') });
  expect(policyAllows([all, deny], 'iot:Publish', arn('topic/secret/x'), attached)).toBe(false);
  expect(policyAllows([all, deny], 'iot:Publish', arn('topic/open/x'), attached)).toBe(true);
});

test('? stands for one character, other letters of a pattern for themselves', () => {
  const one = policy({ Effect: 'Allow', Action: 'iot:Publish', Resource: arn('topic/a.b/?') });
  expect(policyAllows([one], 'iot:Publish', arn('topic/a.b/x'), attached)).toBe(true);
  expect(policyAllows([one], 'iot:Publish', arn('topic/a.b/xy'), attached)).toBe(false);
  expect(policyAllows([one], 'iot:Publish', arn('topic/aXb/x'), attached)).toBe(false);
});

test.each(['*', 'agent_?', '#', 'a/b', ''])(
  'a client id of %j gains nothing through a variable',
  (clientId) => {
    const own = policy({
      Effect: 'Allow',
      Action: 'iot:Publish',
      Resource: arn('topic/client/${iot:ClientId}/x'),
    });
    expect(policyAllows([own], 'iot:Publish', arn('topic/client/victim/x'), { clientId })).toBe(false);
    expect(policyAllows([own], 'iot:Publish', arn(`topic/client/${clientId}/x`), { clientId })).toBe(false);
  },
);

test('an attribute the thing lacks, or inherits from Object, matches nothing', () => {
  const strange = policy({
    Effect: 'Allow',
    Action: 'iot:Publish',
    Resource: arn('topic/${iot:Connection.Thing.Attributes[constructor]}*'),
  });
  expect(policyAllows([strange], 'iot:Publish', arn('topic/x'), attached)).toBe(false);
});

test.each([
  ['not JSON', '{'],
  ['no version', JSON.stringify({ Statement: [{ Effect: 'Allow', Action: 'iot:*', Resource: '*' }] })],
  [
    'a condition we do not enforce',
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: 'iot:*',
          Resource: '*',
          Condition: { IpAddress: { 'aws:SourceIp': '1.2.3.4' } },
        },
      ],
    }),
  ],
  [
    'NotAction',
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', NotAction: 'iot:*', Resource: '*' }],
    }),
  ],
  [
    'too long',
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'iot:*', Resource: 'x'.repeat(2048) }],
    }),
  ],
])('a document with %s is refused', (_name, document) => {
  expect(() => parsePolicy(document)).toThrow();
});
