import { Choice, type FieldContext, fieldId, Notice } from '../../design/index.js';
import { Officeholder, reachWords } from '../officeholder-view.js';
import type { OfficeholderChoice, WriteView } from './write-view.js';

type OfficeholdersStepProps = FieldContext &
  Pick<
    WriteView,
    'place' | 'placeNote' | 'listed' | 'back' | 'officeholders' | 'vacant' | 'dataEnded' | 'maximum'
  >;

/** To whom: everybody who was found, each of whom can be left out, and the seats that nobody holds. */
export function OfficeholdersStep(props: OfficeholdersStepProps) {
  const { language, place, placeNote, listed, back, officeholders, vacant, dataEnded, maximum } = props;
  return (
    <section class="step" aria-labelledby="to-title">
      <h3 id="to-title">{language.t('actions.write.to')}</h3>
      <p class="hint" id={fieldId('place')} tabIndex={-1}>
        {language.t(listed ? 'actions.write.listed' : 'actions.write.represent', { place })}{' '}
        <a href={back} data-again>
          {language.t(listed ? 'actions.write.start_again' : 'actions.write.not_my_place')}
        </a>
      </p>
      {placeNote !== undefined && <p class="hint">{language.t(placeNote)}</p>}
      {dataEnded !== undefined && (
        <Notice tone="warning">
          <p>{language.t('actions.write.data_ended', { date: language.date(dataEnded) })}</p>
        </Notice>
      )}
      <fieldset class="choices" aria-labelledby="to-title">
        {officeholders.map((officeholder, index) => (
          <OfficeholderLine key={officeholder.id} {...props} officeholder={officeholder} index={index} />
        ))}
      </fieldset>
      {vacant.map(({ chamber, division }) => (
        <p class="vacant" key={`${chamber} ${division}`}>
          {language.t('actions.write.vacant', { chamber, division })}
        </p>
      ))}
      {officeholders.length > maximum && (
        <p class="hint">{language.t('actions.write.maximum', { n: maximum })}</p>
      )}
    </section>
  );
}

interface LineProps extends FieldContext {
  readonly officeholder: OfficeholderChoice;
  readonly index: number;
}

function OfficeholderLine({ language, problems, officeholder, index }: LineProps) {
  const { id, reach, termEnded, chosen } = officeholder;
  return (
    <Choice
      language={language}
      problems={problems}
      type="checkbox"
      name="to"
      value={id}
      checked={chosen}
      id={index === 0 ? fieldId('to') : fieldId(`to-${index}`)}
    >
      <Officeholder officeholder={officeholder} />
      <span class="reach">{reachWords(language, reach)}</span>
      {termEnded !== undefined && (
        <span class="caution">
          {language.t('actions.write.term_ended', { date: language.date(termEnded) })}
        </span>
      )}
    </Choice>
  );
}
