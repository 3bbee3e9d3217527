import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import PostalMime, { type Email } from 'postal-mime';
import { waitFor } from './smtp-sink.js';

/** A postcode of the demo's country: three officeholders, two of whom are reached by e-mail. */
export const POSTCODE = '1810';

const CONFIRM_LINK = /https?:\/\/\S+?(\/confirm\/[\w-]+)/;

/** What a supporter sends to the API; any part can be put in another's place. */
export function actionBody(email: string, changes: Readonly<Record<string, unknown>> = {}): object {
  return {
    place: { postcode: POSTCODE },
    letter: { message: 'My grandmother kept the lamp.' },
    supporter: { name: 'Ada Quill', email },
    consent: true,
    ...changes,
  };
}

interface ApiSubmit {
  readonly url: string;
  readonly body: unknown;
  readonly slug?: string;
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** `POST /api/v1/alerts/SLUG/actions`, under a new idempotency key where none is given. */
export function submitByApi(submit: ApiSubmit): Promise<Response> {
  const { url, body, slug = 'lamp', key = randomUUID(), headers = {}, signal } = submit;
  return fetch(`${url}/api/v1/alerts/${slug}/actions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...(signal !== undefined && { signal }),
  });
}

/** One kept mail: its bytes, and as a mail program reads it. */
export interface KeptMail {
  readonly raw: Buffer;
  readonly mail: Email;
}

/** Every mail in the outbox of a data folder. */
export async function outboxMails(dataDirectory: string): Promise<KeptMail[]> {
  const folder = join(dataDirectory, 'outbox');
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.eml'));
  return Promise.all(
    names.map(async (name) => {
      const raw = await readFile(join(folder, name));
      return { raw, mail: await PostalMime.parse(raw) };
    }),
  );
}

/** The path of the confirmation link that a mail holds. */
export function confirmPath(text: string): string | undefined {
  return CONFIRM_LINK.exec(text)?.[1];
}

/** Waits for the confirmation mails of an address; answers the paths of their links. */
export function confirmPaths(dataDirectory: string, address: string, count = 1): Promise<string[]> {
  return waitFor(async () => {
    const mails = await outboxMails(dataDirectory);
    const paths = mails
      .filter(({ mail }) => mail.to?.[0]?.address === address)
      .flatMap(({ mail }) => confirmPath(mail.text ?? '') ?? []);
    return paths.length >= count ? paths : undefined;
  });
}
