import { CALL_OUTCOMES } from '../../delivery/index.js';
import { Button, Form } from '../../design/index.js';
import { OpenLink, Step, type WayProps } from './hand-over-parts.js';

/** The number, what to say, and how it went. */
export function CallWay({ language, handOver, step, first }: WayProps<'by_telephone'>) {
  const { number, href, script } = step;
  return (
    <ol class="hand-over-steps">
      <Step words={language.t('actions.hand.call.call')}>
        <p>
          {href === undefined ? (
            <bdi class="number">{number}</bdi>
          ) : (
            <OpenLink href={href} quiet={!first}>
              <bdi class="number">{number}</bdi>
            </OpenLink>
          )}
        </p>
      </Step>
      <Step words={language.t('actions.hand.call.script')}>
        <blockquote class="script">
          {script.map((line) => (
            <p key={line} dir="auto">
              {line}
            </p>
          ))}
        </blockquote>
        <p class="hint">{language.t('actions.hand.call.script_hint')}</p>
      </Step>
      <Step words={language.t('actions.hand.call.how')}>
        <Form
          action={handOver.action}
          hidden={{ ...handOver.hidden, how: 'by_telephone' }}
          class="call-outcomes"
        >
          {CALL_OUTCOMES.map((outcome) => (
            <Button key={outcome} quiet name="outcome" value={outcome}>
              {language.t(`actions.hand.call.outcome.${outcome}`)}
            </Button>
          ))}
        </Form>
        <p class="hint">{language.t('actions.hand.call.how_hint')}</p>
      </Step>
    </ol>
  );
}
