-- What an organisation publishes. `content` is the validated AlertContent of its current version.
-- `key_id` names the data key of what supporters write; it is no foreign key, since the key is destroyed first.
create table alert (
  organisation_id integer not null references organisation (organisation_id),
  alert_id uuid not null,
  slug text not null check (slug ~ '^[a-z0-9][a-z0-9-]{0,79}$'),
  state text not null check (state in ('draft', 'published', 'closed')),
  version integer not null check (version >= 1),
  language text not null,
  dated date not null,
  content jsonb not null,
  key_id bytea not null,
  published_at timestamptz,
  closes_at timestamptz,
  closed_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (organisation_id, alert_id),
  unique (organisation_id, slug),
  check (state = 'draft' or published_at is not null),
  check ((state = 'closed') = (closed_at is not null))
);
create index alert_by_date on alert (organisation_id, dated desc, alert_id desc) where state <> 'draft';
create index alert_ending on alert (closes_at) where state = 'published';

-- Every content that an alert ever had. Rows are written once; an action names the version it answered.
create table alert_version (
  organisation_id integer not null,
  alert_id uuid not null,
  version integer not null,
  content jsonb not null,
  at timestamptz not null,
  reason text not null check (reason in ('imported', 'edited', 'corrected')),
  by_whom text not null,
  primary key (organisation_id, alert_id, version),
  foreign key (organisation_id, alert_id) references alert (organisation_id, alert_id)
);

create table alert_event (
  organisation_id integer not null,
  event_id bigint not null generated always as identity,
  alert_id uuid not null,
  at timestamptz not null,
  from_state text,
  to_state text not null,
  reason text not null,
  by_whom text not null,
  primary key (organisation_id, event_id),
  foreign key (organisation_id, alert_id) references alert (organisation_id, alert_id)
);
create index alert_event_of_alert on alert_event (organisation_id, alert_id, event_id);

-- A report's picture, named by its content.
create table picture (
  organisation_id integer not null references organisation (organisation_id),
  sha256 bytea not null check (length(sha256) = 32),
  media_type text not null check (media_type in ('image/jpeg', 'image/png', 'image/webp', 'image/avif')),
  width integer not null check (width > 0),
  height integer not null check (height > 0),
  bytes bytea not null,
  created_at timestamptz not null,
  primary key (organisation_id, sha256)
);
