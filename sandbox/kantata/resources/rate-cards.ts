import { externalReferences, manyBy, one } from '../associations.ts';
import { boolean, date, integer, stamps, string } from '../attributes.ts';
import { invalid } from '../errors.ts';
import { equals, oneOf } from '../filters.ts';
import type { Resource } from '../resource.ts';

const administratorsOnly = 'all';

export const rateCardSets: Resource = {
  collection: 'rate_card_sets',
  singular: 'rate_card_set',
  subjectType: 'RateCardSet',
  attributes: { title: string, account_default: boolean, ...stamps },
  associations: {
    rate_cards: manyBy('rate_cards', 'rate_card_ids', 'rate_card_set_id'),
    rate_card_set_versions: manyBy('rate_card_set_versions', 'rate_card_set_version_ids', 'rate_card_set_id'),
  },
  create: ['title'],
  update: ['title'],
  required: { title: "Title can't be blank" },
  destroy: true,
  administratorsOnly,
};

/** The day from which the versions of its rate cards hold. */
export const rateCardSetVersions: Resource = {
  collection: 'rate_card_set_versions',
  singular: 'rate_card_set_version',
  subjectType: 'RateCardSetVersion',
  attributes: { active: boolean, effective_date: date, ...stamps },
  associations: {
    rate_card_set: one('rate_card_sets', 'rate_card_set_id'),
    rate_card_versions: manyBy('rate_card_versions', 'rate_card_version_ids', 'rate_card_set_version_id'),
  },
  create: ['rate_card_set_id', 'effective_date'],
  update: ['effective_date'],
  required: { rate_card_set_id: "Rate card set can't be blank" },
  destroy: true,
  administratorsOnly,
};

/** One currency of a set. */
export const rateCards: Resource = {
  collection: 'rate_cards',
  singular: 'rate_card',
  subjectType: 'RateCard',
  attributes: {
    currency: string,
    uses: { type: 'integer', compute: (row, call) => call.store.where('workspaces', 'rate_card_id', row.id).length },
    ...stamps,
  },
  associations: {
    rate_card_set: one('rate_card_sets', 'rate_card_set_id'),
    rate_card_versions: manyBy('rate_card_versions', 'rate_card_version_ids', 'rate_card_id'),
    effective_rate_card_version: {
      collection: 'rate_card_versions',
      key: 'effective_rate_card_version_id',
      ids: (row, store) =>
        store
          .where('rate_card_versions', 'rate_card_id', row.id)
          .slice(-1)
          .map((version) => version.id),
    },
    ...externalReferences('RateCard'),
  },
  create: ['rate_card_set_id', 'currency'],
  update: ['currency'],
  required: { currency: "Currency can't be blank" },
  destroy: true,
  administratorsOnly,
  keep: (row, call) => (call.store.where('workspaces', 'rate_card_id', row.id).length > 0 ? [invalid('base', 'Rate card is in use')] : []),
};

/** Rates in cents per hour. */
export const rateCardVersions: Resource = {
  collection: 'rate_card_versions',
  singular: 'rate_card_version',
  subjectType: 'RateCardVersion',
  attributes: { default_rate: integer, ...stamps },
  associations: {
    rate_card: one('rate_cards', 'rate_card_id'),
    rate_card_set_version: one('rate_card_set_versions', 'rate_card_set_version_id'),
    rate_card_roles: manyBy('rate_card_roles', 'rate_card_role_ids', 'rate_card_version_id'),
  },
  create: ['default_rate', 'rate_card_id', 'rate_card_set_version_id'],
  update: ['default_rate'],
  filters: { rate_card_id: equals('rate_card_id'), rate_card_ids: oneOf('rate_card_id') },
  administratorsOnly,
};

/** The rate of one role: cents per hour. */
export const rateCardRoles: Resource = {
  collection: 'rate_card_roles',
  singular: 'rate_card_role',
  subjectType: 'RateCardRole',
  attributes: { rate: integer, ...stamps },
  associations: { role: one('roles', 'role_id'), rate_card_version: one('rate_card_versions', 'rate_card_version_id') },
  create: ['rate_card_version_id', 'role_id', 'rate'],
  update: ['rate'],
  required: { rate_card_version_id: "Rate card version can't be blank", role_id: "Role can't be blank", rate: "Rate can't be blank" },
  destroy: true,
  filters: { rate_card_version_id: equals('rate_card_version_id') },
  administratorsOnly,
  validate: ({ change, existing, errors, call, value }) => {
    if (change['role_id'] && !call.store.find('roles', change['role_id'])) errors.push(invalid('role_id', 'Role does not exist'));
    const versionId = value('rate_card_version_id');
    if (versionId && !call.store.find('rate_card_versions', versionId))
      errors.push(invalid('rate_card_version_id', 'Rate card version does not exist'));
    const twin =
      !existing &&
      call.store.where('rate_card_roles', 'rate_card_version_id', versionId).some((row) => row['role_id'] === value('role_id'));
    if (twin) errors.push(invalid('role_id', 'Role has already been taken'));
  },
};
