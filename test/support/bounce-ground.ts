import { createTransport } from 'nodemailer';
import { sql } from '../../src/database/index.js';
import { type Intake, type RenderMail, startIntake, startWorker } from '../../src/delivery/index.js';
import {
  type DeliveryGround,
  letterIn,
  openDeliveryGround,
  type SeededLetter,
  type SeedLetter,
  seedReleased,
} from './delivery-ground.js';
import { headersOf, openSmtpSink, type ReceivedMail, type SmtpSink } from './smtp-sink.js';

/** A mail server that takes letters, and the listener that takes what comes back for them. */
export interface BounceGround extends AsyncDisposable {
  readonly sink: SmtpSink;
  readonly ground: DeliveryGround;
  readonly intake: Intake;
}

export async function openBounceGround(): Promise<BounceGround> {
  const sink = await openSmtpSink();
  const ground = await openDeliveryGround({ SMTP_URL: sink.url, REDRESS_BOUNCE_PORT: '0' });
  const intake = await startIntake(ground.context);
  return {
    sink,
    ground,
    intake,
    async [Symbol.asyncDispose]() {
      await intake.stop();
      await ground[Symbol.asyncDispose]();
      await sink[Symbol.asyncDispose]();
    },
  };
}

export const renderNothing: RenderMail = async () => undefined;

/** A letter that the mail provider took, with what a mail system would know of it. */
export interface SentLetter extends SeededLetter {
  readonly returnAddress: string;
  readonly messageId: string;
}

/** Sends letters through a real worker and a real mail server. */
export async function sendLetters(
  ground: DeliveryGround,
  sink: SmtpSink,
  letters: readonly SeedLetter[],
): Promise<readonly SentLetter[]> {
  const before = sink.received.length;
  // What an earlier test found dead would move these on before they are sent.
  await sql`delete from office_address`.execute(ground.context.db);
  const seeded = await seedReleased(ground, letters);
  const worker = startWorker(ground.context, { renderMail: renderNothing });
  for (const { letterId } of seeded) await letterIn(ground, letterId, 'accepted');
  await worker.stop();
  const mails = new Map(sink.received.slice(before).map((mail) => [sentIdOf(mail), mail.from]));
  const { rows } = await sql<{ letterId: string; messageId: string }>`
    select letter_id as "letterId", message_id as "messageId" from delivery`.execute(ground.context.db);
  const ids = new Map(rows.map(({ letterId, messageId }) => [letterId, messageId]));
  return seeded.map((letter) => {
    const messageId = ids.get(letter.letterId) ?? '';
    return { ...letter, messageId, returnAddress: mails.get(messageId) ?? '' };
  });
}

function sentIdOf({ raw }: ReceivedMail): string {
  return headersOf(raw, 'Message-ID')[0] ?? '';
}

export interface Posting {
  readonly port: number | undefined;
  readonly to: string;
  readonly raw: Buffer;
  readonly from?: string;
}

/** Hands a mail to the listener as a mail system would; answers what was said at the end, or the refusal's code. */
export async function postBounce({ port, to, raw, from = '' }: Posting): Promise<number> {
  const transport = createTransport({ host: '127.0.0.1', port: port ?? 0, ignoreTLS: true });
  try {
    const { response } = await transport.sendMail({ envelope: { from, to }, raw });
    return Number.parseInt(response, 10);
  } catch (error) {
    const code: unknown = error instanceof Error ? Reflect.get(error, 'responseCode') : undefined;
    return typeof code === 'number' ? code : 0;
  } finally {
    transport.close();
  }
}

/** What is noted on the delivery of a letter. */
export async function deliveryOf(ground: DeliveryGround, letterId: string) {
  const { rows } = await sql<Readonly<Record<string, unknown>>>`
    select bounced_at is not null as bounced, bounce_reason as reason, bounce_status as status,
      bounce_answer as answer, bounce_waits as waits, delay_reported_at is not null as delayed,
      delivery_reported_at is not null as delivered, auto_replied_at as "autoRepliedAt",
      complained_at is not null as complained
    from delivery where letter_id = ${letterId}`.execute(ground.context.db);
  return rows[0];
}

/** The reasons of a letter's events, in their order. */
export async function reasonsOf(ground: DeliveryGround, letterId: string): Promise<readonly string[]> {
  const { rows } = await sql<{ reason: string }>`
    select reason from letter_event where letter_id = ${letterId} order by event_id`.execute(
    ground.context.db,
  );
  return rows.map(({ reason }) => reason);
}
