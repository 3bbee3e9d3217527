import type { Context } from '../../context.js';
import { type ReturnName, readReturnAddress } from '../return-address.js';
import { beginningOf, type ReadMail } from './read-mail.js';

/** Where mail programs write to whom a mail was delivered, the surest first. */
const RECIPIENT_HEADERS = [
  'delivered-to',
  'x-original-to',
  'x-delivered-to',
  'envelope-to',
  'x-envelope-to',
  'x-rcpt-to',
  'to',
  'cc',
] as const;
const MOST_ADDRESSES = 50;
const ADDRESS_WITH_TOKEN =
  /[\w.!#$%&'*/=?^`{|}~-]{0,64}\+[0-9a-z]{1,7}-[0-9a-z]{25}-[0-9a-f]{12}@[a-z0-9.-]{1,255}/gi;

/**
 * Which delivery a mail in a folder is about: the one whose signed return address it was sent to, or, where the
 * folder's program did not write that down, the one whose signed address and Message-ID both stand in what it
 * returns. Nothing else names a delivery.
 */
export function nameDelivery(
  context: Context,
  mail: ReadMail | undefined,
  raw: Buffer,
): ReturnName | undefined {
  const recipients = RECIPIENT_HEADERS.flatMap((name) => mail?.headers.get(name) ?? []).join('\n');
  const [named] = namesIn(context, recipients);
  if (named !== undefined) return named;
  const text = beginningOf(raw).toString('latin1').toLowerCase();
  const domain = context.config.mail.domain.toLowerCase();
  return namesIn(context, text).find(({ deliveryId }) => text.includes(`<${deliveryId}@${domain}>`));
}

function namesIn(context: Context, text: string): readonly ReturnName[] {
  return [...text.matchAll(ADDRESS_WITH_TOKEN).take(MOST_ADDRESSES)].flatMap(
    ([address]) => readReturnAddress(context, address) ?? [],
  );
}
