const next = (after: string) => `(SELECT entry FROM runs WHERE status IN ('ready', 'running', 'waiting') ${after} ORDER BY entry LIMIT 1)`;

/** From one entry node to the next in the index of open runs: of each only the first is looked at, however many there are. */
export const openEntries = `WITH RECURSIVE found (entry) AS (
    SELECT ${next('')}
    UNION ALL SELECT ${next('AND entry > found.entry')} FROM found WHERE found.entry IS NOT NULL
  ) SELECT entry FROM found WHERE entry IS NOT NULL ORDER BY entry`;
