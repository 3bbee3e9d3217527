const MOST_GROUPS = 100;
const ENHANCED_STATUS = /(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])/;

export const ACTIONS = ['failed', 'delayed', 'delivered', 'relayed', 'expanded'] as const;
export type Action = (typeof ACTIONS)[number];

/** What a report says of one recipient (RFC 3464 section 2.3). */
export interface RecipientStatus {
  readonly action: Action | undefined;
  /** `5.1.1` (RFC 3463); the more telling one where the report has two. */
  readonly status: string | undefined;
  /** The other server's words. */
  readonly diagnostic: string;
  /** The addresses under which the report names the recipient, in lower case. */
  readonly addresses: readonly string[];
}

type Fields = ReadonlyMap<string, string>;

/** Reads a `message/delivery-status`: what it says of each recipient, in its order. */
export function readDeliveryStatus(text: string): readonly RecipientStatus[] {
  return groupsOf(text)
    .filter((fields) => ['action', 'status', 'final-recipient'].some((name) => fields.has(name)))
    .map(recipientStatus);
}

/** The first enhanced status code in a text (RFC 3463). */
export function findStatus(text: string): string | undefined {
  return ENHANCED_STATUS.exec(text)?.[0];
}

function recipientStatus(fields: Fields): RecipientStatus {
  const diagnostic = behindType(fields.get('diagnostic-code') ?? '');
  return {
    action: actionOf(fields.get('action')),
    status: moreTelling(findStatus(fields.get('status') ?? ''), findStatus(diagnostic)),
    diagnostic,
    addresses: ['final-recipient', 'original-recipient'].flatMap((name) => {
      const address = behindType(fields.get(name) ?? '').replace(/^<|>$/g, '');
      return address.includes('@') ? [address.toLowerCase()] : [];
    }),
  };
}

function moreTelling(said: string | undefined, found: string | undefined): string | undefined {
  if (said === undefined || found === undefined) return said ?? found;
  return said.endsWith('.0.0') && said[0] === found[0] ? found : said;
}

function actionOf(text = ''): Action | undefined {
  const [word] = text.toLowerCase().split(/[\s(;]/);
  return ACTIONS.find((action) => action === word);
}

/** Of `rfc822; clerk@office.example` or `smtp; 550 no`, what stands behind the type. */
function behindType(field: string): string {
  return field.replace(/^\s*[\w-]{1,20}\s*;/, '').trim();
}

// Blank lines part the groups; where a server left them out, the next recipient's first field does.
function groupsOf(text: string): readonly Fields[] {
  const groups: Fields[] = [];
  let group = new Map<string, string>();
  let last = '';
  const endGroup = (): void => {
    if (group.size > 0) groups.push(group);
    group = new Map();
    last = '';
  };
  for (const line of text.split(/\r\n?|\n/)) {
    if (groups.length >= MOST_GROUPS) break;
    if (/^[ \t]+\S/.test(line)) {
      if (last !== '') group.set(last, `${group.get(last)} ${line.trim()}`);
      continue;
    }
    const [, name = '', value = ''] = /^([\w-]{1,60})[ \t]*:(.*)$/.exec(line) ?? [];
    const key = name.toLowerCase();
    if (key === '' || (key === 'final-recipient' && group.has(key))) endGroup();
    last = key;
    if (key !== '' && !group.has(key)) group.set(key, value.trim());
  }
  endGroup();
  return groups;
}
