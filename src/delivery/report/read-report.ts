import type { Alert } from '../../alerts/index.js';
import type { Context } from '../../context.js';
import { type Database, sql } from '../../database/index.js';
import { AppError } from '../../errors.js';
import type { OfficeSnapshot } from '../office.js';
import { FEWEST_SHOWN, hideSmall, type ShownCount } from './hide-small.js';

/** What an office is told of the letters to it on one alert: numbers, and no person. */
export interface OfficeReport {
  readonly office: Pick<OfficeSnapshot, 'name' | 'title' | 'chamber' | 'division'>;
  /** All that count; `few` leaves everything below empty. */
  readonly letters: ShownCount;
  readonly ways: readonly ReportRow<Way>[];
  readonly texts: readonly ReportRow<TextKind>[];
  /** How many different texts stand behind those that two people or more sent alike. */
  readonly sharedTexts: number | undefined;
  /** Each kind of division by itself: a letter counts once in each. */
  readonly divisions: readonly (readonly ReportRow<string>[])[];
  /** By the Monday of the week, in UTC: `YYYY-MM-DD`. */
  readonly weeks: readonly ReportRow<string>[];
}

export interface ReportRow<Key> {
  readonly key: Key;
  readonly letters: ShownCount;
}

/** Who took the letters: the office's or the legislature's system, our mail service, or the writers by themselves. */
export type Way = 'office' | 'relay' | 'evidence' | 'handed_over';

/** `suggested`: the organisation's text as it was. `shared`: changed, and the same as another's. The rest are alone. */
export type TextKind = 'suggested' | 'shared' | 'partly_own' | 'mostly_own';

const WAYS: readonly Way[] = ['office', 'relay', 'evidence', 'handed_over'];
const TEXTS: readonly TextKind[] = ['suggested', 'shared', 'partly_own', 'mostly_own'];
/** From this share of own words on a text is called mostly its writer's own. */
const MOSTLY_OWN = 0.5;

interface Question {
  readonly alert: Alert;
  /** The officeholder's id. */
  readonly officeId: string;
}

interface Count {
  readonly part: 'way' | 'text' | 'division' | 'week' | 'shared_texts';
  readonly key: string;
  readonly letters: number;
}

/**
 * Counts the letters to one office on an alert: confirmed by their writers or reported as sent by them, not taken back,
 * and not come back.
 * @throws AppError `not_found` where nobody wrote to that office.
 */
export async function readReport({ db }: Context, question: Question): Promise<OfficeReport> {
  const office = await readOffice(db, question);
  const counts = await readCounts(db, question);
  const ofPart = (part: Count['part']) => counts.filter((count) => count.part === part);
  const total = ofPart('way').reduce((sum, { letters }) => sum + letters, 0);
  const empty = { office, ways: [], texts: [], sharedTexts: undefined, divisions: [], weeks: [] };
  if (total < FEWEST_SHOWN) return { ...empty, letters: total === 0 ? 0 : 'few' };
  const names = await readDivisionNames(db, question);
  const kinds = Map.groupBy(ofPart('division'), ({ key }) => kindOf(key));
  const texts = hideSmall(inOrder(TEXTS, ofPart('text')));
  const shared = texts.find(({ key }) => key === 'shared')?.letters;
  return {
    office,
    letters: total,
    ways: hideSmall(inOrder(WAYS, ofPart('way'))),
    texts,
    sharedTexts: typeof shared === 'number' && shared > 0 ? ofPart('shared_texts')[0]?.letters : undefined,
    divisions: [...kinds.values()].map((rows) =>
      hideSmall(rows).map(({ key, letters }) => ({ key: names.get(key) ?? key, letters })),
    ),
    weeks: hideSmall(ofPart('week').toSorted((a, b) => a.key.localeCompare(b.key))),
  };
}

function inOrder<Key extends string>(keys: readonly Key[], counts: readonly Count[]) {
  return keys
    .map((key) => ({ key, letters: counts.find((count) => count.key === key)?.letters ?? 0 }))
    .filter(({ letters }) => letters > 0);
}

/** `cd` of `ocd-division/country:us/state:ca/cd:12`. */
function kindOf(division: string): string {
  return division.split('/').at(-1)?.split(':')[0] ?? '';
}

async function readOffice(db: Database, { alert, officeId }: Question): Promise<OfficeReport['office']> {
  const { rows } = await sql<{ office: OfficeReport['office'] }>`
    select office from letter
    where organisation_id = ${alert.organisationId} and alert_id = ${alert.alertId} and officeholder_id = ${officeId}
    order by sequence desc limit 1`.execute(db);
  const [found] = rows;
  if (found !== undefined) return found.office;
  throw new AppError('not_found', {
    detail: `Nobody wrote to "${officeId}" on "${alert.slug}". Those who were written to: redress letter list --alert ${alert.slug}`,
  });
}

async function readCounts(db: Database, { alert, officeId }: Question): Promise<readonly Count[]> {
  const { rows } = await sql<Count>`
    with counted as (
      select l.text_tag, l.own_words, a.divisions,
        case when l.state = 'handed_over' then 'handed_over' else coalesce(d.accepted_by, 'evidence') end as way,
        case when l.state = 'handed_over' then l.changed_at else coalesce(d.accepted_at, l.changed_at) end as at
      from letter l join action a using (organisation_id, action_id)
      left join delivery d using (organisation_id, letter_id, channel)
      where l.organisation_id = ${alert.organisationId} and l.alert_id = ${alert.alertId}
        and l.officeholder_id = ${officeId} and l.state in ('accepted', 'settled', 'handed_over')
        and l.withdraw_reason is null and a.state in ('confirmed', 'self_reported')
    ), shared as (
      select text_tag from counted where own_words > 0 group by 1 having count(*) > 1
    ), read as (
      select c.*, case when c.own_words = 0 then 'suggested' when s.text_tag is not null then 'shared'
        when c.own_words < ${MOSTLY_OWN}::real then 'partly_own' else 'mostly_own' end as text
      from counted c left join shared s using (text_tag)
    )
    select 'way' as part, way as key, count(*)::int as letters from read group by way
    union all select 'text', text, count(*)::int from read group by text
    union all select 'shared_texts', '', count(*)::int from shared
    union all select 'division', division, count(*)::int from read cross join lateral unnest(divisions) as d (division)
      group by division
    union all select 'week', to_char(date_trunc('week', at at time zone 'UTC'), 'YYYY-MM-DD'), count(*)::int from read
      group by 2
    order by letters desc, key`.execute(db);
  return rows;
}

/** As the letters of the alert call them. */
async function readDivisionNames(db: Database, { alert }: Question): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`
    select distinct on (id) office #>> '{division,id}' as id, office #>> '{division,name}' as name from letter
    where organisation_id = ${alert.organisationId} and alert_id = ${alert.alertId}`.execute(db);
  return new Map(rows.map(({ id, name }) => [id, name]));
}
