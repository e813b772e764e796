import declaration from '../../nodes/salesforce/invoice-status/declaration.ts';
import { conformance } from '../../sandbox/salesforce/conformance.ts';
import { showsAnInvoice } from './shows-an-invoice.ts';

showsAnInvoice(declaration, { side: 'crm', system: 'salesforce', conformance, project: { id: '102', code: 'ENG-1' } });
