import type { Language, MessageKey } from '../../language/index.js';

const WORDS: Readonly<Record<string, MessageKey>> = {
  email: 'actions.hand.form.field.email',
  name_first: 'actions.hand.form.field.name_first',
  name_last: 'actions.hand.form.field.name_last',
  name_prefix: 'actions.hand.form.field.name_prefix',
  address_street: 'actions.hand.form.field.street',
  address_street_2: 'actions.hand.form.field.street',
  address_city: 'actions.hand.form.field.town',
  address_state: 'actions.hand.form.field.state',
  address_state_full: 'actions.hand.form.field.state',
  address_state_postal_abbrev: 'actions.hand.form.field.state',
  address_county: 'actions.hand.form.field.county',
  address_zip5: 'actions.hand.form.field.postcode',
  address_zip_plus_4: 'actions.hand.form.field.postcode',
  address_zip4: 'actions.hand.form.field.postcode_end',
  phone: 'actions.hand.form.field.phone',
  phone_parentheses: 'actions.hand.form.field.phone',
};

/** What an office's form asks for, in words and each once; what has no words of ours, as the source calls it. */
export function fieldWords(
  language: Language,
  fields: readonly { readonly asks: string }[],
): readonly string[] {
  const words = fields.map(({ asks }) => {
    const key = Object.hasOwn(WORDS, asks) ? WORDS[asks] : undefined;
    return key === undefined ? asks.replaceAll('_', ' ') : language.t(key);
  });
  return [...new Set(words)];
}
