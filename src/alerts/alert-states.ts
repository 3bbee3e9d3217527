/** A draft is seen by nobody outside; a published alert asks; a closed one is kept in the archive. */
export type AlertState = 'draft' | 'published' | 'closed';

/** Why an alert was closed. */
export const CLOSE_REASONS = ['ended', 'achieved', 'decided', 'withdrawn'] as const;
export type CloseReason = (typeof CLOSE_REASONS)[number];

interface AlertTransition {
  readonly from: AlertState | null;
  readonly to: AlertState;
  readonly reasons: readonly string[];
}

/** Every change of state that there is. `ended` is the ask's own last moment; the others are decided by staff. */
export const ALERT_TRANSITIONS: readonly AlertTransition[] = [
  { from: null, to: 'draft', reasons: ['imported', 'created'] },
  { from: 'draft', to: 'published', reasons: ['published'] },
  { from: 'published', to: 'closed', reasons: CLOSE_REASONS },
];
