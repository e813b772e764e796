const name = /^[A-Za-z0-9._~-]+$/;
const parameter = /^\{([A-Za-z][A-Za-z0-9]{0,59})\}$/;

/** A part of an API's path: a name as it stands in an address, or a parameter. */
export type PathPart = { name: string } | { parameter: string };

/** A path below the version of an API, such as `projects/{code}/status`; undefined = it cannot be one. */
export function apiPath(text: string): PathPart[] | undefined {
  const trimmed = text.trim().replace(/^\/|\/$/g, '');
  if (trimmed === '' || trimmed.length > 200) return undefined;
  const parts = trimmed.split('/').map((part): PathPart | undefined => {
    const called = parameter.exec(part)?.[1];
    if (called !== undefined) return { parameter: called };
    return name.test(part) && part !== '.' && part !== '..' ? { name: part } : undefined; // a client takes dots out before it asks
  });
  const parameters = parts.flatMap((part) => (part && 'parameter' in part ? [part.parameter] : []));
  return parts.includes(undefined) || new Set(parameters).size < parameters.length ? undefined : (parts as PathPart[]);
}
