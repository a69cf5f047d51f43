/** Which folders' tests run together, in the order in which they begin. */
export const suites = {
  // Its pauses leave room for the quick ones beside it.
  'power cuts': ['tests/chaos'],
  'unit tests': ['domain', 'contract', 'lambdas', 'scripts', 'web'],
  agent: ['agent/'],
  'embedded cloud': ['local'],
  'state machine': ['statemachines'],
  stacks: ['tests/infra'],
  'walls and attacks': ['tests/walls', 'tests/attacks'],
  isolation: ['tests/isolation'],
  // The longest ones last and in quarters, so that both lanes end together.
  integration: ['tests/integration'],
  'hostile files': ['tests/fuzz'],
} as const;
