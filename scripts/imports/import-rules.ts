/** What the files of one place may import. Paths begin at the root of the repository; `*` stands for one folder. */
export interface ImportRule {
  from: string;
  /** besides the place itself */
  may: readonly string[];
  /** for their types only: nothing of these is there when the code runs */
  mayTypes?: readonly string[];
}

/**
 * Imports run one way: nodes → runtime → engine → model, and connectors → model. The first rule whose place a file lies
 * in holds for it; a file in none of them (tests, scripts, benchmarks) may import anything.
 */
export const importRules: readonly ImportRule[] = [
  { from: 'model', may: [] },
  { from: 'engine', may: ['model'] },
  { from: 'connectors/registry.ts', may: ['connectors', 'model'] },
  { from: 'connectors/http', may: ['model'] },
  // a system knows the shared HTTP client and itself, never another system
  { from: 'connectors/*', may: ['connectors/http', 'model'] },
  {
    from: 'runtime',
    may: [
      'engine',
      'connectors',
      'model',
      'nodes/node-declaration.ts',
      'nodes/credential-types.ts',
      'nodes/declared-defaults.ts',
      'nodes/environment-variable.ts',
      'nodes/webhook-path.ts',
    ],
  },
  // run by people, without Node-RED
  { from: 'commands', may: ['engine', 'model'] },
  // runs in the browser: what the server is made of must not get into the page
  { from: 'nodes/editor', may: ['nodes/*.ts', 'model/plain-text.ts'] },
  // a palette node knows the core and what all nodes share, never another node
  { from: 'nodes/*/*', may: ['runtime/core.ts', 'nodes/*.ts'] },
  { from: 'nodes/*.ts', may: ['nodes/*.ts'] },
  // exact sums and comparisons of JSON are the model's on the screen too; they need nothing of the server
  { from: 'console', may: ['model/money.ts', 'model/json.ts', 'model/plain-text.ts', 'locales'], mayTypes: ['engine', 'model', 'runtime'] },
  // written from the vendors' documentation alone, so that a misreading shows as a failing test
  { from: 'sandbox', may: [] },
];
