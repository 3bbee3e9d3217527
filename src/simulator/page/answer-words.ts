import type { Language, MessageKey } from '../../language/index.js';
import type { OfficeTally } from '../record/received.js';
import type { CwcStep, MailStep } from '../script/behaviours.js';

const STEPS: Readonly<Record<MailStep | CwcStep, MessageKey>> = {
  banner: 'simulator.step.banner',
  ehlo: 'simulator.step.ehlo',
  starttls: 'simulator.step.starttls',
  auth: 'simulator.step.auth',
  mail: 'simulator.step.mail',
  rcpt: 'simulator.step.rcpt',
  data: 'simulator.step.data',
  final_dot: 'simulator.step.final_dot',
  message: 'simulator.step.message',
  validate: 'simulator.step.validate',
  offices: 'simulator.step.offices',
};

const MANNERS: Readonly<Record<string, MessageKey>> = {
  stall: 'simulator.answer.stall',
  drop: 'simulator.answer.drop',
  greylist: 'simulator.answer.greylist',
  broken_tls: 'simulator.answer.broken_tls',
  untrusted_certificate: 'simulator.answer.untrusted_certificate',
  drip: 'simulator.answer.drip',
  truncated: 'simulator.answer.truncated',
  huge: 'simulator.answer.huge',
};

/** An answer of a record in words: `451`, `hung up`, `200 cut in half`. */
export function answerWords(language: Language, answer: string): string {
  const [word = '', code] = answer.split(' ');
  const manner = MANNERS[word];
  if (manner === undefined) return answer;
  if (code === undefined) return language.t(manner);
  return language.t('simulator.answer.with_code', { code, manner: language.t(manner) });
}

/** Every answer of an office, the most frequent first. */
export function tallyWords(language: Language, { answers }: OfficeTally): readonly string[] {
  return Object.entries(answers)
    .toSorted(([, a], [, b]) => b - a)
    .map(([name, n]) => {
      const [step = '', ...answer] = name.split(' ');
      const key = isStep(step) ? STEPS[step] : undefined;
      return language.t('simulator.answered', {
        step: key === undefined ? step : language.t(key),
        answer: answerWords(language, answer.join(' ')),
        n,
      });
    });
}

function isStep(step: string): step is MailStep | CwcStep {
  return Object.hasOwn(STEPS, step);
}
