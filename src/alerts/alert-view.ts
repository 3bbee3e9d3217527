/** An alert as its page shows it: plain data, texts in the alert's own language. */
export interface AlertView {
  /** The alert's path. */
  readonly address: string;
  /** BCP 47. */
  readonly lang: string;
  readonly state: 'open' | 'closed' | 'not-yet';
  readonly headline: string;
  readonly standfirst: string;
  readonly date: Date;
  readonly byline?: string | undefined;
  readonly publisher: string;
  /** What the reader is asked to do, in one sentence. */
  readonly request: string;
  /** The chambers, or the persons, who are written to. */
  readonly whom: readonly string[];
  readonly measure?: MeasureView | undefined;
  /** Open: the last day. Closed: the day it ended. Not yet: the day it opens. */
  readonly until?: Date | undefined;
  /** The report as sanitised HTML, its pictures placed. */
  readonly report: string;
  readonly attribution?: AttributionView | undefined;
  /** The standard words on the rights basis. */
  readonly rights: string;
  /** The publisher's own words on the rights. */
  readonly rightsNotice?: string | undefined;
  /** Newest first. */
  readonly corrections: readonly { readonly date: Date; readonly text: string }[];
}

export interface MeasureView {
  readonly number: string;
  readonly title: string;
  readonly status?: string | undefined;
  readonly address?: string | undefined;
  readonly chambers: readonly string[];
  readonly sponsors: readonly { readonly name: string; readonly chamber?: string | undefined }[];
}

export interface AttributionView {
  readonly publisher: string;
  readonly author?: string | undefined;
  /** As a newspaper prints it: "OSTREL, 3 May". */
  readonly dateline?: string | undefined;
  readonly published?: Date | undefined;
  readonly address?: string | undefined;
}
