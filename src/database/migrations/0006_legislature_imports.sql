-- A source need not say from when or until when its legislature holds.
alter table legislature_set alter column valid_from drop not null;
alter table legislature_set alter column valid_until drop not null;
-- What the set holds, counted when it was imported; null in sets that were stored before.
alter table legislature_set add column counts jsonb;
