/** Whether a run's failure says why it is as it is; one that was done or ended by a person keeps what went wrong before. */
export function tellsWhy({ status, failure }: { status: string; failure?: { code: string } }): boolean {
  return failure?.code === 'OVERTAKEN' || (status !== 'done' && status !== 'cancelled');
}
