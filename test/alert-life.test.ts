import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { setOrganisation } from '../src/accounts/index.js';
import {
  type AlertName,
  closeAlert,
  closeEndedAlerts,
  findAlert,
  findPicture,
  type ImportRequest,
  importAlert,
  isOpen,
  letterFor,
  listAlerts,
  loadDemoAlerts,
  publishAlert,
} from '../src/alerts/index.js';
import type { Context } from '../src/context.js';
import { sql } from '../src/database/index.js';
import { demoSet } from '../src/legislatures/index.js';
import { alertFile, alertText, type FieldChanges } from './support/alert-text.js';
import { TINY } from './support/picture-bytes.js';
import { openTestContext, type TestContext } from './support/test-context.js';

const DAY_MS = 86_400_000;
const OVER_A_MINUTE_MS = 61_000;
const ORGANISATION = {
  slug: 'lamps',
  name: 'Lamps',
  language: 'en',
  contactEmail: 'post@lamps.example',
  postalAddress: 'Quay 1',
};
const BY = 'test';
let opened: TestContext;
let context: Context;
let organisationId: number;
let another: number;

beforeAll(async () => {
  opened = await openTestContext();
  context = opened.context;
  [organisationId, another] = [await makeOrganisation('lamps'), await makeOrganisation('bells')];
});
afterAll(() => opened?.[Symbol.asyncDispose]());
afterEach(() => vi.restoreAllMocks());

async function makeOrganisation(slug: string): Promise<number> {
  return (await setOrganisation(context, { ...ORGANISATION, slug })).organisationId;
}

/** An alert of its own name that is open at the test's time, with some fields changed. */
function textOf(slug: string, changes: FieldChanges = {}, body?: string): string {
  return alertText({ slug: `slug: ${slug}`, ask: askUntil('2027-03-31'), ...changes }, body);
}

function askUntil(until: string): string {
  return `ask:\n  request: Write\n  legislature: demo\n  chambers: [house]\n  until: ${until}`;
}

function importText(text: string, options: Partial<ImportRequest> = {}) {
  const file = alertFile(text, { 'lamp.webp': TINY.webpLossy });
  return importAlert(context, { organisationId, file, publish: false, replace: false, by: BY, ...options });
}

const named = (slug: string): AlertName => ({ organisationId, slug });

async function eventsOf(slug: string): Promise<unknown[]> {
  const { rows } = await sql`
    select e.from_state, e.to_state, e.reason, e.by_whom from alert_event e join alert a using (organisation_id, alert_id)
    where a.organisation_id = ${organisationId} and a.slug = ${slug} order by e.event_id`.execute(context.db);
  return rows.map((row) => Object.values(row ?? {}));
}

