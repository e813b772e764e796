import schemas from '../../../model/result-schemas.ts';
import type { Fields } from '../schema.ts';

const withoutTypes = (keyword: string, value: unknown) => (keyword === 'tsType' ? undefined : value);

/** What operations answer, as the model states it, with the references of this document. */
export const resultSchemas = JSON.parse(JSON.stringify(schemas, withoutTypes).replaceAll('#/$defs/', '#/components/schemas/')) as Fields;
