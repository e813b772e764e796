import {
  auditFields,
  currencyField,
  deletedField,
  field,
  flag,
  idField,
  longText,
  lookup,
  money,
  picklist,
  text,
  url,
  viewedFields,
} from '../field.ts';
import { sobject } from '../object.ts';
import { CURRENCIES } from '../picklists.ts';

export const product2 = sobject('Product2', '01t', 'Product', 'Products', [
  idField('Product'),
  text('Name', 255, 'CU', { nameField: true, label: 'Product Name', idLookup: true }),
  text('ProductCode', 255, 'CUN', { idLookup: true }),
  longText('Description', 4000, 'CUN', { label: 'Product Description' }),
  flag('IsActive', 'CUD', { label: 'Active' }),
  currencyField(CURRENCIES),
  ...auditFields(),
  picklist('Family', ['None', 'Consulting', 'Managed Service', 'Training', 'Expenses'], 'CUN', { label: 'Product Family' }),
  lookup('ExternalDataSourceId', 'ExternalDataSource', null),
  text('ExternalId', 255),
  url('DisplayUrl', 'CUN', { length: 1000 }),
  picklist('QuantityUnitOfMeasure', ['Each', 'Hour', 'Day']),
  deletedField(),
  flag('IsArchived', 'D'),
  ...viewedFields(),
  text('StockKeepingUnit', 180, 'CUN', { label: 'Product SKU', idLookup: true }),
]);

export const pricebook2 = sobject('Pricebook2', '01s', 'Price Book', 'Price Books', [
  idField('Price Book'),
  deletedField(),
  text('Name', 255, 'CU', { nameField: true, label: 'Price Book Name' }),
  ...auditFields(),
  ...viewedFields(),
  flag('IsActive', 'CUD', { label: 'Active' }),
  flag('IsArchived', 'D'),
  text('Description', 255),
  flag('IsStandard', 'D', { label: 'Is Standard Price Book' }),
]);

export const pricebookEntry = sobject('PricebookEntry', '01u', 'Price Book Entry', 'Price Book Entries', [
  idField('Price Book Entry'),
  text('Name', 255, 'N', { nameField: true, label: 'Product Name' }),
  lookup('Pricebook2Id', 'Pricebook2', 'PricebookEntries', 'C', {
    label: 'Price Book ID',
    child: { name: 'PricebookEntries', cascade: true },
  }),
  lookup('Product2Id', 'Product2', 'PricebookEntries', 'C', { label: 'Product ID', child: { name: 'PricebookEntries', cascade: true } }),
  currencyField(CURRENCIES),
  money('UnitPrice', 'CU', { label: 'List Price' }),
  flag('IsActive', 'CUD', { label: 'Active' }),
  flag('UseStandardPrice', 'CUD'),
  ...auditFields(),
  text('ProductCode', 255, 'N'),
  deletedField(),
  flag('IsArchived', 'D'),
]);

/** Exchange rates against the corporate currency: `ConversionRate` units of the currency buy one corporate unit. */
export const currencyType = sobject('CurrencyType', '01L', 'Currency Type', 'Currency Types', [
  idField('Currency Type'),
  picklist('IsoCode', CURRENCIES, 'CU', { length: 3, restricted: true, nameField: true, label: 'Currency ISO Code' }),
  field('ConversionRate', 'double', 'CU', { precision: 18, scale: 6 }),
  field('DecimalPlaces', 'int', 'CU', { digits: 1 }),
  flag('IsActive', 'CUD', { label: 'Active' }),
  flag('IsCorporate', 'CUD', { label: 'Corporate' }),
  ...auditFields(),
]);
