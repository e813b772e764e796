/** Who acts, and why: each act of a person is in the journal. */
export interface Act {
  actor: string;
  reason?: string;
}
