/** How a call ended, as the supporter reports it: what was wanted was said, or it was not. */
export const CALL_OUTCOMES = ['spoke', 'left_message', 'no_answer', 'engaged'] as const;
export type CallOutcome = (typeof CALL_OUTCOMES)[number];
