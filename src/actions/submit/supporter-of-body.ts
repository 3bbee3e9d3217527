import { AppError } from '../../errors.js';
import { type FactField, NO_FACTS, nameOf, type TypedFacts } from '../write/constituent-fields.js';
import type { ActionBody } from './action-body.js';
import type { TypedSupporter } from './submission.js';

type GivenSupporter = ActionBody['supporter'];

/** What the JSON calls the form's fields about the supporter. */
export const SUPPORTER_NAMES: Readonly<Record<FactField | 'name' | 'email' | 'street', string>> = {
  name: 'supporter.name',
  email: 'supporter.email',
  street: 'supporter.address',
  given_name: 'supporter.givenName',
  family_name: 'supporter.familyName',
  prefix: 'supporter.prefix',
  address_line1: 'supporter.postalAddress.line1',
  address_line2: 'supporter.postalAddress.line2',
  city: 'supporter.postalAddress.city',
  state: 'supporter.postalAddress.state',
  zip: 'supporter.postalAddress.zip',
  phone: 'supporter.phone',
};

/**
 * The supporter of a JSON action. A name in fields is the name; with it, the address is the one in fields.
 * @throws AppError `invalid_input` where the name is given both ways.
 */
export function supporterOfBody(given: GivenSupporter, place: string): TypedSupporter {
  const { name = '', email = '', address } = given;
  const facts = factsOf(given);
  if (facts === undefined) return { name, email, place, ...(address !== undefined && { address }) };
  if (name.trim() !== '')
    throw new AppError('invalid_input', {
      fields: [{ field: 'supporter.name', key: 'actions.error.name_twice' }],
    });
  return { name: nameOf(facts), email, place, facts };
}

function factsOf({
  givenName,
  familyName,
  prefix,
  postalAddress,
  phone,
}: GivenSupporter): TypedFacts | undefined {
  const { line1 = '', line2 = '', city = '', state = '', zip = '' } = postalAddress ?? {};
  if (givenName === undefined && familyName === undefined) return undefined;
  return {
    ...NO_FACTS,
    given_name: givenName ?? '',
    family_name: familyName ?? '',
    prefix: prefix ?? '',
    address_line1: line1,
    address_line2: line2,
    city,
    state,
    zip,
    phone: phone ?? '',
  };
}
