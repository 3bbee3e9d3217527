-- One person's act on one alert. It counts only when confirmed by mail, or apart as self-reported.
create table action (
  organisation_id integer not null,
  action_id uuid not null,
  alert_id uuid not null,
  alert_version integer not null,
  kind text not null check (kind in ('by_mail', 'by_hand')),
  state text not null check (state in
    ('submitted', 'confirmed', 'self_reported', 'withdrawn', 'superseded', 'expired', 'disavowed')),
  language text not null,
  person_tag bytea,
  idempotency_tag bytea not null,
  content_tag bytea not null,
  supporter bytea,
  divisions text[] not null,
  submitted_at timestamptz not null,
  confirmed_at timestamptz,
  ended_at timestamptz,
  reminded_at timestamptz,
  step_reminded_at timestamptz,
  foreign key (organisation_id, alert_id) references alert (organisation_id, alert_id),
  check (kind = 'by_hand' or person_tag is not null)
);

create unique index action_request on action (organisation_id, alert_id, idempotency_tag);
create unique index action_one_confirmed on action (organisation_id, alert_id, person_tag)
  where state = 'confirmed';
create index action_unconfirmed on action (organisation_id, alert_id, person_tag) where state = 'submitted';
create index action_open on action (submitted_at) where state = 'submitted';
-- After the other indexes: on an empty table the planner finds them equally good and takes the youngest, and the
-- checks of foreign keys keep that plan while the table grows.
alter table action add primary key (organisation_id, action_id);

create table action_event (
  organisation_id integer not null,
  event_id bigint not null generated always as identity,
  action_id uuid not null,
  at timestamptz not null,
  from_state text not null,
  to_state text not null,
  reason text not null,
  by_whom text not null,
  primary key (organisation_id, event_id),
  foreign key (organisation_id, action_id) references action (organisation_id, action_id)
);
create index action_event_of_action on action_event (organisation_id, action_id, event_id);

-- How many confirmation mails one address was sent today. The tag is an HMAC whose key changes daily.
create table address_quota (
  day date not null,
  tag bytea not null,
  mails integer not null,
  primary key (day, tag)
);

-- How many actions one network (/24, /64) began this hour. The tag is an HMAC whose key changes daily.
create table network_quota (
  hour timestamptz not null,
  tag bytea not null,
  actions integer not null,
  primary key (hour, tag)
);

-- The installation's hourly budget of confirmation mails, spent when a mail is leased.
create table mail_budget (
  hour timestamptz primary key,
  spent integer not null
);
