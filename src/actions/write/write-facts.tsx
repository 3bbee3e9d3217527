import { PREFIXES } from '../../delivery/index.js';
import { type FieldContext, SelectField, TextField } from '../../design/index.js';
import type { Language } from '../../language/index.js';
import { STATES } from '../../legislatures/index.js';
import type { TypedFacts } from './constituent-fields.js';
import type { FactsView } from './write-view.js';

const MOST_NAMED = 5;

interface NameFieldsProps extends FieldContext {
  readonly facts: TypedFacts;
}

/** The name in the two fields that a mail system of the Congress has for it. */
export function NameFields({ language, problems, facts }: NameFieldsProps) {
  const field = { language, problems };
  return (
    <>
      <TextField
        {...field}
        name="given_name"
        label={language.t('actions.facts.given_name')}
        hint={language.t('actions.facts.name_hint')}
        value={facts.given_name}
        autoComplete="given-name"
      />
      <TextField
        {...field}
        name="family_name"
        label={language.t('actions.facts.family_name')}
        value={facts.family_name}
        autoComplete="family-name"
      />
    </>
  );
}

interface FactsFieldsProps extends NameFieldsProps {
  readonly asks: FactsView;
}

/** What a mail system of the Congress takes no letter without, and a telephone number that may be left out. */
export function FactsFields(props: FactsFieldsProps) {
  const { language, problems, facts, asks } = props;
  return (
    <div class="address">
      <p class="hint">{whyAsked(language, asks)}</p>
      <SelectField
        language={language}
        problems={problems}
        name="prefix"
        label={language.t('actions.facts.prefix')}
        hint={language.t('actions.facts.prefix_hint', chambersOf(language, asks))}
        value={facts.prefix}
        autoComplete="honorific-prefix"
        choose={language.t('actions.facts.choose')}
        options={PREFIXES.map((prefix) => ({ value: prefix, label: prefix }))}
      />
      <AddressLines {...props} />
      <TextField
        language={language}
        problems={problems}
        name="phone"
        type="tel"
        label={language.t('actions.facts.phone')}
        hint={language.t('actions.facts.phone_hint')}
        value={facts.phone}
        autoComplete="tel-national"
        inputMode="tel"
        optional
      />
    </div>
  );
}

function AddressLines({ language, problems, facts }: NameFieldsProps) {
  const field = { language, problems };
  const states = STATES.map(({ code, name }) => ({ value: code, label: name }));
  return (
    <>
      <TextField
        {...field}
        name="address_line1"
        label={language.t('actions.facts.address_line1')}
        value={facts.address_line1}
        autoComplete="address-line1"
      />
      <TextField
        {...field}
        name="address_line2"
        label={language.t('actions.facts.address_line2')}
        value={facts.address_line2}
        autoComplete="address-line2"
        optional
      />
      <TextField
        {...field}
        name="city"
        label={language.t('actions.facts.city')}
        value={facts.city}
        autoComplete="address-level2"
      />
      <SelectField
        {...field}
        name="state"
        label={language.t('actions.facts.state')}
        value={facts.state}
        autoComplete="address-level1"
        choose={language.t('actions.facts.choose')}
        options={states.toSorted((a, b) => language.compare(a.label, b.label))}
      />
      <TextField
        {...field}
        name="zip"
        label={language.t('actions.facts.zip')}
        value={facts.zip}
        autoComplete="postal-code"
        inputMode="numeric"
      />
    </>
  );
}

function whyAsked(language: Language, asks: FactsView): string {
  const { only, addressToo } = asks;
  return [
    language.t('actions.facts.who', chambersOf(language, asks)),
    whereItGoes(language, only),
    ...(addressToo.length > 0
      ? [language.t('actions.facts.address_too', { offices: language.list(addressToo) })]
      : []),
  ].join(' ');
}

function whereItGoes(language: Language, only: readonly string[]): string {
  if (only.length === 0) return language.t('actions.facts.to_all');
  if (only.length > MOST_NAMED) return language.t('actions.facts.to_many', { n: only.length });
  return language.t('actions.facts.to_these', { offices: language.list(only) });
}

function chambersOf(language: Language, { chambers }: FactsView): { n: number; chambers: string } {
  return { n: chambers.length, chambers: language.list(chambers) };
}