describe('an alert', () => {
  test('is a draft that nobody sees, until it is published, and then until it is closed', async () => {
    const saved = await importText(textOf('first'));
    expect(saved).toMatchObject({ slug: 'first', version: 1, state: 'draft', outcome: 'created' });
    expect(await findAlert(context, named('first'))).toBeUndefined();
    await publishAlert(context, { ...named('first'), by: BY });
    const alert = await findAlert(context, named('first'));
    expect(alert).toMatchObject({ alertId: saved.alertId, state: 'published', version: 1, language: 'en' });
    expect(alert?.reportHtml).toContain('<h3>A long night</h3>');
    expect(alert && isOpen(alert, context.clock.now())).toBe(true);
    await closeAlert(context, { ...named('first'), reason: 'decided', by: BY });
    const closed = await findAlert(context, named('first'));
    expect(closed).toMatchObject({ state: 'closed', closedAt: context.clock.now() });
    expect(closed && isOpen(closed, context.clock.now())).toBe(false);
    expect(await eventsOf('first')).toEqual([
      [null, 'draft', 'imported', BY],
      ['draft', 'published', 'published', BY],
      ['published', 'closed', 'decided', BY],
    ]);
  });

  test('goes no other way', async () => {
    await importText(textOf('one-way'));
    const name = { ...named('one-way'), by: BY };
    await expect(closeAlert(context, { ...name, reason: 'ended' })).rejects.toMatchObject({
      code: 'conflict',
    });
    await publishAlert(context, name);
    await expect(publishAlert(context, name)).rejects.toMatchObject({ code: 'conflict' });
    await closeAlert(context, { ...name, reason: 'withdrawn' });
    await expect(publishAlert(context, name)).rejects.toMatchObject({ code: 'conflict' });
    await expect(importText(textOf('one-way'), { publish: true })).rejects.toMatchObject({
      code: 'conflict',
    });
    await expect(publishAlert(context, { ...named('nobody'), by: BY })).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(await eventsOf('one-way')).toHaveLength(3);
  });

  test('has a data key of its own from its first moment', async () => {
    await importText(textOf('sealed'), { publish: true });
    const alert = await findAlert(context, named('sealed'));
    const key = await context.keyring.key(organisationId, alert?.keyId ?? Buffer.alloc(0));
    const place = { label: 'test', rowId: '1' };
    expect(key.open(place, key.seal(place, 'words'))).toBe('words');
    const { rows } = await sql<{ subject_id: string }>`
      select subject_id from data_key where organisation_id = ${organisationId} and key_id = ${alert?.keyId}`.execute(
      context.db,
    );
    expect(rows).toEqual([{ subject_id: alert?.alertId }]);
  });

  test('ends by itself when its last day is over everywhere', async () => {
    await importText(
      textOf('ending', { ask: askUntil('2026-11-24'), date: 'date: 2026-11-20', corrections: undefined }),
      { publish: true },
    );
    await importText(textOf('lasting'), { publish: true });
    const alert = await findAlert(context, named('ending'));
    expect(alert?.closesAt).toEqual(new Date('2026-11-25T12:00:00Z'));
    expect(await closeEndedAlerts(context)).toBe(0);
    opened.clock.move(3 * DAY_MS);
    expect(alert && isOpen(alert, context.clock.now())).toBe(false);
    expect(await closeEndedAlerts(context)).toBe(1);
    expect(await closeEndedAlerts(context)).toBe(0);
    expect(await findAlert(context, named('ending'))).toMatchObject({
      state: 'closed',
      closedAt: alert?.closesAt,
    });
    expect(await findAlert(context, named('lasting'))).toMatchObject({ state: 'published' });
    expect((await eventsOf('ending')).at(-1)).toEqual(['published', 'closed', 'ended', 'clock']);
    await expect(
      importText(textOf('late', { ask: askUntil('2026-11-24'), date: 'date: 2026-11-20' }), {
        publish: true,
      }),
    ).rejects.toThrow(/ended at 2026-11-25T12:00:00/);
  });
});

