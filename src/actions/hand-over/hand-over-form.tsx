import type { HandOverStep } from '../../delivery/index.js';
import type { Language } from '../../language/index.js';
import { fieldWords } from '../write/form-fields.js';
import { LetterToCopy, OpenLink, Report, Step, type WayProps } from './hand-over-parts.js';

type WebForm = NonNullable<Extract<HandOverStep, { way: 'by_form' }>['form']>;

/** Copy, open the office's page, paste, and say so. */
export function FormWay({ language, id, letter, handOver, step, copied, first }: WayProps<'by_form'>) {
  const { reach, address, form } = step;
  return (
    <ol class="hand-over-steps">
      <Step words={language.t('actions.hand.copy')}>
        {!copied && <LetterToCopy language={language} id={`${id}-form`} letter={letter} />}
      </Step>
      <Step words={language.t(`actions.hand.form.paste.${reach}`)}>
        {address === undefined ? (
          <p>{language.t('actions.hand.form.no_address')}</p>
        ) : (
          <p>
            <OpenLink href={address} quiet={!first} tab>
              {language.t(`actions.hand.form.open.${reach}`)}
            </OpenLink>
            <span class="hint">{language.t('actions.hand.new_tab')}</span>
          </p>
        )}
        {form !== undefined && <FormNeeds language={language} form={form} />}
      </Step>
      <Report language={language} handOver={handOver} way="by_form" words={language.t('actions.hand.done')} />
    </ol>
  );
}

/** What the form will ask for, so that nobody is surprised there. */
function FormNeeds({ language, form }: { language: Language; form: WebForm }) {
  const { fields, topics, captcha } = form;
  const required = fieldWords(
    language,
    fields.filter((field) => field.required),
  );
  const optional = fieldWords(
    language,
    fields.filter((field) => !field.required),
  );
  return (
    <div class="form-needs">
      <LengthWords language={language} form={form} />
      {required.length > 0 && (
        <p>{language.t('actions.hand.form.required', { fields: language.list(required) })}</p>
      )}
      {optional.length > 0 && (
        <p>{language.t('actions.hand.form.optional', { fields: language.list(optional) })}</p>
      )}
      {topics.length > 0 && (
        <details>
          <summary>{language.t('actions.hand.form.topics', { n: topics.length })}</summary>
          <ul class="topics">
            {topics.map((topic) => (
              <li key={topic}>
                <bdi>{topic}</bdi>
              </li>
            ))}
          </ul>
        </details>
      )}
      {captcha && <p>{language.t('actions.hand.form.captcha')}</p>}
      <p class="hint">{language.t('actions.hand.form.as_known')}</p>
    </div>
  );
}

/** Whether the letter fits; nothing where the form's measure is not known. */
function LengthWords({ language, form }: { language: Language; form: WebForm }) {
  const { longest, length } = form;
  if (longest === undefined) return null;
  return length > longest ? (
    <p class="caution">{language.t('actions.hand.form.too_long', { longest, length })}</p>
  ) : (
    <p>{language.t('actions.hand.form.fits', { longest, length })}</p>
  );
}
