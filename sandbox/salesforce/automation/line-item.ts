import { Decimal } from 'decimal.js';
import { fail } from '../failure.ts';
import type { Row } from '../store/state.ts';
import type { Work } from '../write/work.ts';
import { rollUpProducts } from './opportunity.ts';
import type { Automation } from './automation.ts';

/** Products of an opportunity (Object Reference, "OpportunityLineItem"). */
export const lineItem: Automation = {
  before(work, row, old, given) {
    const opportunity = work.records.live('Opportunity', String(row['OpportunityId']));
    const entry = opportunity && entryOf(work, row, opportunity);
    if (!entry) {
      if (!work.loading) throw fail('REQUIRED_FIELD_MISSING', 'Required fields are missing: [PricebookEntryId]', ['PricebookEntryId']);
      row['TotalPrice'] ??= priceOf(row);
      return;
    }
    if (opportunity && !old) checkBook(work, opportunity, entry);
    if (!work.loading && given.has('UnitPrice') && given.has('TotalPrice')) {
      throw fail(
        'FIELD_INTEGRITY_EXCEPTION',
        'field integrity exception: unknown (only one of unit price or total price may be specified)',
        [],
      );
    }
    Object.assign(row, {
      PricebookEntryId: entry.Id,
      Product2Id: entry['Product2Id'],
      ProductCode: entry['ProductCode'],
      ListPrice: entry['UnitPrice'],
      CurrencyIsoCode: opportunity?.['CurrencyIsoCode'] ?? entry['CurrencyIsoCode'],
      Name: `${opportunity?.['Name'] ?? ''} ${entry['Name'] ?? ''}`.trim(),
    });
    prices(row, given);
  },
  after(work, row) {
    rollUpProducts(work, String(row['OpportunityId']));
  },
  removed(work, row) {
    rollUpProducts(work, String(row['OpportunityId']));
  },
};

function entryOf(work: Work, row: Row, opportunity: Row): Row | undefined {
  if (row['PricebookEntryId']) return work.records.live('PricebookEntry', String(row['PricebookEntryId']));
  return work.records
    .by('PricebookEntry', 'Product2Id', row['Product2Id'])
    .find((each) => each['Pricebook2Id'] === opportunity['Pricebook2Id'] && each['CurrencyIsoCode'] === opportunity['CurrencyIsoCode']);
}

/** An opportunity takes the price book of its first product; later products must come from the same book, in its currency. */
function checkBook(work: Work, opportunity: Row, entry: Row): void {
  if (opportunity['Pricebook2Id'] === undefined) {
    work.records.put('Opportunity', { ...opportunity, Pricebook2Id: String(entry['Pricebook2Id']) });
  } else if (opportunity['Pricebook2Id'] !== entry['Pricebook2Id']) {
    const why = 'pricebook entry is in a different pricebook than the one assigned to the opportunity';
    throw fail('FIELD_INTEGRITY_EXCEPTION', `field integrity exception: PricebookEntryId (${why})`, ['PricebookEntryId']);
  }
  if (opportunity['CurrencyIsoCode'] !== entry['CurrencyIsoCode']) {
    const why = 'The pricebook entry currency code does not match the opportunity currency code.';
    throw fail('FIELD_INTEGRITY_EXCEPTION', `field integrity exception: PricebookEntryId (${why})`, ['PricebookEntryId']);
  }
}

function prices(row: Row, given: ReadonlySet<string>): void {
  const quantity = new Decimal(Number(row['Quantity'] ?? 0));
  const kept = new Decimal(100).minus(Number(row['Discount'] ?? 0)).dividedBy(100);
  if (given.has('TotalPrice') && !given.has('UnitPrice') && !quantity.isZero() && !kept.isZero()) {
    row['UnitPrice'] = new Decimal(Number(row['TotalPrice'] ?? 0)).dividedBy(quantity).dividedBy(kept).toDecimalPlaces(2).toNumber();
  } else {
    row['UnitPrice'] ??= Number(row['ListPrice'] ?? 0);
    row['TotalPrice'] = priceOf(row);
  }
  row['Subtotal'] = quantity
    .times(Number(row['UnitPrice'] ?? 0))
    .toDecimalPlaces(2)
    .toNumber();
}

const priceOf = (row: Row): number =>
  new Decimal(Number(row['Quantity'] ?? 0))
    .times(Number(row['UnitPrice'] ?? 0))
    .times(new Decimal(100).minus(Number(row['Discount'] ?? 0)))
    .dividedBy(100)
    .toDecimalPlaces(2)
    .toNumber();

/** A product needs a standard price before it can have another. */
export const pricebookEntry: Automation = {
  before(work, row, old) {
    const product = work.records.live('Product2', String(row['Product2Id']));
    Object.assign(row, { Name: product?.['Name'], ProductCode: product?.['ProductCode'] });
    row['CurrencyIsoCode'] ??= 'EUR';
    if (old || work.loading) return;
    const book = work.records.live('Pricebook2', String(row['Pricebook2Id']));
    const same = work.records
      .by('PricebookEntry', 'Product2Id', row['Product2Id'])
      .filter((each) => each['CurrencyIsoCode'] === row['CurrencyIsoCode']);
    if (same.some((each) => each['Pricebook2Id'] === row['Pricebook2Id'])) {
      throw fail('DUPLICATE_VALUE', 'This price definition already exists in this price book', []);
    }
    const standard = same.some((each) => work.records.live('Pricebook2', String(each['Pricebook2Id']))?.['IsStandard'] === true);
    if (book?.['IsStandard'] !== true && !standard) {
      throw fail('STANDARD_PRICE_NOT_DEFINED', 'No standard price defined for this product', []);
    }
  },
};
