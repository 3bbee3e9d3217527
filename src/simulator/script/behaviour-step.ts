import type { Behaviour, CwcBehaviour, CwcStep, MailBehaviour, MailStep } from './behaviours.js';
import type { OfficeKey } from './office-key.js';

/** The step at which a behaviour of the mail server begins. */
export function mailStepOf(behaviour: MailBehaviour): MailStep {
  if (behaviour.do === 'greylist') return 'rcpt';
  if (behaviour.do === 'broken_tls' || behaviour.do === 'untrusted_certificate') return 'starttls';
  return behaviour.at;
}

/** The question that a behaviour of a CWC server is about. */
export function cwcStepOf(behaviour: CwcBehaviour): CwcStep {
  return behaviour.do === 'inactive' ? 'message' : (behaviour.at ?? 'message');
}

/** Why this office cannot behave so; undefined where it can. */
export function misplaced(office: OfficeKey, behaviour: Behaviour): string | undefined {
  const step = 'at' in behaviour ? behaviour.at : undefined;
  if (office.kind === 'address' || office.kind === 'domain') {
    if (step === undefined || step === 'rcpt' || step === 'data' || step === 'final_dot') {
      if (behaviour.do !== 'broken_tls' && behaviour.do !== 'untrusted_certificate') return undefined;
    }
    return 'before RCPT nobody knows which office is meant: put this under "mail"';
  }
  if (office.kind === 'code' && step === 'offices')
    return `the list of offices is the whole server's: put this under "${office.chamber}"`;
  if (office.kind === 'chamber' && behaviour.do === 'inactive')
    return 'only an office can be inactive: put this under its code, or list activeOffices';
  return undefined;
}
