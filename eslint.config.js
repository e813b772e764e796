import regexp from 'eslint-plugin-regexp';
import tseslint from 'typescript-eslint';

/** Rules that find defects; the look of the code is Prettier's business, the direction of imports scripts/check-imports.ts's. */
export default tseslint.config(
  { ignores: ['.tmp/', 'dist/', 'examples/', '.psconnect/', 'bench/node_modules/', '**/*.generated.ts', '**/*.cjs', '*.config.js'] },
  tseslint.configs.base,
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'off',
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
      eqeqeq: 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      'no-fallthrough': 'error',
      'no-unreachable': 'error',
      'no-self-compare': 'error',
      'no-template-curly-in-string': 'error',
    },
  },
  {
    // a text from outside must not make a regular expression take more than linear time
    files: ['**/*.ts'],
    ignores: ['test/**', 'bench/**'],
    plugins: { regexp },
    rules: {
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': ['error', { report: 'potential', ignoreSticky: false }],
    },
  },
  {
    // what the product says in a log or beside a node goes through one function, which masks and bounds it
    files: ['nodes/**/*.ts', 'runtime/**/*.ts', 'engine/**/*.ts', 'model/**/*.ts', 'connectors/**/*.ts'],
    ignores: ['runtime/log-line.ts', 'runtime/status-line.ts', 'nodes/editor/**'],
    rules: {
      'no-console': 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector:
            'CallExpression > MemberExpression.callee[property.name=/^(error|warn|log|info|debug|trace)$/]:not([object.name="Math"])',
          message: 'Say it by logLine or logFailure (runtime/log-line.ts).',
        },
        {
          selector: 'CallExpression > MemberExpression.callee[property.name="status"]:not([object.name="response"])',
          message: 'Show it by a StatusLine (runtime/status-line.ts).',
        },
        {
          selector: 'CallExpression > MemberExpression.callee[property.name="emitWarning"]',
          message: 'Say it by logLine (runtime/log-line.ts).',
        },
        {
          selector: 'NewExpression[callee.name="RegExp"], CallExpression[callee.name="RegExp"]',
          message: 'Write a regular expression out: one made of text is not checked for the time it may take.',
        },
      ],
    },
  },
);
