/** The records of a deal, as the simulator of the CRM loads them, with the contract that it belongs to: active, and amended so many times. */
export function amendedContract(records: object[], { stamp, number }: { stamp?: string; number: number | null }): object[] {
  const typeOf = (record: object) => (record as { attributes: { type: string } }).attributes.type;
  const account = records.find((record) => typeOf(record) === 'Account') as { Id: string };
  const Id = `800${account.Id.slice(3)}`;
  const contract = {
    attributes: { type: 'Contract' },
    Id,
    AccountId: account.Id,
    Status: 'Activated',
    StartDate: '2026-12-01',
    Amendment_Number__c: number,
    ...(number === null ? {} : { Amendment_Effective_Date__c: '2027-01-01', Amendment_Reason__c: 'The client needs a month more' }),
    ...(stamp ? { SystemModstamp: stamp, LastModifiedDate: stamp, CreatedDate: stamp } : {}),
  };
  const tied = records.map((record) => (typeOf(record) === 'Opportunity' ? { ...record, ContractId: Id } : record));
  return [account, contract, ...tied.filter((record) => typeOf(record) !== 'Account')];
}
