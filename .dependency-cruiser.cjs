/** The import rule of design section 2: domain <- contract <- {lambdas, agent, web, local}; adapters alone touch an SDK. */
const only = (from, allowed, comment) => ({
  name: `${from}-imports`,
  comment,
  severity: 'error',
  from: { path: `^${from}/`, pathNot: '\\.test\\.tsx?$' },
  to: {
    path: '^(domain|contract|lambdas|agent|web|local|lib|tests|scripts|statemachines)/',
    pathNot: `^(${allowed.join('|')})/`,
  },
});
module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    only('domain', ['domain'], 'The domain knows nobody.'),
    only('contract', ['contract', 'domain'], 'The contract knows the domain only.'),
    only('lambdas', ['lambdas', 'contract', 'domain', 'statemachines'], 'Handlers know contract and domain.'),
    only('agent', ['agent', 'contract', 'domain'], 'The agent knows contract and domain.'),
    only('web', ['web', 'contract', 'domain'], 'Pages never import server code.'),
    only('lib', ['lib', 'contract', 'statemachines'], 'Stacks see entry paths, not insides.'),
    {
      name: 'local-enters-lambdas-by-the-registry',
      comment: 'The embedded cloud starts handlers by their entry path, as AWS does.',
      severity: 'error',
      from: { path: '^local/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(lambdas|agent|web|lib|tests)/' },
    },
    {
      name: 'sdk-only-in-adapters',
      severity: 'error',
      from: { path: '^lambdas/', pathNot: '^lambdas/adapters/|\\.test\\.ts$' },
      to: { path: 'node_modules/(@aws-sdk|@smithy|electrodb|stripe)/' },
    },
    {
      name: 'domain-is-pure',
      severity: 'error',
      from: { path: '^domain/', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'core'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(node_modules/\\.|cdk\\.out|\\.kerf|.*/dist/)' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
