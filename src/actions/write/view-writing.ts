import type { Alert } from '../../alerts/index.js';
import { chooseChannel, isSending, type OfficeSnapshot } from '../../delivery/index.js';
import type { MessageKey } from '../../language/index.js';
import { lastDayOf } from '../../legislatures/index.js';
import type { StatedPlace, Whom } from '../place/find-whom.js';
import { factsOfPlace, linesOfAddress, pointField } from '../place/stated-place.js';
import { LIMITS } from '../submit/check-request.js';
import type { ActionKind } from '../submit/submission.js';
import type { FormToken } from './form-token.js';
import { apartOf, draftView, fieldOf, fieldsOf, type PostedForm, personView } from './letter-form.js';
import { LETTER_PARTS, type Suggestion } from './suggest-letters.js';
import { viewFacts, viewShortForms } from './view-facts.js';
import type { OfficeholderChoice, PersonView, WriteView } from './write-view.js';

const KEPT_DAYS = { unconfirmed: 7, kept: 28 };

interface Writing {
  readonly alert: Alert;
  readonly whom: Whom;
  readonly suggestion: Suggestion;
  readonly place: StatedPlace;
  readonly token: FormToken;
  readonly challenge: string | undefined;
  /** What must be said about how the place was found. */
  readonly placeNote?: MessageKey | undefined;
  /** What was posted, where the form comes back. */
  readonly form?: PostedForm;
}

/** Whether every letter is the supporter's to send: then nothing needs to be confirmed by mail. */
export function kindOf(offices: readonly OfficeSnapshot[]): ActionKind {
  return offices.length > 0 && offices.every((office) => !isSending(chooseChannel(office)))
    ? 'by_hand'
    : 'by_mail';
}

/** The second step as its page shows it: filled with what the alert suggests, or with what was typed. */
export function viewWriting(writing: Writing): WriteView {
  const { alert, whom, suggestion, place, token, challenge, form } = writing;
  const { representation, snapshot } = whom;
  const base = `/alerts/${alert.slug}`;
  const suggested = suggestion.toAll.message;
  const apart = form === undefined ? suggestion.apart : apartOf(form);
  const asksFacts = viewFacts(whom);
  return {
    action: `${base}/actions`,
    hidden: {
      token: token.token,
      key: token.idempotencyKey,
      postcode: place.postcode ?? '',
      division: place.division ?? '',
      at: pointField(place),
      words: place.words ?? '',
      among: place.among?.join(' ') ?? '',
      apart: [...apart].join(' '),
    },
    place: whom.place,
    placeNote: writing.placeNote,
    listed: whom.listed,
    back: `${base}#act`,
    officeholders: whom.officeholders.map((person) => choiceOf(writing, person)),
    vacant: representation.vacant.map(({ chamber, division }) => ({
      chamber: snapshot.set.chambers.find(({ id }) => id === chamber)?.name ?? chamber,
      division: snapshot.set.divisions.find(({ id }) => id === division)?.name ?? division,
    })),
    dataEnded: representation.warnings.includes('dataset_expired')
      ? new Date(snapshot.validBefore)
      : undefined,
    maximum: alert.content.ask.maximum,
    apart,
    draft: form === undefined ? { ...suggestion.toAll, suggested } : draftView(form, '', suggested),
    person: form === undefined ? personAt(place) : personView(form),
    limits: { subject: LIMITS.subject, text: LIMITS.text },
    kind: kindOf([...whom.offices.values()]),
    asksAddress:
      asksFacts === undefined && [...whom.offices.values()].some((office) => office.requiresAddress),
    asksFacts,
    shortForms: viewShortForms(whom),
    days: KEPT_DAYS,
    challenge,
    draftName: alert.alertId,
  };
}

/** Nothing but what was typed to find the place. */
function personAt(place: StatedPlace): PersonView {
  const lines = linesOfAddress(place.address ?? '');
  return { name: '', email: '', ...lines, facts: factsOfPlace(place), consent: false };
}

function choiceOf(writing: Writing, person: Whom['officeholders'][number]): OfficeholderChoice {
  const { whom, form, alert } = writing;
  const office = whom.offices.get(person.id);
  const ended = whom.representation.officeholders.some(({ id, termEnded }) => id === person.id && termEnded);
  const position = whom.officeholders.indexOf(person);
  return {
    id: person.id,
    name: person.name,
    title: person.title,
    chamber: person.chamber.name,
    division: person.division.name,
    party: person.party || undefined,
    reach: office === undefined ? 'website' : chooseChannel(office),
    termEnded: ended && person.termEnds !== undefined ? new Date(lastDayOf(person.termEnds)) : undefined,
    chosen:
      form === undefined ? position < alert.content.ask.maximum : fieldsOf(form, 'to').includes(person.id),
    draft: ownDraft(writing, person.id),
  };
}

function ownDraft({ suggestion, form }: Writing, id: string): OfficeholderChoice['draft'] {
  const letter = suggestion.whole.get(id) ?? { subject: '', statement: '', message: '' };
  const { message: suggested } = letter;
  if (form !== undefined) {
    const typed = LETTER_PARTS.some((part) => fieldOf(form, `${part}.${id}`).trim() !== '');
    return typed || apartOf(form).size > 0 ? draftView(form, `.${id}`, suggested) : undefined;
  }
  return suggestion.apart.size > 0 ? { ...letter, suggested } : undefined;
}
