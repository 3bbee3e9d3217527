import type { Context } from '../../context.js';
import type { FieldProblem } from '../../errors.js';
import type { MessageKey } from '../../language/index.js';
import type { AddressMatch, Representation } from '../../legislatures/index.js';
import { type AddressDesk, deskFor } from './address-desk.js';
import type { StatedPlace } from './find-whom.js';
import { lookUpAddress } from './look-up-address.js';
import { answersTo, type PlaceAnswer, type PlaceQuestion, settles } from './place-question.js';

/** A place that can be answered, or what has to be asked first. */
export type SettledPlace =
  | { readonly kind: 'place'; readonly place: StatedPlace; readonly note?: MessageKey | undefined }
  | { readonly kind: 'which'; readonly matches: readonly AddressMatch[] }
  | { readonly kind: 'problem'; readonly problem: FieldProblem };

interface SettleRequest {
  readonly context: Pick<Context, 'clock' | 'log'>;
  readonly addresses: AddressDesk | undefined;
  readonly question: PlaceQuestion;
  readonly place: StatedPlace;
  readonly network: string;
  readonly signal: AbortSignal;
}

/**
 * Settles what a person gave as their place. A street address is looked up only where nothing else says who represents
 * them; where that fails, the postcode stands, or they are asked.
 */
export async function settlePlace(request: SettleRequest): Promise<SettledPlace> {
  const { question, place } = request;
  const desk = deskFor(request.addresses, question.snapshots);
  if (desk === undefined || isBlank(place.address) || !isBlank(place.division))
    return { kind: 'place', place };
  if (place.at !== undefined) return { kind: 'place', place, note: noteOf(place) };
  const byPostcode = isBlank(place.postcode) ? [] : answersTo(question, place);
  if (settles(question, byPostcode)) return { kind: 'place', place };
  const finding = await lookUpAddress({ ...request, desk });
  if (finding.kind === 'which') return finding;
  if (finding.kind === 'place') {
    const { rough, match } = finding;
    const byAddress = answersTo(question, finding.place);
    if (!byPostcode.every((answer) => agrees(answer, byAddress))) return { kind: 'which', matches: [match] };
    return { kind: 'place', place: finding.place, note: rough ? 'actions.match.rough.postcode' : undefined };
  }
  if (byPostcode.length > 0) return { kind: 'place', place, note: 'actions.match.by_postcode' };
  return {
    kind: 'problem',
    problem: { field: 'address', key: `actions.error.address_${finding.kind}` },
  };
}

/** One of the matches was chosen, and it may be no more than a street. */
function noteOf({ withinMetres = 0 }: StatedPlace): MessageKey | undefined {
  return withinMetres > 0 ? 'actions.match.rough.street' : undefined;
}

/** Of an address that lies in none of its postcode's districts, one of the two is another's. */
function agrees({ snapshot, found }: PlaceAnswer, byAddress: readonly PlaceAnswer[]): boolean {
  const answer = byAddress.find((one) => one.snapshot === snapshot)?.found;
  const ids = new Set(answer === undefined ? [] : everybodyOf(answer).map(({ id }) => id));
  const { candidates, officeholders } = found;
  const possible = candidates.length > 0 ? candidates : [{ officeholders }];
  return possible.some((one) => one.officeholders.every(({ id }) => ids.has(id)));
}

function everybodyOf({ officeholders, candidates }: Representation): Representation['officeholders'] {
  return [...officeholders, ...candidates.flatMap((one) => one.officeholders)];
}

function isBlank(text = ''): boolean {
  return text.trim() === '';
}
