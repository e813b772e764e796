/**
 * The map of the crosswalk that says who owns what: its `from` is the object, its `value` the field, its `target` the system that owns it, its `to` who is
 * told (`*` = whoever). So a field has one owner towards each system on each day, as a value has one translation.
 */
export const ownershipTable = 'ownership';

/** What its columns are called. */
export const ownershipColumns = { from: 'object', value: 'field', target: 'owner', to: 'to' } as const;
