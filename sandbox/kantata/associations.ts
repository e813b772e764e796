import type { Association } from './resource.ts';
import type { Row } from './state.ts';
import type { Store } from './store.ts';

/** A belongs-to whose key is stored on the row. */
export const one = (collection: string, key: string, captured?: 'captured'): Association => ({
  collection,
  key,
  ...(captured ? { captured: true } : {}),
});

/** A has-many whose ids are stored on the row. */
export const many = (collection: string, key: string, ids?: (row: Row, store: Store) => string[]): Association => ({
  collection,
  key,
  many: true,
  ...(ids ? { ids } : {}),
});

/** A has-many found by the other side's foreign key. */
export const manyBy = (collection: string, key: string, foreignKey: string): Association =>
  many(collection, key, (row, store) => store.where(collection, foreignKey, row.id).map((other) => other.id));

export const externalReferences = (subjectType: string): Record<string, Association> => ({
  external_references: many('external_references', 'external_reference_ids', (row, store) =>
    store.references(subjectType, row.id).map((reference) => reference.id),
  ),
});

export const customFieldValues = (subjectType: string): Record<string, Association> => ({
  custom_field_values: many('custom_field_values', 'custom_field_value_ids', (row, store) =>
    store
      .where('custom_field_values', 'subject_id', Number(row.id))
      .filter((value) => value['subject_type'] === subjectType)
      .map((value) => value.id),
  ),
});
