import type { Organisation } from '../../accounts/index.js';
import { takeText } from '../../alerts/index.js';
import type { Context } from '../../context.js';
import { type DataKey, newId } from '../../database/index.js';
import {
  type CampaignFacts,
  COMPOSER,
  chooseChannel,
  composeLetter,
  fingerprint,
  type LetterContent,
  needsOf,
  type OfficeSnapshot,
  oneLine,
  sealLetter,
  verifyUrl,
} from '../../delivery/index.js';
import { supporterCell } from '../find-action.js';
import { addressOf, takeFacts } from '../write/constituent-fields.js';
import { shareOfOwnWords } from './own-words.js';
import { parseAddress, personOf } from './person.js';
import type {
  LetterDraft,
  LetterRow,
  SubmissionRows,
  SubmitRequest,
  Supporter,
  TypedSupporter,
} from './submission.js';

/** What a submit is made against: everything but what the supporter typed. */
export interface SubmissionGround {
  readonly context: Context;
  readonly organisation: Organisation;
  readonly alert: { readonly alertId: string; readonly version: number };
  readonly key: DataKey;
  readonly offices: ReadonlyMap<string, OfficeSnapshot>;
  /** What the Congress's mail systems are told of the alert; absent where it has not enough to say. */
  readonly campaign?: CampaignFacts | undefined;
  /** What the letter to an officeholder said before the supporter touched it. */
  readonly template: (officeholderId: string) => { readonly statement: string; readonly message: string };
}

/** Composes and seals a checked request: from here on nobody can change a byte of a letter. */
export function sealSubmission(ground: SubmissionGround, request: SubmitRequest): SubmissionRows {
  const { context, organisation, alert, key } = ground;
  const supporter = takeSupporter(request);
  const actionId = newId();
  const person = request.kind === 'by_mail' ? personOf(supporter.email) : undefined;
  const personTag = person === undefined ? null : hex(key.tag('person', person));
  const day = context.clock.now().toISOString().slice(0, 10);
  return {
    action: {
      organisation_id: organisation.organisationId,
      action_id: actionId,
      alert_id: alert.alertId,
      alert_version: alert.version,
      kind: request.kind,
      language: request.language,
      person_tag: personTag,
      idempotency_tag: hex(key.tag('request', request.idempotencyKey)),
      content_tag: hex(key.tag('request', request.asked ?? wordsOf(request))),
      supporter: hex(key.seal(supporterCell(actionId), supporter)),
      divisions: request.divisions,
    },
    letters: request.letters.map((draft) =>
      sealDraft(ground, { request, supporter, actionId, personTag }, draft),
    ),
    mailId: newId(),
    addressTag: person === undefined ? null : hex(context.keyring.tagForDay(day, 'address', person)),
    networkTag: hex(context.keyring.tagForDay(day, 'network', request.network)),
  };
}

interface Sender {
  readonly request: SubmitRequest;
  readonly supporter: Supporter;
  readonly actionId: string;
  readonly personTag: string | null;
}

function sealDraft(ground: SubmissionGround, sender: Sender, draft: LetterDraft): LetterRow {
  const { context, organisation, alert, key, offices } = ground;
  const { request, supporter, actionId, personTag } = sender;
  const office = offices.get(draft.officeholderId);
  if (office === undefined) throw new Error('an officeholder passed the check without an office');
  const letterId = newId();
  const [statement, message] = [takeText(draft.statement), takeText(draft.message)];
  const { body } = composeLetter({
    officeholder: office,
    statement,
    message,
    constituent: { ...supporter, address: addressFor(office, request.supporter) },
    organisation: { ...organisation, contact: organisation.contactEmail },
    verifyUrl: verifyUrl(context, organisation.organisationId, letterId),
    language: request.language,
  });
  const given = ground.template(draft.officeholderId);
  const { name, email } = supporter;
  const content: LetterContent = {
    subject: oneLine(draft.subject),
    statement,
    message,
    body,
    replyTo: { name, email },
    ...factsFor(office, request.supporter, ground.campaign),
  };
  return {
    organisation_id: organisation.organisationId,
    letter_id: letterId,
    action_id: actionId,
    alert_id: alert.alertId,
    person_tag: personTag,
    officeholder_id: draft.officeholderId,
    office,
    channel: chooseChannel(office),
    composer: COMPOSER,
    sha256: hex(fingerprint(body)),
    content: hex(sealLetter(key, letterId, content)),
    text_tag: hex(key.tag('text', `${statement}\n${message}`)),
    own_words: shareOfOwnWords(`${statement}\n${message}`, `${given.statement}\n${given.message}`),
  };
}

/** An office that does not need the address does not get it. */
function addressFor(office: OfficeSnapshot, { address = '', facts }: TypedSupporter): string | undefined {
  if (!needsOf(office).has('street_address')) return undefined;
  return facts === undefined ? takeText(address.trim()) : addressOf(facts);
}

function factsFor(
  office: OfficeSnapshot,
  { facts }: TypedSupporter,
  campaign: CampaignFacts | undefined,
): Pick<LetterContent, 'constituent' | 'campaign'> {
  if (facts === undefined || campaign === undefined || !needsOf(office).has('fields')) return {};
  return { constituent: takeFacts(facts), campaign };
}

function takeSupporter({ kind, supporter: { name, email, place } }: SubmitRequest): Supporter {
  return {
    name: oneLine(name),
    // Where no mail is needed, an address that was typed all the same is not kept.
    email: kind === 'by_mail' ? (parseAddress(email) ?? '') : '',
    place: oneLine(place),
  };
}

// Everything the person asked for, and nothing of how it came in: a repeat from another network is the same.
function wordsOf({ supporter, letters, divisions, language }: SubmitRequest): string {
  const { name, email, address = '', place, facts } = supporter;
  const texts = letters.map(({ officeholderId, subject, statement, message }) => [
    officeholderId,
    subject,
    statement,
    message,
  ]);
  const words = [name, email, address, place, texts, divisions, language];
  return JSON.stringify(facts === undefined ? words : [...words, facts]);
}

function hex(bytes: Buffer): string {
  return `\\x${bytes.toString('hex')}`;
}