describe('importing', () => {
  test('the same file again changes nothing; another content needs --replace, and is a new version', async () => {
    const first = await importText(textOf('versions'), { publish: true });
    expect(await importText(textOf('versions'), { publish: true })).toEqual({
      ...first,
      outcome: 'unchanged',
    });
    const changed = textOf('versions', { headline: 'headline: Keep both lamps lit' });
    await expect(importText(changed)).rejects.toThrow(
      'There is an alert "versions" with another content. To give it a new version, add --replace.',
    );
    expect(await findAlert(context, named('versions'))).toMatchObject({ version: 1 });
    expect(await importText(changed, { replace: true })).toMatchObject({
      version: 2,
      state: 'published',
      outcome: 'replaced',
      alertId: first.alertId,
    });
    expect(await findAlert(context, named('versions'))).toMatchObject({
      version: 2,
      content: { headline: 'Keep both lamps lit' },
    });
    const corrected = textOf('versions', {
      corrections: `corrections:\n${['2026-11-21', '2026-11-22', '2026-11-23'].map((day) => `  - { date: ${day}, text: One lamp. }`).join('\n')}`,
    });
    expect(await importText(corrected, { replace: true })).toMatchObject({ version: 3 });
    const { rows } = await sql<{ version: number; reason: string; headline: string }>`
      select version, reason, content ->> 'headline' as headline from alert_version
      where alert_id = ${first.alertId} order by version`.execute(context.db);
    expect(rows.map(({ version, reason, headline }) => [version, reason, headline])).toEqual([
      [1, 'imported', 'Keep the lamp lit'],
      [2, 'imported', 'Keep both lamps lit'],
      [3, 'corrected', 'Keep the lamp lit'],
    ]);
  });

  test('is whole or nothing: a file that cannot be published leaves no row and no key', async () => {
    const counts = async () =>
      (
        await sql`select (select count(*) from alert) as alerts, (select count(*) from data_key) as keys, (select count(*) from picture) as pictures`.execute(
          context.db,
        )
      ).rows[0];
    const before = await counts();
    const pictures = 'pictures: [{ file: lamp.webp, alt: a, caption: b, credit: c }]';
    const ended = textOf('half', { pictures, ask: askUntil('2026-05-30') });
    await expect(importText(ended, { publish: true })).rejects.toMatchObject({ code: 'conflict' });
    await expect(importText(textOf('half', { rights: undefined }))).rejects.toMatchObject({
      code: 'invalid_file',
    });
    expect(await counts()).toEqual(before);
  });

  test('at the same time makes one alert', async () => {
    const all = await Promise.all(
      Array.from({ length: 8 }, () => importText(textOf('at-once'), { publish: true })),
    );
    expect(all.map(({ outcome }) => outcome).toSorted()).toEqual(['created', ...Array(7).fill('unchanged')]);
    expect(new Set(all.map(({ alertId }) => alertId)).size).toBe(1);
    expect(await eventsOf('at-once')).toHaveLength(2);
  });

  test('stores pictures once for each organisation, by their content', async () => {
    const pictures = 'pictures: [{ file: lamp.webp, alt: a, caption: b, credit: c }]';
    await importText(textOf('picture-one', { pictures }), { publish: true });
    await importText(textOf('picture-two', { pictures }), { publish: true });
    const alert = await findAlert(context, named('picture-two'));
    const sha256 = alert?.content.report.pictures[0]?.sha256 ?? '';
    expect(alert?.reportHtml).toContain(`<img src="/pictures/${sha256}" width="7" height="5"`);
    expect(await findPicture(context, { organisationId, sha256 })).toEqual({
      mediaType: 'image/webp',
      bytes: TINY.webpLossy,
    });
    expect(await findPicture(context, { organisationId: another, sha256 })).toBeUndefined();
    for (const wrong of ['', 'x', sha256.toUpperCase(), `${sha256}0`, "' or 1=1"]) {
      expect(await findPicture(context, { organisationId, sha256: wrong })).toBeUndefined();
    }
    const { rows } = await sql<{ n: number }>`select count(*) as n from picture`.execute(context.db);
    expect(rows[0]?.n).toBe(1);
  });

  test('into two organisations makes two alerts of the same name, each seen by its own', async () => {
    await importText(textOf('shared'), { publish: true });
    await importText(textOf('shared', { headline: 'headline: Ring the bell' }), {
      publish: true,
      organisationId: another,
    });
    expect((await findAlert(context, named('shared')))?.content.headline).toBe('Keep the lamp lit');
    expect((await findAlert(context, { organisationId: another, slug: 'shared' }))?.content.headline).toBe(
      'Ring the bell',
    );
    expect(
      (await listAlerts(context, { organisationId: another, drafts: true })).map(({ slug }) => slug),
    ).toEqual(['shared']);
  });
});

