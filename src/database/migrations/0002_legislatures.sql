-- One imported version of a legislature. It belongs to the installation, is named by its content, and never changes.
-- `content` is the compressed set; `sha256` is that of the content before compression.
create table legislature_set (
  set_id text not null check (set_id ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  version text not null,
  sha256 bytea not null check (length(sha256) = 32),
  name text not null,
  country text not null check (country ~ '^[a-z]{2}$'),
  valid_from date not null,
  valid_until date not null,
  source jsonb not null,
  officeholders integer not null check (officeholders >= 0),
  vacant_seats integer not null check (vacant_seats >= 0),
  content bytea not null,
  imported_at timestamptz not null,
  imported_by text not null,
  primary key (set_id, version),
  unique (set_id, sha256),
  check (valid_from <= valid_until)
);
-- Compressed already.
alter table legislature_set alter column content set storage external;

create function refuse_change() returns trigger language plpgsql as
$$ begin raise exception 'rows of % are written once', tg_table_name; end $$;
create trigger legislature_set_is_immutable before update on legislature_set
  for each row execute function refuse_change();

-- Which version answers. The newest row of a set is live, so an older version is brought back by one more row.
create table legislature_activation (
  activation_id bigint primary key generated always as identity,
  set_id text not null,
  version text not null,
  activated_at timestamptz not null,
  activated_by text not null,
  reason text not null,
  foreign key (set_id, version) references legislature_set (set_id, version)
);
create index legislature_activation_newest on legislature_activation (set_id, activation_id desc);
