/** The organisation's tables: every key begins with `organisation_id`, so that it can be the distribution column. */
export const ORGANISATION_TABLES = [
  'organisation',
  'data_key',
  'destroyed_key',
  'alert',
  'alert_version',
  'alert_event',
  'picture',
  'action',
  'action_event',
  'letter',
  'letter_event',
  'delivery',
  'channel_key',
  'mail',
  'inbound_mail',
  'inbound_notice',
] as const;

/** The installation's tables: the same for every organisation. */
export const INSTALLATION_TABLES = [
  'installation',
  'migration',
  'legislature_set',
  'legislature_activation',
  'legislature_edit',
  'street_county',
  'street_range',
  'address_quota',
  'network_quota',
  'mail_budget',
  'office_lane',
  'office_lane_event',
  'active_offices',
  'office_address',
] as const;
