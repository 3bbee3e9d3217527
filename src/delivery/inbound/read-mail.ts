import PostalMime, { type Attachment, type Email } from 'postal-mime';

/** No report needs more; what lies behind is the letter that came back. Reading a line costs about 5 µs. */
const MOST_BYTES = 128 * 1024;
const MOST_LINES = 5000;
const MOST_HEADER_BYTES = 64 * 1024;
const MOST_NESTING = 16;
const LONGEST_TEXT = 32 * 1024;
const LONGEST_HEADER = 1000;
const LINE_FEED = 0x0a;

/** A mail that came in, as far as it must be read to understand it. Every length is bounded. */
export interface ReadMail {
  /** The values of a header by its name in lower case, in their order. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  /** Decoded. */
  readonly subject: string;
  /** Of From: name and address in lower case. */
  readonly from: { readonly name: string; readonly address: string };
  /** What a person would read, of plain text or HTML. */
  readonly text: string;
  /** Parts that are not for reading: reports, the returned letter. */
  readonly parts: readonly { readonly type: string; readonly text: string }[];
}

/** Reads the beginning of a mail, in bounded time; `undefined` when no parser should be let near it. */
export async function readMail(raw: Buffer): Promise<ReadMail | undefined> {
  try {
    const email = await PostalMime.parse(beginningOf(raw), {
      forceRfc822Attachments: true,
      attachmentEncoding: 'utf8',
      maxHeadersSize: MOST_HEADER_BYTES,
      maxNestingDepth: MOST_NESTING,
    });
    return {
      headers: headersOf(email),
      subject: cut(email.subject ?? '', LONGEST_HEADER),
      from: fromOf(email),
      text: cut(email.text ?? wordsOfHtml(email.html ?? ''), LONGEST_TEXT).replaceAll('\r\n', '\n'),
      parts: email.attachments.map(partOf),
    };
  } catch {
    // Too many headers, or parts within parts: a bomb, not a report.
    return undefined;
  }
}

/** The bytes of a mail that are looked at, at most 128 kB and 5,000 lines. */
export function beginningOf(raw: Buffer): Buffer {
  const beginning = raw.subarray(0, MOST_BYTES);
  let end = -1;
  for (let line = 0; line < MOST_LINES; line += 1) {
    end = beginning.indexOf(LINE_FEED, end + 1);
    if (end < 0) return beginning;
  }
  return beginning.subarray(0, end);
}

function headersOf({ headers }: Email): ReadonlyMap<string, readonly string[]> {
  const grouped = Map.groupBy(headers, ({ key }) => key);
  return new Map(
    [...grouped].map(([key, lines]) => [key, lines.map(({ value }) => cut(value, LONGEST_HEADER))]),
  );
}

function fromOf({ from }: Email): ReadMail['from'] {
  return {
    name: cut(from?.name ?? '', LONGEST_HEADER).toLowerCase(),
    address: cut(from?.address ?? '', LONGEST_HEADER).toLowerCase(),
  };
}

function partOf({ mimeType, content }: Attachment) {
  return { type: mimeType, text: cut(typeof content === 'string' ? content : '', LONGEST_TEXT) };
}

function wordsOfHtml(html: string): string {
  return cut(html, 4 * LONGEST_TEXT)
    .replace(/<(?:br|p|div|tr|h\d|li)\b[^<>]*>/gi, '\n')
    .replace(/<[^<>]*>/g, ' ')
    .replace(/&nbsp;/gi, ' ')
    .replace(/&lt;/gi, '<')
    .replace(/&gt;/gi, '>')
    .replace(/&quot;/gi, '"')
    .replace(/&#39;|&rsquo;/gi, '’')
    .replace(/&amp;/gi, '&');
}

function cut(text: string, longest: number): string {
  return text.slice(0, longest);
}
