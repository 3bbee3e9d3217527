import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import pino from 'pino';
import { setOrganisation } from '../../src/accounts/index.js';
import { importAlert } from '../../src/alerts/index.js';
import type { Context } from '../../src/context.js';
import { type DataKey, newId, sql } from '../../src/database/index.js';
import {
  COMPOSER,
  chooseChannel,
  composeLetter,
  fingerprint,
  type LetterContent,
  type LetterState,
  type OfficeSnapshot,
  releaseLetters,
  sealLetter,
  verifyUrl,
} from '../../src/delivery/index.js';
import { openContext } from '../../src/open-context.js';
import { alertFile, alertText } from './alert-text.js';
import { createTestDatabase } from './database.js';
import { MovedClock } from './moved-clock.js';
import { waitFor } from './smtp-sink.js';
import { temporaryFolder } from './temporary-file.js';

/** A context on a database of its own, with one organisation and one alert: what delivery needs, and no server. */
export interface DeliveryGround extends AsyncDisposable {
  readonly context: Context;
  readonly clock: MovedClock;
  readonly organisationId: number;
  readonly alertId: string;
  readonly key: DataKey;
  readonly databaseUrl: string;
  readonly logged: () => string;
  /** A second context on the same database, as another process would have. */
  openAgain(variables?: Readonly<Record<string, string>>): Promise<Context>;
}

export interface SeedLetter {
  readonly office?: Partial<OfficeSnapshot>;
  readonly subject?: string;
  readonly statement?: string;
  readonly message?: string;
  readonly name?: string;
  readonly email?: string;
  /** Facts for a legislature's own mail system. */
  readonly facts?: Pick<LetterContent, 'constituent' | 'campaign'>;
}

export interface SeededLetter {
  readonly letterId: string;
  readonly actionId: string;
  readonly sha256: string;
  readonly body: string;
}

const OFFICE: OfficeSnapshot = {
  name: 'Mira Quell',
  title: 'Senator',
  chamber: { id: 'upper', name: 'Upper House' },
  division: { id: 'ocd-division/country:zz/sd:1', name: 'Lantern Coast' },
  email: 'quell@upper.example',
};

