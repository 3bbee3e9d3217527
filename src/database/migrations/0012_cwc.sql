-- The key by which an organisation sends through a legislature's own mail system, sealed under the organisation's data
-- key. A row for each key that ever was; the cell of one that ended is forgotten.
create table channel_key (
  organisation_id integer not null references organisation (organisation_id),
  channel_key_id uuid not null,
  channel text not null check (channel in ('cwc_house', 'cwc_senate')),
  sealed bytea,
  set_at timestamptz not null,
  set_by text not null,
  ended_at timestamptz,
  ended_by text,
  primary key (organisation_id, channel_key_id),
  check ((ended_at is null) = (ended_by is null) and (ended_at is null) = (sealed is not null))
);
create unique index channel_key_in_use on channel_key (organisation_id, channel) where ended_at is null;

-- The offices that take letters by a legislature's own mail system, as it lists them at one address: its test system
-- has another list. After a failure the last list stays.
create table active_offices (
  channel text not null check (channel in ('cwc_house', 'cwc_senate')),
  source text not null,
  codes text[] not null default '{}',
  fetched_at timestamptz,
  tried_at timestamptz not null,
  failure text,
  primary key (channel, source),
  check (fetched_at is not null or failure is not null)
);
