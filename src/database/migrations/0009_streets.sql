-- The street addresses of one county, as the Census publishes them (ADDRFEAT). Imported whole, replaced whole.
create table street_county (
  county text primary key check (county ~ '^[0-9]{5}$'),
  name text not null,
  edition text not null,
  file text not null,
  sha256 bytea not null check (length(sha256) = 32),
  ranges integer not null check (ranges >= 0),
  imported_at timestamptz not null,
  imported_by text not null
);

-- The house numbers of one side of one line. `street` is the name in the form that names are compared in, `core` the
-- same without directions and kind; `line` is longitude, latitude, ... in 1e-7 degrees, from `first` to `last`.
create table street_range (
  street_range_id bigint primary key generated always as identity,
  county text not null references street_county (county) on delete cascade,
  postcode text not null,
  core text not null,
  street text not null,
  name text not null,
  side text not null check (side in ('left', 'right')),
  prefix text not null,
  first integer not null check (first >= 0),
  last integer not null check (last >= 0),
  parity text not null check (parity in ('odd', 'even', 'both')),
  line integer[] not null check (cardinality(line) >= 4 and cardinality(line) % 2 = 0)
);
create index street_range_street on street_range (postcode, core, street);
create index street_range_county on street_range (county);
