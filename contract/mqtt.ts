import * as z from 'zod';
import { machineStates } from '#domain/machine/machine.ts';
import { commandStates } from '#domain/machine/command.ts';
import { figure } from './figure.ts';
import { id } from './ids.ts';

/** Seconds between an agent's snapshots; three missed ones mean lost contact. */
export const heartbeatSeconds = 30;

/** What an agent tells, one Basic Ingest rule each; the thing's name and shop come from its certificate, never from the message. */
export const tellings = ['snapshot', 'fact', 'answer'] as const;
export type Telling = (typeof tellings)[number];

/** The rule of an installation: several may live in one account. */
export const ruleName = (rulePrefix: string, telling: Telling): string => `${rulePrefix}_${telling}`;

/** Whom an agent is to its installation. */
export interface AgentAddress {
  agentId: string;
  /** What the names of the installation's rules begin with. */
  rulePrefix: string;
}

export const topics = {
  ingest: (telling: Telling, { agentId, rulePrefix }: AgentAddress) =>
    `$aws/rules/${ruleName(rulePrefix, telling)}/agent/${agentId}`,
  commands: (shopId: string, agentId: string) => `shop/${shopId}/agent/${agentId}/commands`,
  acks: (shopId: string, agentId: string) => `shop/${shopId}/agent/${agentId}/acks`,
  staff: (shopId: string) => `shop/${shopId}/staff`,
  customer: (shopId: string, customerId: string) => `shop/${shopId}/customer/${customerId}`,
};

const at = z.iso.datetime();
const machineId = id('mac');

export const machineSnapshot = z.object({
  machineId,
  state: z.enum(machineStates),
  percent: figure.min(0).max(100).optional(),
  etaSeconds: figure.min(0).optional(),
  layer: z.int().min(0).optional(),
  layers: z.int().min(0).optional(),
  temperaturesC: z
    .object({ nozzle: figure, nozzleTarget: figure, bed: figure, bedTarget: figure })
    .optional(),
  runId: id('run').optional(),
  error: z.string().max(500).optional(),
});
export type MachineSnapshot = z.infer<typeof machineSnapshot>;

/** Up, every heartbeat: all machines of one agent in one message. */
export const snapshotMessage = z.object({ at, machines: z.array(machineSnapshot).max(200) });
export type SnapshotMessage = z.infer<typeof snapshotMessage>;

/** Up: something that happened; kept on the agent's disk until acknowledged by `seq`. */
export const factMessage = z.object({
  seq: z.int().min(1),
  fact: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('started'), runId: id('run'), at }),
    z.object({
      kind: z.literal('finished'),
      runId: id('run'),
      at,
      seconds: figure.min(0),
      grams: figure.min(0),
    }),
    z.object({ kind: z.literal('failed'), runId: id('run'), at, reason: z.string().max(500) }),
    z.object({ kind: z.literal('canceled'), runId: id('run'), at, reason: z.string().max(500) }),
  ]),
});
export type FactMessage = z.infer<typeof factMessage>;

/** Up: how a command fares. */
export const answerMessage = z.object({
  commandId: id('cmd'),
  state: z.enum(commandStates),
  reason: z.string().max(500).optional(),
});
export type AnswerMessage = z.infer<typeof answerMessage>;

/** Down: print this file so many times. Refused by the agent once expired, done once per id. */
export const printCommand = z.object({
  id: id('cmd'),
  kind: z.literal('print'),
  machineId,
  runId: id('run'),
  quantity: z.int().min(1),
  file: z.object({ name: z.string(), url: z.string(), sha256: z.string(), bytes: z.int() }),
  estimatedSeconds: z.number(),
  estimatedGrams: z.number(),
  issuedAt: at,
  expiresAt: at,
});
export type PrintCommand = z.infer<typeof printCommand>;

/** Down: facts up to and including `seq` are stored. */
export const ackMessage = z.object({ seq: z.int().min(1) });

/** To browsers: look again. */
export const poke = z.object({ kind: z.enum(['job', 'machines']), jobId: id('job').optional() });
export type Poke = z.infer<typeof poke>;

/** An agent's message as it reaches its queue: with what it tells and the client that its certificate names. */
export const ingested = <T extends z.ZodType>(message: T) =>
  z.object({ rule: z.enum(tellings), clientId: id('agt'), message });

/** The one policy all agents of an installation share; the shop and the agent's name are variables of the thing. */
export function agentPolicyDocument(region: string, account: string, rulePrefix: string) {
  const arn = (kind: string, rest: string) => `arn:aws:iot:${region}:${account}:${kind}/${rest}`;
  const own = 'shop/${iot:Connection.Thing.Attributes[shopId]}/agent/${iot:Connection.Thing.ThingName}';
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: 'iot:Connect',
        Resource: arn('client', '${iot:Connection.Thing.ThingName}'),
        Condition: { Bool: { 'iot:Connection.Thing.IsAttached': 'true' } },
      },
      {
        Effect: 'Allow',
        Action: 'iot:Publish',
        Resource: tellings.map((telling) =>
          arn('topic', topics.ingest(telling, { agentId: '${iot:Connection.Thing.ThingName}', rulePrefix })),
        ),
      },
      {
        Effect: 'Allow',
        Action: 'iot:Subscribe',
        Resource: [arn('topicfilter', `${own}/commands`), arn('topicfilter', `${own}/acks`)],
      },
      {
        Effect: 'Allow',
        Action: 'iot:Receive',
        Resource: [arn('topic', `${own}/commands`), arn('topic', `${own}/acks`)],
      },
    ],
  };
}
