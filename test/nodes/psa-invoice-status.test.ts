import declaration from '../../nodes/psa/invoice-status/declaration.ts';
import { conformance } from '../../sandbox/kantata/conformance.ts';
import { showsAnInvoice } from './shows-an-invoice.ts';

showsAnInvoice(declaration, { side: 'psa', system: 'kantata', conformance, project: { id: '102', code: 'ENG-0001' } });
