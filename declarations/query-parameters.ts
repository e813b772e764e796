const kinds = ['text', 'date', 'integer'] as const;

/** What a caller may put behind the `?` of an address. */
export interface QueryParameter {
  name: string;
  kind: (typeof kinds)[number];
  required: boolean;
}

/** As a form has them: `start:date, end:date, role?`. A name alone is a text that has to be there, `?` says that it may be absent. Undefined = they cannot be read. */
export function queryParameters(text: string): QueryParameter[] | undefined {
  const given = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const read = given.map((part): QueryParameter | undefined => {
    const [, name, absent, kind = 'text'] = /^([A-Za-z][\w-]{0,59})(\?)?(?::([a-z]+))?$/.exec(part) ?? [];
    const known = kinds.find((one) => one === kind);
    return name === undefined || !known ? undefined : { name, kind: known, required: absent === undefined };
  });
  const all = read.filter((one) => one !== undefined);
  return all.length < given.length || new Set(all.map(({ name }) => name)).size < all.length ? undefined : all;
}
