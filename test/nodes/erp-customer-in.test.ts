import should from 'should';
import declaration from '../../nodes/erp/customer-in/declaration.ts';
import { looksInTheBooks } from './looks-in-the-books.ts';

looksInTheBooks(declaration, 'customer.poll', (clients) => {
  should(clients).match([{ code: 'ACC-0001' }, { code: 'ACC-0002' }, { code: 'ACC-0003' }]);
});
