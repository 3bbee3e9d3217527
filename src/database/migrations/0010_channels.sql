alter table letter drop constraint letter_channel_check;
alter table letter add constraint letter_channel_check check (channel in
  ('cwc_house', 'cwc_senate', 'smtp', 'web_form', 'own_mail', 'telephone', 'paper', 'website'));

-- The office that a worker sends to: letters of one lane share its pace, its hours and its breaker.
-- Null where the supporter takes the last step.
alter table letter add column lane text collate "C" generated always as (case
  when channel = 'smtp' then 'smtp:' || coalesce(lower(office ->> 'email'), '')
  when channel in ('cwc_house', 'cwc_senate') then channel || ':' || coalesce(office ->> 'code', '')
end) stored;

-- The channel failed for good: the next one, or the supporter, must be found.
alter table letter add column advance_due boolean not null default false;
create index letter_to_advance on letter (changed_at) where advance_due;

drop index letter_due;
create index letter_due on letter (lane, due_at, sequence) where state = 'queued' and lane is not null;

-- How an office is written to. Null in a setting: as the channel has it.
create table office_lane (
  lane text collate "C" primary key,
  channel text not null,
  letters_per_hour integer check (letters_per_hour >= 1),
  opens_at time,
  closes_at time,
  time_zone text,
  weekdays_only boolean not null default false,
  -- When the next letter may go, by its pace.
  next_at timestamptz not null default '-infinity',
  -- Failures in a row within the window; the breaker opens at a certain number.
  failures integer not null default 0,
  failing_since timestamptz,
  opened_at timestamptz,
  probe_at timestamptz,
  last_failure text,
  paused_at timestamptz,
  check ((opened_at is null) = (probe_at is null)),
  check ((opens_at is null) = (closes_at is null)),
  check (opens_at is null or time_zone is not null)
);

create table office_lane_event (
  event_id bigint primary key generated always as identity,
  lane text collate "C" not null references office_lane (lane),
  at timestamptz not null,
  what text not null check (what in ('paused', 'resumed', 'pace_set', 'hours_set', 'breaker_opened', 'breaker_closed')),
  by_whom text not null,
  reason text not null
);
create index office_lane_event_of_lane on office_lane_event (lane, event_id);
