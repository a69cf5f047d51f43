import * as z from 'zod';
import { roles } from '#domain/actor.ts';
import { processes } from '#domain/process.ts';
import { machineStates } from '#domain/machine/machine.ts';
import { id } from '../ids.ts';
import { route } from '../route.ts';
import { line, text } from '../text.ts';
import { instant } from '../views/job.ts';

const millimetres = z.number().positive().max(5000);

export const machineView = z
  .object({
    id: id('mac'),
    name: z.string(),
    process: z.enum(processes),
    volumeMm: z.object({ x: millimetres, y: millimetres, z: millimetres }),
    agentId: id('agt').optional(),
    bed: z.enum(['clear', 'occupied']),
    currentRunId: id('run').optional(),
    version: z.int(),
    live: z
      .object({
        state: z.enum(machineStates),
        percent: z.number().optional(),
        etaSeconds: z.number().optional(),
        layer: z.int().optional(),
        layers: z.int().optional(),
        temperaturesC: z
          .object({ nozzle: z.number(), nozzleTarget: z.number(), bed: z.number(), bedTarget: z.number() })
          .optional(),
        error: z.string().optional(),
        observedAt: instant,
      })
      .optional(),
  })
  .meta({ id: 'Machine' });
export type MachineView = z.infer<typeof machineView>;

export const createMachine = route({
  id: 'createMachine',
  method: 'POST',
  path: '/v1/machines',
  context: 'farm',
  summary: 'Add a machine',
  callers: { staff: ['owner', 'admin'] },
  body: machineView
    .pick({ volumeMm: true })
    .extend({ name: line(60), process: z.enum(processes).default('fdm') }),
  out: machineView,
  status: 201,
  idempotent: true,
});

export const listMachines = route({
  id: 'listMachines',
  method: 'GET',
  path: '/v1/machines',
  context: 'farm',
  summary: 'Machines with their newest telemetry',
  callers: { staff: roles },
  out: z.object({ machines: z.array(machineView) }),
  status: 200,
});

export const confirmBedClear = route({
  id: 'confirmBedClear',
  method: 'POST',
  path: '/v1/machines/{machineId}/confirm-bed-clear',
  context: 'farm',
  summary: 'Say that the bed is clear, so that the next run may start',
  callers: { staff: ['owner', 'admin', 'operator'] },
  params: z.object({ machineId: id('mac') }),
  out: machineView,
  status: 200,
  idempotent: true,
});

export const createClaim = route({
  id: 'createClaim',
  method: 'POST',
  path: '/v1/agent-claims',
  context: 'farm',
  summary: 'A one-time code with which an agent enrols for these machines',
  callers: { staff: ['owner', 'admin'] },
  body: z.object({
    machineIds: z
      .array(id('mac'))
      .min(1)
      .max(50)
      .refine((ids) => new Set(ids).size === ids.length, 'must name each machine once'),
  }),
  out: z.object({ code: z.string(), expiresAt: instant }),
  status: 201,
  idempotent: true,
  closedToSupport: true,
});

export const enrolAgent = route({
  id: 'enrolAgent',
  method: 'POST',
  path: '/v1/agents',
  context: 'farm',
  summary: "Exchange a claim code and the agent's own certificate request for a certificate",
  callers: { public: true },
  body: z.object({ code: line(40), csr: text(8000) }),
  out: z.object({
    agentId: id('agt'),
    shopId: id('shop'),
    certificate: z.string(),
    authority: z.string(),
    endpoint: z.string(),
    /** What the names of the rules begin with that take what the agent tells. */
    rulePrefix: z.string(),
    heartbeatSeconds: z.number(),
    machines: z.array(z.object({ id: id('mac'), name: z.string() })),
  }),
  status: 201,
});

export const getLiveAccess = route({
  id: 'getLiveAccess',
  method: 'GET',
  path: '/v1/live',
  context: 'farm',
  summary: 'A short-lived pass for live pokes over MQTT',
  callers: { staff: roles, customer: true, link: true },
  out: z.object({
    url: z.string(),
    clientId: z.string(),
    token: z.string(),
    topic: z.string(),
    expiresAt: instant,
  }),
  status: 200,
  closedToSupport: true,
});
