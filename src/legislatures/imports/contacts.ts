const LONGEST_ADDRESS = 254;
const MAIL_ADDRESS = /^[^\s@"<>(),:;[\]\\]+@[^\s@"<>(),:;[\]\\]+\.[^\s@"<>(),:;[\]\\.]{2,}$/u;

/** What sources give as "e-mail": addresses, and web addresses of contact forms. */
export interface Reached {
  readonly emails: readonly string[];
  readonly contactForm?: string;
  /** What is neither; it is left out. */
  readonly unusable: readonly string[];
}

/** Tells mail addresses from the web addresses that some sources have in their place. */
export function sortContacts(values: readonly (string | null | undefined)[]): Reached {
  const given = values.flatMap((value) => (value?.trim() ? [value.trim().replace(/^mailto:/i, '')] : []));
  const emails = [...new Set(given.filter(isMailAddress))];
  const [contactForm] = given.flatMap((value) => webAddress(value) ?? []);
  return {
    emails,
    ...(contactForm !== undefined && { contactForm }),
    unusable: given.filter((value) => !isMailAddress(value) && webAddress(value) === undefined),
  };
}

function isMailAddress(text: string): boolean {
  return text.length <= LONGEST_ADDRESS && MAIL_ADDRESS.test(text);
}

/** Sources hold a misspelt address now and then ("hhttps://"): it counts as none. */
export function webAddress(text: string | null | undefined): string | undefined {
  const url = text ? URL.parse(text) : null;
  return url !== null && /^https?:$/.test(url.protocol) ? url.href : undefined;
}

/** The keys that have a value, without those that have none: `exactOptionalPropertyTypes` keeps them apart. */
export function present<Value extends object>(
  values: Value,
): { [Key in keyof Value]?: Exclude<Value[Key], undefined | null | ''> } {
  const entries = Object.entries(values).filter(
    ([, value]) => value !== undefined && value !== null && value !== '',
  );
  return Object.fromEntries(entries) as { [Key in keyof Value]?: Exclude<Value[Key], undefined | null | ''> };
}
