/** What the loading process is asked to do. */
export type LoadJob =
  | { readonly kind: 'page'; readonly url: string; readonly seconds: number }
  | LookupsJob
  | PacedLookupsJob
  | { readonly kind: 'submits'; readonly url: string; readonly seconds: number; readonly run: string }
  | PacedJob;

export interface LookupsJob {
  readonly kind: 'lookups';
  /** Without a path. */
  readonly url: string;
  readonly paths: readonly string[];
  readonly seconds: number;
}

export interface PacedLookupsJob extends Omit<LookupsJob, 'kind'> {
  readonly kind: 'paced lookups';
  readonly perSecond: number;
}

export interface PacedJob {
  readonly kind: 'paced submits';
  readonly url: string;
  readonly seconds: number;
  /** Names the persons of this job, so that no other job has the same. */
  readonly run: string;
  readonly perSecond: number;
}

/** What it saw. An answer that is not the wanted one ends the bench. */
export interface LoadResult {
  readonly answers: number;
  readonly seconds: number;
  /** Of look-ups at a pace: those that got no good answer, which do not end the bench. */
  readonly failed?: number;
  /** Of a paced job: from the moment a request was due to its answer. */
  readonly times?: { readonly p50Ms: number; readonly p99Ms: number };
}

export type LoadAnswer = { readonly result: LoadResult } | { readonly failure: string };
