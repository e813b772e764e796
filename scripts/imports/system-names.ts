import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import ts from 'typescript';
import { sourceFiles } from './imports-of.ts';

/** Where code names a system, or uses a word of its own (`ownWords` in its `facts.ts`). Paths begin at the root of the repository; `<system>` stands for each system. */
export interface PlaceOfSystems {
  place: string;
  /** which are named there: the one that the place is of, or any */
  names: 'own' | 'any';
  why: string;
}

/** All that may. What a system is stands in its declaration; everybody else asks the list of systems. */
export const placesOfSystems: readonly PlaceOfSystems[] = [
  { place: 'connectors/<system>', names: 'own', why: 'it is the system' },
  { place: 'connectors/<system>-platform', names: 'own', why: 'what the products of one vendor share bears the name of the vendor' },
  { place: 'connectors/systems.ts', names: 'any', why: 'the one line of each' },
  { place: 'sandbox/<system>', names: 'any', why: 'its simulator, whose data tells of the systems beside it' },
  { place: 'sandbox/systems.ts', names: 'any', why: 'the one line of each simulator' },
  { place: 'nodes/<system>', names: 'own', why: 'palette nodes for what one system alone does; flows know them by these types' },
  { place: 'declarations/migrations', names: 'any', why: 'what flows of earlier versions hold, whatever a system is today' },
  { place: 'model/personal-forms.generated.ts', names: 'any', why: 'made of all declarations: what names persons in the records of each' },
  { place: 'scripts/history', names: 'any', why: 'what the template flows read of each system and wrote to it in a year, as they do it' },
  { place: 'bench/figures/expressions.ts', names: 'any', why: 'it measures the mapping of one system by records of it' },
  { place: 'bench/figures/stream.ts', names: 'any', why: 'it measures how one system is heard' },
  { place: 'bench/harness/event-bus-process.ts', names: 'any', why: 'the event bus of that system, for the figure' },
  { place: 'bench/harness/query-job-process.ts', names: 'any', why: 'it reads a query job as the one system that has them' },
  { place: 'bench/harness/made-up-org-process.ts', names: 'any', why: 'the org that has that query job, for the figure' },
  { place: 'bench/figures/month-volume.ts', names: 'any', why: 'it measures how one PSA and one ERP get along' },
  { place: 'bench/harness/month-erp-process.ts', names: 'any', why: 'that ERP, for the figure' },
  { place: 'bench/harness/month-psa-process.ts', names: 'any', why: 'that PSA, for the figure' },
  { place: 'bench/harness/month-flow.ts', names: 'any', why: 'the connections of that flow, as its template names them' },
];

export interface NamedSystem {
  file: string;
  line: number;
  system: string;
  /** its name, or a word of its own */
  word: string;
}

/** Names of systems, and words of their own, in code that all share: in texts and in identifiers. A comment may have them, as the source of a fact or as an example. */
export function systemNames(root: string, places: readonly PlaceOfSystems[] = placesOfSystems): NamedSystem[] {
  const words = wordsOfSystems(root);
  const systems = words.map(({ system }) => system);
  const files = [...sourceFiles(root), ...globSync('{scripts,bench}/**/*.ts', { cwd: root, exclude: ['**/node_modules/**'] })];
  return files
    .map((file) => file.replaceAll('\\', '/'))
    .flatMap((file) =>
      namesIn(file, readFileSync(join(root, file), 'utf8'), words).filter(({ system }) => !mayName(file, system, systems, places)),
    );
}

interface WordsOfSystem {
  system: string;
  words: readonly string[];
}

/** The folders of `connectors/` that declare one, each with its name and its own words. */
function wordsOfSystems(root: string): WordsOfSystem[] {
  return globSync('connectors/*/declaration.ts', { cwd: root })
    .map((file) => dirname(file))
    .sort()
    .map((folder) => {
      const system = posix.basename(folder.replaceAll('\\', '/'));
      return { system, words: [system, ...ownWordsIn(join(root, folder, 'facts.ts'))] };
    });
}

/** Read and not loaded: the lint judges trees that may not run. */
function ownWordsIn(facts: string): string[] {
  if (!existsSync(facts)) return [];
  const words: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node) && node.name.getText() === 'ownWords' && ts.isArrayLiteralExpression(node.initializer)) {
      words.push(...node.initializer.elements.filter(ts.isStringLiteral).map(({ text }) => text));
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(facts, readFileSync(facts, 'utf8'), ts.ScriptTarget.Latest, true));
  return words;
}

function mayName(file: string, system: string, systems: readonly string[], places: readonly PlaceOfSystems[]): boolean {
  return places.some(({ place, names }) =>
    (names === 'own' ? [system] : systems).some((one) => `${file}/`.startsWith(`${place.replace('<system>', one)}/`)),
  );
}

function namesIn(file: string, text: string, systems: readonly WordsOfSystem[]): NamedSystem[] {
  const found = new Map<string, NamedSystem>();
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const visit = (node: ts.Node): void => {
    if (isName(node)) {
      const { line: first } = source.getLineAndCharacterOfPosition(node.getStart());
      for (const [index, line] of node.getText().split('\n').entries()) {
        const at = first + index + 1;
        for (const { system, words } of systems) {
          for (const word of words) if (isNamed(word, line)) found.set(`${at} ${word}`, { file, line: at, system, word });
        }
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return [...found.values()];
}

function isName(node: ts.Node): boolean {
  return (
    ts.isIdentifier(node) ||
    ts.isPrivateIdentifier(node) ||
    ts.isStringLiteral(node) ||
    ts.isTemplateLiteralToken(node) ||
    ts.isRegularExpressionLiteral(node)
  );
}

/** As words of its own, however they are written: `timeBook`, `TIME_BOOK` and `time-book` name `time-book`, and `message` does not name `sage`. */
function isNamed(wanted: string, text: string): boolean {
  const name = lettersOf(wanted);
  const words = text
    .replace(/(?<=[a-z])\\?['’]s\b/g, '') // a node’s object is no sObject
    .replace(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, ' ')
    .split(/[^A-Za-z0-9]+/)
    .map(lettersOf);
  return words.some((_word, first) => {
    let joined = '';
    for (let next = first; joined.length < name.length && next < words.length; next++) joined += words[next];
    return joined === name;
  });
}

const lettersOf = (text: string) => text.replaceAll('-', '').toLowerCase();