export async function openDeliveryGround(
  variables: Readonly<Record<string, string>> = {},
): Promise<DeliveryGround> {
  const database = await createTestDatabase();
  const folder = temporaryFolder('delivery');
  const clock = new MovedClock();
  const lines: string[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) });
  const open = (more: Readonly<Record<string, string>>) =>
    openContext({
      variables: {
        REDRESS_DATA: join(folder, 'data'),
        DATABASE_URL: database.url,
        REDRESS_MAIL_FROM: 'letters@redress.example',
        REDRESS_OFFICE_PACE: '100000000',
        ...more,
      },
      role: 'command',
      clock,
      log,
    });
  const context = await open(variables);
  const opened: Context[] = [context];
  const { organisationId, alertId, key } = await seedAlert(context);
  return {
    context,
    clock,
    organisationId,
    alertId,
    key,
    databaseUrl: database.url,
    logged: () => lines.join(''),
    async openAgain(more = variables) {
      const { [Symbol.asyncDispose]: dispose, ...another } = await open(more);
      let disposing: Promise<void> | undefined;
      const disposeOnce = () => (disposing ??= Promise.resolve(dispose()));
      opened.push({ ...another, [Symbol.asyncDispose]: disposeOnce });
      return { ...another, [Symbol.asyncDispose]: disposeOnce };
    },
    async [Symbol.asyncDispose]() {
      for (const each of opened) await each[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function seedAlert(context: Context) {
  const { organisationId } = await setOrganisation(context, {
    slug: 'lantern',
    name: 'The Lanternists',
    language: 'en',
    contactEmail: 'post@lantern.example',
    postalAddress: 'Old Customs House\n3 Quay Stair',
  });
  const ask = 'ask:\n  request: Write to your members\n  legislature: demo\n  chambers: [lower, upper]';
  const file = alertFile(alertText({ slug: 'slug: quays', ask }));
  const request = { organisationId, file, publish: true, replace: false, by: 'test' };
  const { alertId } = await importAlert(context, request);
  const { rows } = await sql<{ keyId: Buffer }>`
    select key_id as "keyId" from alert where alert_id = ${alertId}`.execute(context.db);
  const key = await context.keyring.key(organisationId, rows[0]?.keyId ?? Buffer.alloc(0));
  return { organisationId, alertId, key };
}

/** Writes held letters, each in an action of its own, as a submit would. */
export async function seedLetters(
  ground: DeliveryGround,
  letters: readonly SeedLetter[],
): Promise<readonly SeededLetter[]> {
  const rows = letters.map((letter) => makeRow(ground, letter));
  const now = ground.context.clock.now();
  await sql`
    with seed as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as s (action_id uuid, letter_id uuid,
        person_tag text, office jsonb, channel text, sha256 text, content text)
    ), actions as (
      insert into action (organisation_id, action_id, alert_id, alert_version, kind, state, language, person_tag,
        idempotency_tag, content_tag, divisions, submitted_at)
      select ${ground.organisationId}, action_id, ${ground.alertId}, 1, 'by_mail', 'submitted', 'en',
        decode(person_tag, 'hex'), decode(person_tag, 'hex'), decode(person_tag, 'hex'), '{}', ${now} from seed
    ), letters as (
      insert into letter (organisation_id, letter_id, action_id, alert_id, person_tag, officeholder_id, office, channel,
        state, composer, sha256, content, text_tag, own_words, changed_at)
      select ${ground.organisationId}, letter_id, action_id, ${ground.alertId}, decode(person_tag, 'hex'), 'quell',
        office, channel, 'held', ${COMPOSER}, decode(sha256, 'hex'), decode(content, 'hex'), '\\x00', 1, ${now} from seed
    )
    insert into letter_event (organisation_id, letter_id, at, from_state, to_state, reason, by_whom)
    select ${ground.organisationId}, letter_id, ${now}, null, 'held', 'submitted', 'supporter' from seed
  `.execute(ground.context.db);
  return rows.map(({ letter_id: letterId, action_id: actionId, sha256, body }) => ({
    letterId,
    actionId,
    sha256,
    body,
  }));
}

/** Writes letters and releases them, as confirming would. */
export async function seedReleased(
  ground: DeliveryGround,
  letters: readonly SeedLetter[],
): Promise<readonly SeededLetter[]> {
  const { context, organisationId } = ground;
  const seeded = await seedLetters(ground, letters);
  for (const { actionId } of seeded) {
    const release = { organisationId, actionId, at: context.clock.now(), config: context.config };
    await context.db.transaction().execute((db) => releaseLetters(db, release));
  }
  return seeded;
}

/** A mail of ours that is due. */
export async function seedMail(ground: DeliveryGround, actionId: string, kind: string): Promise<string> {
  const mailId = newId();
  const now = ground.context.clock.now();
  await sql`
    insert into mail (organisation_id, mail_id, action_id, kind, state, due_at, changed_at)
    values (${ground.organisationId}, ${mailId}, ${actionId}, ${kind}, 'queued', ${now}, ${now})
  `.execute(ground.context.db);
  return mailId;
}

function makeRow(ground: DeliveryGround, letter: SeedLetter) {
  const letterId = newId();
  const office = { ...OFFICE, ...letter.office };
  const statement = letter.statement ?? 'Please keep the quays open.\n';
  const message = letter.message ?? '';
  const name = letter.name ?? 'Jane Doe';
  const { body } = composeLetter({
    officeholder: office,
    statement,
    message,
    constituent: { name, place: '2140' },
    organisation: {
      name: 'The Lanternists',
      postalAddress: 'Old Customs House',
      contact: 'post@lantern.example',
    },
    verifyUrl: verifyUrl(ground.context, ground.organisationId, letterId),
    language: 'en',
  });
  const replyTo = { name, email: letter.email ?? 'jane@supporter.example' };
  const subject = letter.subject ?? 'The quays';
  const content = { subject, statement, message, body, replyTo, ...letter.facts };
  return {
    action_id: newId(),
    letter_id: letterId,
    person_tag: newId().replaceAll('-', ''),
    office,
    channel: chooseChannel(office),
    sha256: fingerprint(body).toString('hex'),
    content: sealLetter(ground.key, letterId, content).toString('hex'),
    body,
  };
}

interface LetterRow {
  readonly state: LetterState;
  readonly attempts: number;
  readonly dueAt: Date | null;
  readonly reason: string;
}

/** A letter as it stands, with the reason of its last event. */
export async function readLetter({ context }: DeliveryGround, letterId: string): Promise<LetterRow> {
  const { rows } = await sql<LetterRow>`
    select state, attempts, due_at as "dueAt",
      (select reason from letter_event e where e.letter_id = l.letter_id order by event_id desc limit 1) as reason
    from letter l where letter_id = ${letterId}`.execute(context.db);
  if (rows[0] === undefined) throw new Error('no such letter');
  return rows[0];
}

/** Waits until a letter is in a state. */
export function letterIn(ground: DeliveryGround, letterId: string, state: LetterState): Promise<LetterRow> {
  return waitFor(async () => {
    const letter = await readLetter(ground, letterId);
    return letter.state === state ? letter : undefined;
  });
}
