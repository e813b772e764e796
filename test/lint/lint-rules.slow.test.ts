import { ESLint } from 'eslint';
import should from 'should';

describe('The linter', function () {
  this.timeout(120_000);
  const eslint = new ESLint();
  const place = 'runtime/activity.ts'; // a file of the product, in whose place the text is looked at
  const rulesOf = async (text: string) => {
    const [result] = await eslint.lintText(text, { filePath: place });
    return result!.messages.map(({ ruleId }) => ruleId);
  };

  const refused: [string, string, string][] = [
    [
      'a log line of a node that nothing masks',
      'export const say = (node: { error(text: string): void }) => node.error("x");',
      'no-restricted-syntax',
    ],
    [
      'a log line of Node-RED that nothing masks',
      'export const say = (RED: { log: { warn(text: string): void } }) => RED.log.warn("x");',
      'no-restricted-syntax',
    ],
    ['a word on the console', 'console.log("x");', 'no-console'],
    [
      'a status that nothing masks',
      'export const say = (node: { status(text: object): void }) => node.status({});',
      'no-restricted-syntax',
    ],
    ['a regular expression made of text', 'export const form = (text: string) => new RegExp(text);', 'no-restricted-syntax'],
    ['a regular expression that tries one thing in many ways', 'export const form = /^(?:a+)+$/;', 'regexp/no-super-linear-backtracking'],
    ['a regular expression that begins anew at each letter', 'export const form = /[a-z]+@/;', 'regexp/no-super-linear-move'],
  ];
  for (const [what, text, rule] of refused) {
    it(`refuses ${what}`, async () => should(await rulesOf(text)).containEql(rule));
  }

  it('takes what is none of these', async () => should(await rulesOf('export const form = /^[a-z]+$/;\n')).deepEqual([]));
});
