import should from 'should';
import { generateFirm } from '../../sandbox/firm/firm.ts';
import { erpId } from '../../sandbox/netsuite/firm/erp-ids.ts';
import { templateAtWork } from './template-at-work.ts';

describe('The template flow "Invoice status to CRM and PSA"', function () {
  this.timeout(120_000);
  const at = templateAtWork('invoice-status-to-crm-and-psa.json');

  /** A project of the firm that bears the code of its deal, and that all three systems know. */
  const project = () => {
    const { salesforce, access } = at.sandbox;
    const deals = Object.values(salesforce.state.records['Opportunity'] ?? {});
    const known = new Map(deals.map((deal) => [deal['Engagement_Code__c'], deal]));
    return generateFirm(access.firm).projects.find(({ code, currency }) => known.get(code)?.['CurrencyIsoCode'] === currency)!;
  };
  const dealOf = (code: string) =>
    Object.values(at.sandbox.salesforce.state.records['Opportunity'] ?? {}).find((deal) => deal['Engagement_Code__c'] === code)!;
  const load = (records: object) => at.sandbox.netsuite.definition.load(at.sandbox.netsuite, { records });

  it('shows an invoice to sales and delivery as it is posted and as it is paid, also when an answer is lost and the process dies', async () => {
    const { code, customer, legalEntity, currency } = project();
    const { sandbox, live, flow } = at;
    const invoice = (externalId: string, taxTotal = 190) => ({
      externalId,
      tranId: externalId,
      entity: { externalId: erpId(customer) },
      job: { externalId: code },
      subsidiary: { externalId: legalEntity },
      currency: { externalId: currency },
      taxTotal,
      item: { items: [{ item: { externalId: 'SVC-CONSULTING' }, quantity: 10, rate: 100 }] },
    });
    await live.deploy(flow.map((node) => (node.type === 'erp-invoice-in' ? { ...node, since: '2025-01-01', intervalSeconds: 0.5 } : node)));
    sandbox.salesforce.faults.add([{ kind: 'dropAfter', match: { method: 'PATCH', bodyContains: 'INV-E2E' } }]);
    sandbox.kantata.faults.add([{ kind: 'dropAfter', match: { method: 'POST', bodyContains: 'INV-E2E' } }]);
    load({ invoice: [invoice('INV-E2E')] });
    const id = `netsuite:${Object.values(sandbox.netsuite.state.records['invoice'] ?? {}).find(({ externalId }) => externalId === 'INV-E2E')!.id}`;
    const posted = await live.ended(id, 60);
    posted.status.should.equal('done', JSON.stringify(posted.failure));
    should(dealOf(code)).containEql({ Invoice_Number__c: 'INV-E2E', Invoice_Status__c: 'posted', Invoice_Open__c: 1190 });
    should(dealOf(code)['Invoice_Margin__c']).equal(undefined);
    const values = () => Object.values(sandbox.kantata.state.rows['custom_field_values'] ?? {}).map(({ value }) => value);
    values().should.containEql('posted').and.containEql(id);
    await live.stop('SIGKILL');
    await live.restart();
    load({
      customerPayment: [
        {
          externalId: 'PAY-E2E',
          customer: { externalId: erpId(customer) },
          subsidiary: { externalId: legalEntity },
          apply: { items: [{ apply: true, doc: { externalId: 'INV-E2E' }, amount: 1190 }] },
        },
      ],
    });
    await live.until(() => dealOf(code)['Invoice_Status__c'] === 'paid' && values().includes('paid'), 'the payment is shown', 60);
    should(dealOf(code)['Invoice_Open__c']).equal(0);
    values()
      .filter((value) => value === 'INV-E2E')
      .should.have.length(1);
  });

  it('shows the invoice of a second legal entity on the deal that it delivers to, and on its own project', async () => {
    const { sandbox } = at;
    const second = generateFirm(sandbox.access.firm).projects.find(({ code, engagement }) => code !== engagement.code)!;
    const { code, customer, legalEntity, currency, engagement } = second;
    load({
      invoice: [
        {
          externalId: 'INV-SECOND',
          tranId: 'INV-SECOND',
          entity: { externalId: erpId(customer) },
          job: { externalId: code },
          subsidiary: { externalId: legalEntity },
          currency: { externalId: currency },
          item: { items: [{ item: { externalId: 'SVC-CONSULTING' }, quantity: 1, rate: 50 }] },
        },
      ],
    });
    const { id } = Object.values(sandbox.netsuite.state.records['invoice'] ?? {}).find(({ externalId }) => externalId === 'INV-SECOND')!;
    const run = await at.live.ended(`netsuite:${id}`, 60);
    run.status.should.equal('done', JSON.stringify(run.failure));
    should(dealOf(engagement.code)).containEql({ Invoice_Number__c: 'INV-SECOND', Invoice_Status__c: 'posted' });
    const { rows } = sandbox.kantata.state;
    const reference = Object.values(rows['external_references'] ?? {}).find((row) => row['service_model_ref'] === code)!;
    const shown = Object.values(rows['custom_field_values'] ?? {}).filter(
      (row) => String(row['subject_id']) === String(reference['subject_id']),
    );
    shown.map(({ value }) => value).should.containEql('INV-SECOND');
  });
});
