import type { CwcBehaviour, MailBehaviour } from './behaviours.js';
import type { Chamber } from './office-key.js';

/** What one office, or a whole server, does instead of serving; the first behaviour that holds is taken. */
export type OfficeScript =
  | { readonly kind: 'mail'; readonly key: string; readonly behaviours: readonly MailBehaviour[] }
  | { readonly kind: 'cwc'; readonly key: string; readonly behaviours: readonly CwcBehaviour[] };

/** A whole script, as its file has it. */
export interface Script {
  /** Decides what `probability` draws. */
  readonly seed: number;
  /** The API keys that the CWC servers know; undefined: any that is not empty. */
  readonly keys: readonly string[] | undefined;
  /** The offices that take part in CWC; a chamber that is not given: all of them. */
  readonly activeOffices: { readonly [Name in Chamber]?: readonly string[] };
  readonly offices: readonly OfficeScript[];
}

/** Every office serves. */
export const SERVING: Script = { seed: 1, keys: undefined, activeOffices: {}, offices: [] };
