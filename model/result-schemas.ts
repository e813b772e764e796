import results from './results.v1.schema.json' with { type: 'json' };

/** What the operations answer, and what that is made of, by name; each refers to others by `#/$defs/`. */
export default results.$defs;
