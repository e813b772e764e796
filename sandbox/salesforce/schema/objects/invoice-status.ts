import { date, type Field, money, text } from '../field.ts';

/** Fields that show the newest invoice. The margin is finance's own: the integration user sees it and may not write it. */
export const invoiceStatusFields = (): Field[] => [
  text('Invoice_Id__c', 80),
  text('Invoice_Version__c', 40),
  text('Invoice_Number__c', 80),
  text('Invoice_Status__c', 40),
  date('Invoice_Date__c'),
  date('Invoice_Due_Date__c'),
  date('Invoice_Paid_Date__c'),
  money('Invoice_Gross__c'),
  money('Invoice_Open__c'),
  text('Invoice_Amount__c', 60),
  money('Invoice_Margin__c', 'N'),
  money('Project_Revenue__c'),
  money('Project_Margin__c'),
  text('Project_Margin_Percent__c', 20),
  text('Project_As_Of__c', 40),
];
