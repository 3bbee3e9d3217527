-- A correction of one set by hand. It holds over every import, until another row undoes it. Rows are written once.
-- `number` counts within the set; the highest is the overlay's number.
create table legislature_edit (
  set_id text not null,
  number integer not null check (number >= 1),
  change jsonb,
  undoes integer,
  edited_at timestamptz not null,
  edited_by text not null check (edited_by <> ''),
  reason text not null check (reason <> ''),
  primary key (set_id, number),
  unique (set_id, undoes),
  foreign key (set_id, undoes) references legislature_edit (set_id, number),
  check ((change is null) = (undoes is not null)),
  check (undoes < number)
);
create trigger legislature_edit_is_append_only before update or delete on legislature_edit
  for each row execute function refuse_change();

-- Null: at once. A version with a time takes effect then, unless another took effect at once after that time.
alter table legislature_activation add column takes_effect timestamptz;

-- `stopped`: a letter was stopped, since whom it is to left office; to the supporter.
alter table mail drop constraint mail_kind_check;
alter table mail add constraint mail_kind_check
  check (kind in ('confirmation', 'reminder', 'copy', 'step', 'disavowal', 'stopped'));
drop index mail_due;
create index mail_due on mail (due_at, sequence)
  where state = 'queued' and kind in ('copy', 'step', 'disavowal', 'stopped');
