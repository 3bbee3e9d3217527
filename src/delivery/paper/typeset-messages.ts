/** What the typesetting thread is asked, and what it answers. */
export type TypesetRequest =
  | { readonly kind: 'describe'; readonly paths: readonly string[] }
  | {
      readonly kind: 'typeset';
      readonly source: string;
      /** Visible to the source as `sys.inputs`; never read as markup. */
      readonly inputs: Readonly<Record<string, string>>;
      /** Font files, in the order in which their families are named. */
      readonly fonts: readonly string[];
    };

export type TypesetAnswer =
  | { readonly kind: 'described'; readonly files: readonly DescribedFile[] }
  | { readonly kind: 'typeset'; readonly pdf: Uint8Array }
  | { readonly kind: 'failed'; readonly reason: string };

/** A font file and the faces in it; no faces where it cannot be read. */
export interface DescribedFile {
  readonly path: string;
  readonly faces: readonly DescribedFace[];
}

export interface DescribedFace {
  readonly family: string;
  readonly style: string;
  readonly weight: number;
  /** Lengths of runs of code points from 0 on: first what the face lacks, then what it has, and so on. */
  readonly coverage: readonly number[];
}
