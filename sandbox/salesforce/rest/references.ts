/** A reference to an answer that is not there. */
export class Missing extends Error {}

const REFERENCE = /@\{([A-Za-z][A-Za-z0-9_]*)((?:\.|\[)[^}]*)?\}/g;

/** Replaces `@{ref.path}` in strings; a string that is nothing but one reference takes the value's own type. */
export function substitute(value: unknown, answers: ReadonlyMap<string, unknown>): unknown {
  if (typeof value === 'string') {
    const whole = /^@\{([A-Za-z][A-Za-z0-9_]*)((?:\.|\[)[^}]*)?\}$/.exec(value);
    if (whole) return lookUp(answers, whole[1] ?? '', whole[2] ?? '');
    return value.replace(REFERENCE, (_all, name: string, path = '') => String(lookUp(answers, name, path)));
  }
  if (Array.isArray(value)) return value.map((each) => substitute(each, answers));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, substitute(each, answers)]));
  }
  return value;
}

function lookUp(answers: ReadonlyMap<string, unknown>, name: string, path: string): unknown {
  let current = answers.get(name);
  const steps = path.split(/[.[\]]/).filter((step) => step !== '');
  for (const step of steps) {
    const key =
      typeof current === 'object' && current !== null
        ? Object.keys(current).find((each) => each.toLowerCase() === step.toLowerCase())
        : undefined;
    current = key === undefined ? undefined : (current as Record<string, unknown>)[key];
  }
  if (current === undefined || !answers.has(name)) {
    throw new Missing(`Invalid reference specified. No value for ${name}${path} found in ${name}`);
  }
  return current;
}
