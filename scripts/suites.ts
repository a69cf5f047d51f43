/** Which folders' tests run together. */
export const suites = {
  'power cuts': ['tests/chaos'],
  'unit tests': ['domain', 'contract', 'lambdas', 'scripts', 'web'],
  agent: ['agent/'],
  'embedded cloud': ['local'],
  'state machine': ['statemachines'],
  stacks: ['tests/infra'],
  'walls and attacks': ['tests/walls', 'tests/attacks'],
  isolation: ['tests/isolation'],
  integration: ['tests/integration'],
  'hostile files': ['tests/fuzz'],
} as const;
