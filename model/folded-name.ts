/** A name that people type: those that differ in case or blanks only are the same to them. */
export const foldedName = (name: string): string => name.trim().replace(/\s+/g, ' ').toLowerCase();
