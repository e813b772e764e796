/** What jsonata's parser makes of an expression, as far as it is read here. */
export interface SyntaxTree {
  type: string;
  value?: unknown;
  position?: number;
  steps?: SyntaxTree[];
  stages?: { type: string; expr: SyntaxTree }[];
  predicate?: { type: string; expr: SyntaxTree }[];
  group?: { lhs: [SyntaxTree, SyntaxTree][] };
  keepArray?: boolean;
  keepSingletonArray?: boolean;
  consarray?: boolean;
  tuple?: unknown;
  focus?: unknown;
  index?: unknown;
  ancestor?: unknown;
  lhs?: SyntaxTree | [SyntaxTree, SyntaxTree][];
  rhs?: SyntaxTree;
  expression?: SyntaxTree;
  expressions?: SyntaxTree[];
  arguments?: SyntaxTree[];
  procedure?: SyntaxTree;
  condition?: SyntaxTree;
  then?: SyntaxTree;
  else?: SyntaxTree;
  body?: SyntaxTree;
  signature?: Signature;
  thunk?: boolean;
  terms?: { expression: SyntaxTree; descending: boolean }[];
  pattern?: SyntaxTree;
  update?: SyntaxTree;
  delete?: SyntaxTree;
}

/** Checks and completes what a function is called with; throws what JSONata throws. */
export interface Signature {
  definition: string;
  validate(values: readonly unknown[], context: unknown): unknown[];
}
