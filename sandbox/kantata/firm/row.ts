export type KantataRow = { id: string } & Record<string, unknown>;
