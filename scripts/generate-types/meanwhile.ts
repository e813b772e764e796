import { registerHooks } from 'node:module';

/**
 * Gives a module that is being made a text to be loaded by, in this process: what it is made from may import it, and would not load where it is
 * missing, or where two branches have each made their own.
 */
export function meanwhile(url: string, text: string): void {
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier.startsWith('.') && new URL(specifier, context.parentURL).href === url
        ? { url, format: 'module', shortCircuit: true }
        : next(specifier, context),
    load: (loaded, context, next) => (loaded === url ? { format: 'module', source: text, shortCircuit: true } : next(loaded, context)),
  });
}
