import type { Automation } from './automation.ts';
import { contract } from './contract.ts';
import { lineItem, pricebookEntry } from './line-item.ts';
import { opportunity } from './opportunity.ts';
import { detailOfOpportunity, personName, primaryContact, task } from './small-rules.ts';

const NOTHING: Automation = {};

const TABLE: Readonly<Record<string, Automation>> = {
  Contact: personName,
  User: personName,
  Opportunity: opportunity,
  OpportunityLineItem: lineItem,
  OpportunityContactRole: primaryContact,
  PricebookEntry: pricebookEntry,
  Contract: contract,
  Task: task,
  Engagement_Phase__c: detailOfOpportunity,
  Engagement_Task__c: detailOfOpportunity,
  Engagement_Milestone__c: detailOfOpportunity,
  Staffing_Need__c: detailOfOpportunity,
  Rate_Card_Line__c: detailOfOpportunity,
};

export const automationOf = (object: string): Automation => TABLE[object] ?? NOTHING;
