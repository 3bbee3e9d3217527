-- `answered_at`: when the office answered last after it had not for a time (its breaker closed). `follow_up_at`: for
-- when its last follow-up was put down, so that these are spread by the pace too.
alter table office_lane
  add column answered_at timestamptz,
  add column follow_up_at timestamptz;

-- When the last try ended.
alter table delivery add column tried_at timestamptz;

-- What staff say of a letter that they moved. Its writer reads it on the receipt.
alter table letter_event add column note text;

-- `chased_at`: 14 days after the office's mail system took it, its writer was asked for the next step, or there was
-- none to take. `heard_at`: the writer says that an answer came.
alter table letter
  add column chased_at timestamptz,
  add column heard_at timestamptz;
create index letter_to_chase on letter (changed_at)
  where state = 'settled' and channel = 'smtp' and content is not null and chased_at is null;

-- `chase`: letters of an action went unanswered; to the supporter. `follow_up`: the supporter asks the office whether
-- it got the letter; to the office, once for each letter.
alter table mail drop constraint mail_kind_check;
alter table mail add constraint mail_kind_check check (kind in
  ('confirmation', 'reminder', 'copy', 'step', 'disavowal', 'stopped', 'failed', 'chase', 'follow_up'));
alter table mail drop constraint mail_check;
alter table mail add constraint mail_letter_check
  check ((kind in ('disavowal', 'follow_up')) = (letter_id is not null));
drop index mail_due;
create index mail_due on mail (due_at, sequence)
  where state = 'queued' and kind in ('copy', 'step', 'disavowal', 'stopped', 'failed', 'chase', 'follow_up');
create unique index mail_follow_up on mail (organisation_id, letter_id) where kind = 'follow_up';
