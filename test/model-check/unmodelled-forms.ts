import type { FormStore } from '../../engine/form-store.ts';

/** What the model check does not explore: questions to persons, and undoing. Asked for all the same, it says so. */
export class UnmodelledForms implements FormStore {
  suspend: FormStore['suspend'] = unmodelled;
  rouse: FormStore['rouse'] = unmodelled;
  requestApproval: FormStore['requestApproval'] = unmodelled;
  approvalOf: FormStore['approvalOf'] = unmodelled;
  approval: FormStore['approval'] = unmodelled;
  approvals: FormStore['approvals'] = unmodelled;
  decideApproval: FormStore['decideApproval'] = unmodelled;
  expireApproval: FormStore['expireApproval'] = unmodelled;
  escalateApproval: FormStore['escalateApproval'] = unmodelled;
  settleEffect: FormStore['settleEffect'] = unmodelled;
  compensate: FormStore['compensate'] = unmodelled;
  compensateFailed: FormStore['compensateFailed'] = unmodelled;
  effectCompensated: FormStore['effectCompensated'] = unmodelled;
  compensated: FormStore['compensated'] = unmodelled;
  backlog: FormStore['backlog'] = unmodelled;
}

function unmodelled(): Promise<never> {
  return Promise.reject(new Error('The model check does not explore this.'));
}
