/** What the files of one place may import. Paths begin at the root of the repository; `*` stands for one folder, or for the beginning of its name. */
export interface ImportRule {
  from: string;
  /** besides the place itself */
  may: readonly string[];
  /** for their types only: nothing of these is there when the code runs */
  mayTypes?: readonly string[];
}

/**
 * What of the model runs in a browser, too: exact sums, comparisons of JSON, texts as they may be shown. These load each other and nothing else, so
 * that neither failures with their English words nor the search for secrets get into a page by a detour.
 */
const inBrowsers: readonly string[] = [
  'model/calendar-date.ts',
  'model/currency-decimals.ts',
  'model/end-of-text.ts',
  'model/exact-decimal.ts',
  'model/exact-json.ts',
  'model/exact-money.ts',
  'model/failure-details.ts',
  'model/failure-sentence.ts',
  'model/json.ts',
  'model/money-in.ts',
  'model/money-text.ts',
  'model/outside-number.ts',
  'model/ownership-table.ts',
  'model/phrase.ts',
  'model/plain-text.ts',
];

/**
 * Imports run one way: nodes → runtime → engine → model, and connectors → declarations → model. The first rule whose place a file lies
 * in holds for it; a file in none of them (tests, scripts, benchmarks) may import anything.
 */
export const importRules: readonly ImportRule[] = [
  ...inBrowsers.map((from): ImportRule => ({ from, may: inBrowsers, mayTypes: ['model'] })),
  // what a failure says is made of its English words
  { from: 'model', may: ['locales/en-US/failures.generated.ts'] },
  { from: 'engine', may: ['model'] },
  // what palette nodes, operations and systems are, as data; forms read it in the browser
  { from: 'declarations', may: inBrowsers, mayTypes: ['model'] },
  { from: 'connectors/*.ts', may: ['connectors', 'declarations', 'model'] },
  // rooms below the systems: what several speak
  { from: 'connectors/http', may: ['model'] },
  { from: 'connectors/oauth2', may: ['connectors/http', 'model'] },
  // what each system would write for itself
  { from: 'connectors/kit', may: ['connectors/http', 'model'] },
  // what the products of one vendor's platform share
  { from: 'connectors/*-platform', may: ['connectors/http', 'connectors/oauth2', 'connectors/kit', 'declarations', 'model'] },
  // a system knows the rooms and itself, never another system
  {
    from: 'connectors/*',
    may: ['connectors/http', 'connectors/oauth2', 'connectors/kit', 'connectors/*-platform', 'declarations', 'model'],
  },
  { from: 'runtime', may: ['engine', 'connectors', 'declarations', 'model'] },
  // run by people, without Node-RED
  { from: 'commands', may: ['engine', 'model'] },
  // runs in the browser: what the server is made of must not get into the page
  { from: 'nodes/editor', may: ['declarations', ...inBrowsers] },
  // a palette node knows what is below it and no system, never another node
  {
    from: 'nodes/*/*',
    may: ['runtime', 'engine', 'model', 'declarations', 'connectors/connection-declaration.ts', 'connectors/default-mappings.ts'],
  },
  {
    from: 'console',
    may: [...inBrowsers, 'locales'],
    mayTypes: ['engine', 'model', 'runtime'],
  },
  // the sandbox is written from the vendors' documentation alone, so that a misreading shows as a failing test
  { from: 'sandbox/*.ts', may: ['sandbox'] },
  // the made-up firm knows no system
  { from: 'sandbox/firm', may: [] },
  // a simulator knows the firm that is laid into it and how simulators run, never another one
  { from: 'sandbox/*', may: ['sandbox/firm', 'sandbox/*.ts'] },
];
