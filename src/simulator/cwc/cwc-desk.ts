import type { CwcValidator } from '../../delivery/index.js';
import type { Recorder } from '../record/recorder.js';
import { cwcStepOf } from '../script/behaviour-step.js';
import type { CwcBehaviour, CwcStep } from '../script/behaviours.js';
import type { Conduct } from '../script/conduct.js';
import type { Chamber } from '../script/office-key.js';
import type { Script } from '../script/script.js';
import { acceptedAnswer, type CwcAnswer, errorAnswer, jsonAnswer, rawAnswer } from './cwc-answer.js';
import { ALL_OFFICES } from './office-codes.js';
import type { CwcElements, ReadElements } from './read-elements.js';
import { UsedIds } from './used-ids.js';

interface DeskOptions {
  readonly conduct: Conduct<CwcBehaviour>;
  readonly recorder: Recorder;
  readonly schemas: Pick<CwcValidator, 'problems'>;
  readonly readElements: ReadElements;
  readonly script: Pick<Script, 'keys' | 'activeOffices'>;
}

/** One of the addresses to which letters are posted. */
export interface CwcDoor {
  readonly chamber: Chamber;
  readonly path: string;
  readonly step: Extract<CwcStep, 'message' | 'validate'>;
  /** 200 at the House, 201 at the Senate. */
  readonly success: number;
  /** The Senate's test system takes letters to all its offices. */
  readonly sandbox: boolean;
}

export interface CwcRequest {
  readonly door: CwcDoor;
  readonly key: string;
  readonly mediaType: string;
  readonly body: Buffer;
}

/** What is answered, and in which manner. */
export interface Decided {
  readonly answer: CwcAnswer;
  readonly behaviour: CwcBehaviour | undefined;
}

/** What one request says, so far as it can be read. */
interface Letter extends CwcRequest {
  readonly office: string;
  readonly id: string;
  readonly errors: readonly string[];
}

/** Answers for the House and the Senate by their rules and by the script, and writes down what came. */
export class CwcDesk {
  readonly #options: DeskOptions;
  readonly #used = new UsedIds();

  constructor(options: DeskOptions) {
    this.#options = options;
  }

  receive(request: CwcRequest): Decided {
    const { conduct, recorder, readElements, schemas } = this.#options;
    const { chamber, path, step } = request.door;
    const elements = readElements(request.body);
    const office = first(elements, 'MemberOffice');
    const errors = schemas.problems(`cwc_${chamber}`, request.body);
    const letter = { ...request, office, id: first(elements, 'DeliveryId'), errors };
    const fits = (behaviour: CwcBehaviour): boolean => cwcStepOf(behaviour) === step;
    const behaviour = conduct.take({ keys: [office, chamber], fits });
    const due = this.#due(letter, behaviour);
    const kept = step === 'message' && isYes(due.status) && keeps(behaviour);
    if (kept) this.#used.add(systemOf(request.door), letter.id);
    const answer = behaviour?.do === 'answer' ? scriptedAnswer(behaviour, letter.id) : due;
    const { id, body } = letter;
    const word = answerWord(behaviour, answer.status);
    recorder.add({ server: chamber, step, office, id, answer: word, kept, body, request: { path, errors } });
    return { answer, behaviour };
  }

  /** The codes of the offices that take part now. */
  listOffices(chamber: Chamber, key: string): Decided {
    const { conduct, recorder } = this.#options;
    const fits = (behaviour: CwcBehaviour): boolean => cwcStepOf(behaviour) === 'offices';
    const behaviour = conduct.take({ keys: [chamber], fits });
    const due = this.#keyProblem(key) ?? jsonAnswer(this.#officeList(chamber));
    const answer = behaviour?.do === 'answer' ? scriptedAnswer(behaviour, '') : due;
    const word = answerWord(behaviour, answer.status);
    recorder.answered({ server: chamber, office: '', step: 'offices', answer: word });
    return { answer, behaviour };
  }

  clear(): void {
    this.#used.clear();
  }

  /** What the office would say of itself, in the order in which such a server looks. */
  #due(letter: Letter, behaviour: CwcBehaviour | undefined): CwcAnswer {
    const { door, office, id, errors } = letter;
    const key = this.#keyProblem(letter.key);
    if (key !== undefined) return key;
    if (letter.mediaType !== 'application/xml')
      return errorAnswer(415, ['The Content-Type must be application/xml.']);
    if (errors.length > 0) return errorAnswer(400, errors);
    if (behaviour?.do === 'inactive' || !(door.sandbox || this.#active(door.chamber).includes(office)))
      return errorAnswer(400, [`The office ${office} takes no messages.`]);
    if (door.step === 'message' && this.#used.has(systemOf(door), id))
      return errorAnswer(409, [`The DeliveryId ${id} has been used.`]);
    return acceptedAnswer(door.success, id);
  }

  #keyProblem(key: string): CwcAnswer | undefined {
    const { keys } = this.#options.script;
    const known = keys === undefined ? key !== '' : keys.includes(key);
    return known ? undefined : errorAnswer(401, ['The apikey is not known.']);
  }

  #active(chamber: Chamber): readonly string[] {
    return this.#options.script.activeOffices[chamber] ?? ALL_OFFICES[chamber];
  }

  #officeList(chamber: Chamber): unknown {
    const fits = (behaviour: CwcBehaviour): boolean => behaviour.do === 'inactive';
    const codes = this.#active(chamber).filter(
      (code) => this.#options.conduct.possible({ keys: [code], fits }).length === 0,
    );
    return chamber === 'house' ? codes : codes.map((code) => ({ office_code: code }));
  }
}

function systemOf({ chamber, sandbox }: CwcDoor): string {
  return sandbox ? `${chamber} test` : chamber;
}

function first(elements: CwcElements | undefined, name: string): string {
  return elements?.[name]?.[0]?.trim() ?? '';
}

function keeps(behaviour: CwcBehaviour | undefined): boolean {
  return behaviour?.keep ?? behaviour?.do !== 'answer';
}

/** A 2xx that lists no errors is a yes, though the office does not have the letter. */
function scriptedAnswer(behaviour: Extract<CwcBehaviour, { do: 'answer' }>, id: string): CwcAnswer {
  const { status, body, errors, retryAfterSeconds } = behaviour;
  if (body !== undefined) return { ...rawAnswer(status, body), retryAfterSeconds };
  if (errors === undefined && isYes(status)) return { ...acceptedAnswer(status, id), retryAfterSeconds };
  return { ...errorAnswer(status, errors ?? []), retryAfterSeconds };
}

function isYes(status: number): boolean {
  return status >= 200 && status < 300;
}

function answerWord(behaviour: CwcBehaviour | undefined, status: number): string {
  switch (behaviour?.do) {
    case 'stall':
    case 'drop':
      return behaviour.do;
    case 'truncated':
    case 'huge':
    case 'drip':
      return `${behaviour.do} ${status}`;
    default:
      return String(status);
  }
}
