-- What mail systems reported of a delivery after it went; the time of each kind's first report. Of a bounce, the last one.
alter table delivery
  add column bounced_at timestamptz,
  add column bounce_reason text check (bounce_reason in ('no_such_address', 'no_such_domain', 'disabled', 'mailbox_full',
    'too_large', 'policy', 'content', 'gave_up', 'other')),
  add column bounce_status text,
  add column bounce_answer text,
  -- It moves the letter as soon as the letter is accepted: a bounce may be faster than the mail server's yes.
  add column bounce_waits boolean not null default false,
  add column delay_reported_at timestamptz,
  add column delivery_reported_at timestamptz,
  add column auto_replied_at timestamptz,
  add column complained_at timestamptz;
create index delivery_bounce_waits on delivery (organisation_id, delivery_id) where bounce_waits;
-- After the other indexes, as for actions: they are referred to from here on.
alter table delivery drop constraint delivery_pkey;
alter table delivery add primary key (organisation_id, delivery_id);
alter table mail drop constraint mail_pkey;
alter table mail add primary key (organisation_id, mail_id);

-- Every mail that came back, once, by the SHA-256 of the return address and its bytes; never its text.
create table inbound_mail (
  organisation_id integer not null,
  sha256 bytea not null check (length(sha256) = 32),
  delivery_id uuid,
  mail_id uuid,
  at timestamptz not null,
  kind text not null check (kind in ('failed', 'delayed', 'delivered', 'auto_reply', 'complaint', 'not_understood')),
  reason text,
  status text,
  answer text,
  primary key (organisation_id, sha256),
  foreign key (organisation_id, delivery_id) references delivery (organisation_id, delivery_id),
  foreign key (organisation_id, mail_id) references mail (organisation_id, mail_id),
  check (num_nonnulls(delivery_id, mail_id) = 1)
);
create index inbound_mail_of_delivery on inbound_mail (organisation_id, delivery_id) where delivery_id is not null;
create index inbound_mail_of_mail on inbound_mail (organisation_id, mail_id) where mail_id is not null;

-- What a person has to look at. The mail itself is sealed under its alert's key, and kept for 28 days or until it is done.
create table inbound_notice (
  organisation_id integer not null,
  notice_id uuid not null,
  kind text not null check (kind in ('not_understood', 'complaint', 'blocked')),
  -- Open notices of one kind about one subject are one notice.
  subject text not null,
  letter_id uuid,
  mail_id uuid,
  first_at timestamptz not null,
  last_at timestamptz not null,
  mails integer not null,
  answer text,
  raw bytea,
  done_at timestamptz,
  done_by text,
  done_reason text,
  primary key (organisation_id, notice_id),
  foreign key (organisation_id, letter_id) references letter (organisation_id, letter_id),
  foreign key (organisation_id, mail_id) references mail (organisation_id, mail_id),
  check ((done_at is null) = (done_by is null) and (done_at is null) = (done_reason is null)),
  check (done_at is null or raw is null)
);
create unique index inbound_notice_open on inbound_notice (organisation_id, kind, subject) where done_at is null;
create index inbound_notice_of_letter on inbound_notice (organisation_id, letter_id) where letter_id is not null;
create index inbound_notice_of_mail on inbound_notice (organisation_id, mail_id) where mail_id is not null;
create index inbound_notice_raw on inbound_notice (first_at) where raw is not null;

-- An office's address that failed for good: no letter goes there until staff clear the mark. A row for each mark.
create table office_address (
  mark_id bigint primary key generated always as identity,
  -- As the office shows it, in lower case.
  address text not null,
  since timestamptz not null,
  last_at timestamptz not null,
  bounces integer not null,
  reason text not null check (reason in ('no_such_address', 'no_such_domain')),
  status text,
  answer text,
  cleared_at timestamptz,
  cleared_by text,
  cleared_reason text,
  check ((cleared_at is null) = (cleared_by is null) and (cleared_at is null) = (cleared_reason is null))
);
create unique index office_address_dead on office_address (address) where cleared_at is null;
create index office_address_cleared on office_address (address, cleared_at) where cleared_at is not null;
