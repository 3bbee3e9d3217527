import { Choice, type FieldContext, TextField } from '../../design/index.js';
import { FactsFields, NameFields } from './write-facts.js';
import type { WriteView } from './write-view.js';

interface PersonStepProps
  extends FieldContext,
    Pick<WriteView, 'kind' | 'asksAddress' | 'asksFacts' | 'person' | 'days'> {
  readonly site: { readonly name: string };
}

/** From whom: what a letter needs and nothing else, and the consent to keep it. */
export function PersonStep(props: PersonStepProps) {
  const { language, problems, person, kind, asksAddress, asksFacts } = props;
  const field = { language, problems };
  return (
    <section class="step" aria-labelledby="from-title">
      <h3 id="from-title">{language.t('actions.write.from')}</h3>
      {asksFacts === undefined ? (
        <TextField
          {...field}
          name="name"
          label={language.t('actions.write.name')}
          hint={language.t('actions.write.name_hint')}
          value={person.name}
          autoComplete="name"
        />
      ) : (
        <NameFields {...field} facts={person.facts} />
      )}
      {kind === 'by_mail' && (
        <TextField
          {...field}
          name="email"
          type="email"
          label={language.t('actions.write.email')}
          hint={language.t('actions.write.email_hint')}
          value={person.email}
          autoComplete="email"
          inputMode="email"
          spellcheck={false}
        />
      )}
      {asksAddress && <AddressFields {...props} />}
      {asksFacts !== undefined && <FactsFields {...field} asks={asksFacts} facts={person.facts} />}
      <Consent {...props} />
    </section>
  );
}

function AddressFields({ language, problems, person }: PersonStepProps) {
  return (
    <div class="address">
      <p class="hint">{language.t('actions.write.address_hint')}</p>
      <TextField
        language={language}
        problems={problems}
        name="street"
        label={language.t('actions.write.street')}
        value={person.street}
        autoComplete="address-line1"
      />
      <TextField
        language={language}
        problems={problems}
        name="locality"
        label={language.t('actions.write.locality')}
        value={person.locality}
        autoComplete="address-level2"
      />
    </div>
  );
}

function Consent({ language, problems, site, kind, asksFacts, person, days }: PersonStepProps) {
  return (
    <div class="consent">
      <Choice
        language={language}
        problems={problems}
        type="checkbox"
        name="consent"
        value="yes"
        checked={person.consent}
      >
        {language.t(asksFacts === undefined ? `actions.consent.${kind}` : 'actions.facts.consent', {
          name: site.name,
        })}
      </Choice>
      <details>
        <summary>{language.t('actions.consent.more')}</summary>
        <ul class="plain">
          <li>{language.t('actions.consent.opinion')}</li>
          <li>{language.t('actions.consent.office')}</li>
          <li>{language.t('actions.consent.unconfirmed', { n: days.unconfirmed })}</li>
          <li>{language.t('actions.consent.kept', { n: days.kept })}</li>
          <li>{language.t('actions.consent.withdraw')}</li>
        </ul>
      </details>
    </div>
  );
}
