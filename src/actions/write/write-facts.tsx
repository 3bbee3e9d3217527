import type { ComponentProps } from 'preact';
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
export function NameFields(props: NameFieldsProps) {
  return (
    <>
      <FactField
        {...props}
        name="given_name"
        hint={props.language.t('actions.facts.name_hint')}
        autoComplete="given-name"
      />
      <FactField {...props} name="family_name" autoComplete="family-name" />
    </>
  );
}

interface FactsFieldsProps extends NameFieldsProps {
  readonly asks: FactsView;
}

/** What a mail system of the Congress takes no letter without, and a telephone number that may be left out. */
export function FactsFields({ asks, ...props }: FactsFieldsProps) {
  const { language } = props;
  return (
    <div class="address">
      <p class="hint">{whyAsked(language, asks)}</p>
      <FactChoice
        {...props}
        name="prefix"
        hint={language.t('actions.facts.prefix_hint', chambersOf(language, asks))}
        autoComplete="honorific-prefix"
        options={PREFIXES.map((prefix) => ({ value: prefix, label: prefix }))}
      />
      <AddressLines {...props} />
      <FactField
        {...props}
        name="phone"
        type="tel"
        hint={language.t('actions.facts.phone_hint')}
        autoComplete="tel-national"
        inputMode="tel"
        optional
      />
    </div>
  );
}

function AddressLines(props: NameFieldsProps) {
  const { language } = props;
  const states = STATES.map(({ code, name }) => ({ value: code, label: name }));
  return (
    <>
      <FactField {...props} name="address_line1" autoComplete="address-line1" />
      <FactField {...props} name="address_line2" autoComplete="address-line2" optional />
      <FactField {...props} name="city" autoComplete="address-level2" />
      <FactChoice
        {...props}
        name="state"
        autoComplete="address-level1"
        options={states.toSorted((a, b) => language.compare(a.label, b.label))}
      />
      <FactField {...props} name="zip" autoComplete="postal-code" inputMode="numeric" />
    </>
  );
}

type FactProps<Field> = NameFieldsProps & { readonly name: keyof TypedFacts } & Omit<
    Field,
    'name' | 'label' | 'value' | 'choose' | keyof FieldContext
  >;

/** A field named as its fact, which gives it its label and what was typed. */
function FactField({ facts, ...field }: FactProps<ComponentProps<typeof TextField>>) {
  const { language, name } = field;
  return <TextField {...field} label={language.t(`actions.facts.${name}`)} value={facts[name]} />;
}

function FactChoice({ facts, ...field }: FactProps<ComponentProps<typeof SelectField>>) {
  const { language, name } = field;
  return (
    <SelectField
      {...field}
      label={language.t(`actions.facts.${name}`)}
      value={facts[name]}
      choose={language.t('actions.facts.choose')}
    />
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
