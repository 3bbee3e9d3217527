import type { AnswerEvent, OfficeTally, Received, Server } from './received.js';

/** Whether addresses and words may be seen; without it nobody can be told from what is shown. */
export interface View {
  readonly texts: boolean;
}

/** A message as JSON has it; no word of the letter. */
export function viewMessage(message: Received, view: View): Readonly<Record<string, unknown>> {
  const { number, at, server, office, id, nth, bytes, sha256, answer, kept, request, envelope } = message;
  return {
    number,
    at: at.toISOString(),
    server,
    office: viewOffice(server, office, view),
    id,
    nth,
    bytes,
    sha256,
    answer,
    kept,
    ...(request && { path: request.path, errors: request.errors }),
    ...(view.texts && envelope && { envelope }),
  };
}

/** An answer as a line of JSON has it. */
export function viewAnswer({ at, server, office, step, answer, message }: AnswerEvent, view: View) {
  const head = {
    at: at.toISOString(),
    server,
    office: viewOffice(server, office, view),
    step,
    answer,
  };
  return message === undefined ? head : { ...head, message: viewMessage(message, view) };
}

/** How each office answered; those that look the same are one. */
export function viewTallies(tallies: readonly OfficeTally[], view: View): readonly OfficeTally[] {
  const seen = new Map<string, OfficeTally>();
  for (const tally of tallies) {
    const office = viewOffice(tally.server, tally.office, view);
    const key = `${tally.server} ${office}`;
    const other = seen.get(key);
    seen.set(key, other === undefined ? { ...tally, office } : sum(other, tally));
  }
  return [...seen.values()];
}

function sum(one: OfficeTally, other: OfficeTally): OfficeTally {
  const answers = { ...one.answers };
  for (const [name, count] of Object.entries(other.answers)) answers[name] = (answers[name] ?? 0) + count;
  const last = new Date(Math.max(one.last.getTime(), other.last.getTime()));
  return { ...one, kept: one.kept + other.kept, answers, last };
}

// Mail goes to supporters as well: of an address its domain is enough.
function viewOffice(server: Server, office: string, { texts }: View): string {
  return texts || server !== 'mail' ? office : office.slice(office.lastIndexOf('@'));
}
