/** PostgreSQL has no text with U+0000 in it; where it matters (events) the JSON keeps it escaped. */
export const databaseText = (text: string): string => text?.replaceAll('\0', '\uFFFD');
