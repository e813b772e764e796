import { createHash } from 'node:crypto';
import { canonicalJson, type Json } from '../../model/json.ts';

/** The same for what says the same, and nothing of what it says. */
export const printOf = (of: Json): string => createHash('sha256').update(canonicalJson(of)).digest('hex');
