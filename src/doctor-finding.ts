/** One thing that `redress doctor` looked at, in English for the operator. */
export interface DoctorFinding {
  readonly name: string;
  readonly ok: boolean;
  readonly found: string;
  /** What to do about it; only where something is wrong. */
  readonly mend?: string;
}
