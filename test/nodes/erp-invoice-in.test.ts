import should from 'should';
import declaration from '../../nodes/erp/invoice-in/declaration.ts';
import { looksInTheBooks } from './looks-in-the-books.ts';

looksInTheBooks(declaration, 'invoice.poll', (invoices) => {
  should(invoices.map((invoice) => (invoice as { number: string }).number)).deepEqual(['INV-1', 'INV-2', 'INV-3']);
});
