import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importsOf, allFiles } from './imports-of.ts';

/** Files that import each other, over whatever way and be it for types only: each needs all the others to be understood. In order of names. */
export function importCircles(root: string): string[][] {
  const files = new Set(allFiles(root));
  const imports = new Map(
    [...files].map((file) => [
      file,
      importsOf(file, readFileSync(join(root, file), 'utf8')).flatMap((one) => (files.has(one.imports) ? [one.imports] : [])),
    ]),
  );
  const circles: string[][] = [];
  const numbers = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const visit = (file: string): number => {
    const number = numbers.size;
    numbers.set(file, number);
    let low = number;
    open.push(file);
    for (const imported of imports.get(file) ?? []) {
      if (!numbers.has(imported)) low = Math.min(low, visit(imported));
      else if (open.includes(imported)) low = Math.min(low, lowest.get(imported) ?? numbers.get(imported)!);
    }
    lowest.set(file, low);
    if (low === number) {
      const circle = open.splice(open.indexOf(file));
      if (circle.length > 1) circles.push(circle.sort());
    }
    return low;
  };
  for (const file of files) if (!numbers.has(file)) visit(file);
  return circles.sort();
}
