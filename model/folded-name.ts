/** A name that people type: those that differ only in case, blanks, or in how an accent is encoded are the same to them. */
export const foldedName = (name: string): string => name.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();
