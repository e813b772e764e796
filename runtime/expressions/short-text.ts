const steps = 100_000;
const longest = 20_000;

/**
 * How long a text may be for which backtracking stays below some hundred thousand steps, whatever the text is. A repetition of one
 * character has as many ends as the text has letters, n repetitions and a place to begin have n + 1 of that; one of a group
 * can have any number, and is never short enough.
 */
export function shortTextOf({ source }: RegExp): number {
  if (/\\[1-9k]/.test(source)) return 0;
  const outline = source.replace(/\\./g, 'a').replace(/\[[^\][]*\]/g, 'a'); // of a class with a bracket in it too much is left, which counts as more
  if (/\)[*+?{]/.test(outline)) return 0;
  const counts = [...outline.matchAll(/\{(\d+)\}/g)].map(([, count]) => Number(count));
  if (counts.some((count) => count > 100) || outline.split('|').length > 5) return 0;
  const marks = outline.replace(/\{\d+\}/g, '').replace(/\(\?(?:<?[=!]|:|<\w+>)/g, '(');
  const repetitions = marks.match(/[*+?{]/g)?.length ?? 0;
  return repetitions === 0 ? longest : Math.floor(steps ** (1 / (repetitions + 1)));
}