describe('what is kept in memory', () => {
  test('is the same object until something changes, in this process or another', async () => {
    await importText(textOf('kept'), { publish: true });
    const first = await findAlert(context, named('kept'));
    expect(await findAlert(context, named('kept'))).toBe(first);
    // As another process would: SQL and a notice, nothing that this process was told.
    await sql`update alert set content = jsonb_set(content, '{headline}', '"From elsewhere"'), version = 2 where slug = 'kept'`.execute(
      context.db,
    );
    expect(await findAlert(context, named('kept'))).toBe(first);
    await sql`select pg_notify('alert_changed', ${`${organisationId}/kept`})`.execute(context.db);
    await expect
      .poll(async () => (await findAlert(context, named('kept')))?.content.headline)
      .toBe('From elsewhere');
  });

  test('is checked after a minute, should a notice have been lost', async () => {
    await importText(textOf('checked'), { publish: true });
    await findAlert(context, named('checked'));
    await sql`update alert set version = 2 where slug = 'checked'`.execute(context.db);
    const later = performance.now() + OVER_A_MINUTE_MS;
    vi.spyOn(performance, 'now').mockReturnValue(later);
    expect(await findAlert(context, named('checked'))).toMatchObject({ version: 2 });
  });

  test('is shown while the database does not answer', async () => {
    await using away = await openTestContext();
    const { context: other } = away;
    await setOrganisation(other, ORGANISATION);
    const file = alertFile(textOf('shown'));
    await importAlert(other, { organisationId: 1, file, publish: true, replace: false, by: BY });
    const alert = await findAlert(other, { organisationId: 1, slug: 'shown' });
    const query = vi.spyOn(other.pool, 'connect').mockImplementation(() => Promise.reject(new Error('away')));
    const later = performance.now() + OVER_A_MINUTE_MS;
    vi.spyOn(performance, 'now').mockReturnValue(later);
    expect(await findAlert(other, { organisationId: 1, slug: 'shown' })).toBe(alert);
    await expect(findAlert(other, { organisationId: 1, slug: 'never-read' })).rejects.toThrow('away');
    expect(query).toHaveBeenCalledTimes(2);
  });

  test('is not made of names that nobody published', async () => {
    for (const slug of ['nothing', '', 'a'.repeat(10_000), "x' or 1=1", '../kept']) {
      expect(await findAlert(context, named(slug))).toBeUndefined();
    }
    await importText(textOf('nothing'), { publish: true });
    expect(await findAlert(context, named('nothing'))).toBeDefined();
  });
});

test('the archive is newest first by date, and has no drafts', async () => {
  for (const [slug, day] of [
    ['old', '2020-01-01'],
    ['new', '2030-01-01'],
    ['middle', '2025-01-01'],
  ] as const) {
    await importText(
      textOf(`dated-${slug}`, {
        date: `date: ${day}`,
        ask: 'ask: { request: a, legislature: demo, people: [p] }',
      }),
      { publish: slug !== 'middle' },
    );
  }
  const slugs = async (drafts: boolean) =>
    (await listAlerts(context, { organisationId, drafts }))
      .map(({ slug }) => slug)
      .filter((slug) => slug.startsWith('dated-'));
  expect(await slugs(false)).toEqual(['dated-new', 'dated-old']);
  expect(await slugs(true)).toEqual(['dated-new', 'dated-middle', 'dated-old']);
});

describe('the demo', () => {
  test('is an open alert and a closed one, loaded once however often it is loaded', async () => {
    const demo = await makeOrganisation('demo-alerts');
    await loadDemoAlerts(context, demo);
    await loadDemoAlerts(context, demo);
    const alerts = await listAlerts(context, { organisationId: demo, drafts: true });
    expect(alerts.map(({ slug, state, version }) => [slug, state, version])).toEqual([
      ['tallow-head-light', 'published', 1],
      ['saltmere-ferry-bell', 'closed', 1],
    ]);
    const alert = await findAlert(context, { organisationId: demo, slug: 'tallow-head-light' });
    expect(alert?.content.report.pictures[0]).toMatchObject({
      mediaType: 'image/webp',
      width: 1200,
      height: 750,
    });
    expect(alert?.reportHtml).toMatch(/<figure class="picture">.*<figure class="quotation">.*<ol>/s);
  });

  test('names only officeholders of the demo legislature, and has a letter for each of them', async () => {
    const demo = await makeOrganisation('demo-letters');
    await loadDemoAlerts(context, demo);
    const alert = await findAlert(context, { organisationId: demo, slug: 'tallow-head-light' });
    if (alert === undefined) expect.fail('the demo is not there');
    const { content } = alert;
    const { officeholders } = demoSet();
    const ids = new Set(officeholders.map(({ id }) => id));
    expect(
      content.measure?.positions.map(({ officeholder }) => officeholder).filter((id) => !ids.has(id)),
    ).toEqual([]);
    const letters = officeholders.map((person) =>
      letterFor({
        content,
        officeholder: { ...person, chamber: 'House', division: 'Ostrel' },
        organisation: { name: 'The Lanternists' },
      }),
    );
    expect(new Set(letters.map(({ subject }) => subject)).size).toBe(3);
    for (const { subject, statement, message } of letters)
      expect(subject + statement + message).not.toMatch(/\{\{|\}\}|undefined|null/);
  });
});
