-- One letter to one officeholder. The state is moved only by the table in delivery/letter-states.ts.
create table letter (
  organisation_id integer not null,
  letter_id uuid not null,
  sequence bigint not null generated always as identity,
  action_id uuid not null,
  alert_id uuid not null,
  person_tag bytea,
  officeholder_id text not null,
  office jsonb not null,
  channel text not null check (channel in ('smtp', 'web_form', 'website')),
  state text not null check (state in ('held', 'queued', 'sending', 'accepted', 'settled', 'bounced', 'refused',
    'unclear', 'waiting', 'stopped', 'rehearsed', 'handed_over', 'withdrawn', 'expired')),
  composer smallint not null,
  sha256 bytea not null,
  content bytea,
  text_tag bytea not null,
  own_words real not null check (own_words between 0 and 1),
  changed_at timestamptz not null,
  due_at timestamptz,
  first_tried_at timestamptz,
  attempts integer not null default 0,
  -- Taken back while it was being sent: the outcome stands, but it is not tried again.
  withdraw_reason text check (withdraw_reason in ('withdrawn', 'not_me')),
  lease_owner text,
  leased_until timestamptz,
  foreign key (organisation_id, action_id) references action (organisation_id, action_id),
  check ((state = 'sending') = (lease_owner is not null))
);

create unique index letter_one_live on letter (organisation_id, alert_id, person_tag, officeholder_id)
  where state in ('queued', 'sending', 'accepted', 'settled', 'unclear', 'waiting', 'rehearsed', 'handed_over')
    and person_tag is not null;
create index letter_of_action on letter (organisation_id, action_id);
create index letter_due on letter (due_at, sequence) where state = 'queued';
create index letter_to_rehearse on letter (due_at, sequence) where state = 'rehearsed' and due_at is not null;
create index letter_taken_back on letter (organisation_id, letter_id)
  where state = 'queued' and withdraw_reason is not null;
create index letter_leased on letter (leased_until) where state = 'sending';
create index letter_changed on letter (state, changed_at) where content is not null;
-- After the other indexes, as for actions.
alter table letter add primary key (organisation_id, letter_id);

-- One row per channel tried. Its message id never changes, whatever the number of tries.
create table delivery (
  organisation_id integer not null,
  delivery_id uuid not null,
  letter_id uuid not null,
  channel text not null,
  message_id text not null,
  tries integer not null default 0,
  accepted_by text check (accepted_by in ('office', 'relay')),
  accepted_at timestamptz,
  answer text,
  host text,
  created_at timestamptz not null,
  primary key (organisation_id, delivery_id),
  unique (organisation_id, letter_id, channel),
  unique (organisation_id, message_id),
  foreign key (organisation_id, letter_id) references letter (organisation_id, letter_id)
);

create table letter_event (
  organisation_id integer not null,
  event_id bigint not null generated always as identity,
  letter_id uuid not null,
  at timestamptz not null,
  from_state text,
  to_state text not null,
  reason text not null,
  by_whom text not null,
  primary key (organisation_id, event_id),
  foreign key (organisation_id, letter_id) references letter (organisation_id, letter_id)
);
create index letter_event_of_letter on letter_event (organisation_id, letter_id, event_id);

-- Our own mail: to a supporter a confirmation, a reminder, a copy, a word on a step that is theirs; to an office the disavowal of a letter that
-- it got. Leased by the same loop as letters.
create table mail (
  organisation_id integer not null,
  mail_id uuid not null,
  sequence bigint not null generated always as identity,
  action_id uuid not null,
  letter_id uuid,
  kind text not null check (kind in ('confirmation', 'reminder', 'copy', 'step', 'disavowal')),
  state text not null check (state in ('queued', 'sending', 'accepted', 'refused', 'rehearsed', 'dropped')),
  due_at timestamptz not null,
  first_tried_at timestamptz,
  attempts integer not null default 0,
  lease_owner text,
  leased_until timestamptz,
  answer text,
  changed_at timestamptz not null,
  primary key (organisation_id, mail_id),
  foreign key (organisation_id, action_id) references action (organisation_id, action_id),
  foreign key (organisation_id, letter_id) references letter (organisation_id, letter_id),
  check ((kind = 'disavowal') = (letter_id is not null)),
  check ((state = 'sending') = (lease_owner is not null))
);
create index mail_due on mail (due_at, sequence) where state = 'queued' and kind in ('copy', 'step', 'disavowal');
-- The kinds that spend the hourly budget: a backlog of these must not hold up the others.
create index mail_due_in_budget on mail (due_at, sequence)
  where state = 'queued' and kind in ('confirmation', 'reminder');
create index mail_leased on mail (leased_until) where state = 'sending';
create index mail_of_action on mail (organisation_id, action_id);
