/** Where a record is: its collection and id, and the business key of what is written of it. */
export interface Place {
  collection: 'workspaces' | 'stories' | 'workspace_resources' | 'workspace_allocations';
  id: string;
  key: string;
}
