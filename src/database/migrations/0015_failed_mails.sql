-- `failed`: a letter failed for good; to the supporter.
alter table mail drop constraint mail_kind_check;
alter table mail add constraint mail_kind_check
  check (kind in ('confirmation', 'reminder', 'copy', 'step', 'disavowal', 'stopped', 'failed'));
drop index mail_due;
create index mail_due on mail (due_at, sequence)
  where state = 'queued' and kind in ('copy', 'step', 'disavowal', 'stopped', 'failed');
