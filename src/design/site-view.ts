/** What all pages of one organisation share. */
export interface SiteView {
  /** The organisation. */
  readonly name: string;
  /** The path of the front page. */
  readonly home: string;
  /** True while letters are not sent to offices: every page says so. */
  readonly rehearsal: boolean;
  /** The path of the pages about who represents whom. */
  readonly who?: string | undefined;
  /** The path of the outbox, where mail that was not sent can be read; only where there is one. */
  readonly outbox?: string | undefined;
  /** What the page says of who represents whom comes from these. */
  readonly data: readonly DataSetView[];
  /** Where the source of this running version is offered (AGPL, section 13). */
  readonly source?: string | undefined;
}

/**
 * Views the site for one page, with the legislatures that the page uses, each by the id of its set or by its country;
 * most pages use none.
 */
export type ViewSite = (uses?: readonly string[]) => SiteView;

/** One set of data about a legislature, with its age. */
export interface DataSetView {
  /** "Parliament of Lindmark, 12th term". */
  readonly name: string;
  /** Absent where it is not known. */
  readonly validUntil?: Date | undefined;
  /** When it was stored here; absent where that is not known. */
  readonly importedAt?: Date | undefined;
  readonly outdated: boolean;
  readonly sources: readonly {
    readonly title: string;
    readonly address: string;
    readonly licence: string;
    /** How old it says it is: a day, a month (`2026-11`) or a year. */
    readonly date?: string | undefined;
  }[];
}
