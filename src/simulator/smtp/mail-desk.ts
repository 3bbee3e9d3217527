import type { SMTPServerSession } from 'smtp-server';
import type { Recorder } from '../record/recorder.js';
import { mailStepOf } from '../script/behaviour-step.js';
import type { MailBehaviour, MailStep } from '../script/behaviours.js';
import type { Conduct } from '../script/conduct.js';
import type { Greylist } from './greylist.js';
import { messageIdOf } from './mail-message.js';

interface DeskOptions {
  readonly conduct: Conduct<MailBehaviour>;
  readonly greylist: Greylist;
  readonly recorder: Recorder;
}

/** What is known of a conversation at a step. */
interface Situation {
  readonly session: SMTPServerSession;
  /** The recipients that the step is about. */
  readonly to: readonly string[];
}

/** Decides each answer of the mail server by the script, and writes down what came and what was answered. */
export class MailDesk {
  readonly #options: DeskOptions;

  constructor(options: DeskOptions) {
    this.#options = options;
  }

  /** STARTTLS is offered only where a script is about to spoil it: the only certificate is one that nobody trusts. */
  offersTls(): boolean {
    const fits = (behaviour: MailBehaviour): boolean => mailStepOf(behaviour) === 'starttls';
    return this.#options.conduct.possible({ keys: ['mail'], fits }).length > 0;
  }

  /** Before the final dot. */
  decide(step: MailStep, { session, to }: Situation): MailBehaviour | undefined {
    const behaviour = this.#take(step, { session, to });
    if (behaviour !== undefined) {
      const office = to[0] ?? '';
      this.#options.recorder.answered({ server: 'mail', office, step, answer: answerWord(behaviour, '') });
    }
    return behaviour;
  }

  /** At the final dot. */
  receive(session: SMTPServerSession, body: Buffer): MailBehaviour | undefined {
    const { from, to } = envelopeOf(session);
    const behaviour = this.#take('final_dot', { session, to });
    this.#options.recorder.add({
      server: 'mail',
      step: 'final_dot',
      office: to[0] ?? '',
      id: messageIdOf(body),
      answer: answerWord(behaviour, '250'),
      kept: behaviour?.keep ?? behaviour?.do !== 'answer',
      envelope: { from, to },
      body,
    });
    return behaviour;
  }

  #take(step: MailStep, { session, to }: Situation): MailBehaviour | undefined {
    const { conduct, greylist } = this.#options;
    const { from } = envelopeOf(session);
    const keys = [...to.flatMap((address) => [address, domainOf(address)]), 'mail'];
    return conduct.take({
      keys,
      fits: (behaviour) =>
        mailStepOf(behaviour) === step &&
        (behaviour.do !== 'greylist' || greylist.refuses(from, to[0] ?? '', behaviour.minutes)),
    });
  }
}

/** As a script's keys have them: in lower case. */
export function envelopeOf({ envelope }: SMTPServerSession): {
  readonly from: string;
  readonly to: string[];
} {
  const { mailFrom, rcptTo } = envelope;
  return {
    from: mailFrom === false ? '' : mailFrom.address,
    to: rcptTo.map(({ address }) => address.toLowerCase()),
  };
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@'));
}

function answerWord(behaviour: MailBehaviour | undefined, due: string): string {
  if (behaviour === undefined) return due;
  if (behaviour.do === 'answer') return String(behaviour.code);
  return behaviour.do === 'drip' ? `drip ${due}`.trim() : behaviour.do;
}
