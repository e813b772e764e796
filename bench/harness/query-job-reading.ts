/** What the process that reads a query job says of it. */
export interface QueryJobReading {
  /** that the job is said to have had */
  rows: number;
  read: number;
  seconds: number;
  /** memory of the process after each twentieth, after a full garbage collection */
  rssMb: number[];
}
