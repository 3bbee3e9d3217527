/** What the Congress's own mail systems want to know of a letter's writer, and what is said of it. */
export const constituent = {
  'actions.facts.who':
    '{n, plural, one {The mail system of the {chambers} takes no letter without these fields, but for the optional ones.} other {The mail systems of the {chambers} take no letter without these fields, but for the optional ones.}}',
  'actions.facts.to_these': 'What you write there goes with your letter to {offices}, and nowhere else.',
  'actions.facts.to_many':
    'What you write there goes with your letter to the {n} of these people who are reached that way, and nowhere else.',
  'actions.facts.to_all': 'What you write there goes with your letter, and nowhere else.',
  'actions.facts.address_too':
    'Only the address goes to {offices} as well, who answer only to people who give one.',
  'actions.facts.name_hint':
    'Both, as you sign letters. With them your letter closes: first name, then last name.',
  'actions.facts.given_name': 'First name',
  'actions.facts.family_name': 'Last name',
  'actions.facts.address_line1': 'House number and street',
  'actions.facts.address_line2': 'Apartment or unit',
  'actions.facts.city': 'City',
  'actions.facts.state': 'State or territory',
  'actions.facts.zip': 'ZIP code',
  'actions.facts.prefix': 'How you are addressed',
  'actions.facts.prefix_hint':
    '{n, plural, one {The mail system of the {chambers} takes no letter without one of these.} other {The mail systems of the {chambers} take no letter without one of these.}} Otherwise we would not ask.',
  'actions.facts.phone': 'Telephone',
  'actions.facts.phone_hint': 'Only if the office may call you. Ten digits.',
  'actions.facts.consent':
    'I agree that {name} keeps my name, my e-mail address, the other facts that I give here, and my letter in order to confirm, deliver and account for it.',
  'actions.facts.choose': 'Choose …',

  'actions.limits.form':
    '{office} takes letters by a form with room for {most, number} characters, salutation and closing included. We never cut your letter: if it is longer, you decide there what to leave out.',

  'actions.error.given_name_missing': 'Write your first name: the mail system of the {chamber} wants both.',
  'actions.error.family_name_missing': 'Write your last name: the mail system of the {chamber} wants both.',
  'actions.error.prefix_missing':
    'Choose how you are addressed: the mail system of the {chamber} takes no letter without it.',
  'actions.error.address_line1_missing':
    'Write house number and street: the mail system of the {chamber} takes no letter without them.',
  'actions.error.city_missing':
    'Write your city: the mail system of the {chamber} takes no letter without it.',
  'actions.error.state_missing':
    'Choose your state: the mail system of the {chamber} takes no letter without it.',
  'actions.error.zip_missing':
    'Write your ZIP code: the mail system of the {chamber} takes no letter without it.',
  'actions.error.fact_length': 'Write this on one line, with {least} to {most} characters.',
  'actions.error.zip_unusable': 'Write the ZIP code with five digits, or with five and four: 94110-1234.',
  'actions.error.state_unknown': 'Choose one of the states and territories, by its two letters: CA.',
  'actions.error.prefix_unknown': 'Choose one of these: {known}. The mail systems take no other.',
  'actions.error.phone_unusable':
    'Write a telephone number of the United States with its ten digits, such as 555-555-0100, or leave it out.',
  'actions.error.name_twice': 'Give a name, or a given name and a family name, but not both.',
  'actions.error.subject_too_short':
    'Write a longer subject, of {least} characters or more: the mail system of the {chamber} takes no shorter one.',
  'actions.error.text_too_short':
    'Write more here, {least} characters or more, or nothing: the mail system of the {chamber} takes no shorter text.',
  'actions.error.text_too_long_for':
    'This is {length, number} characters long. The mail system of the {chamber} takes at most {most, number}.',

  'actions.parts.title': 'How it goes there',
  'actions.parts.lead':
    'The mail system of the {chamber} takes a letter in parts. To this office go {texts}, and as separate fields what stands below. We add who we are and a link by which the office can check the letter. The salutation, the closing and the lines around the words do not go. Should this way fail, the letter takes another, as it stands above.',
  'actions.parts.subject': 'the subject',
  'actions.parts.message': 'your own words',
  'actions.parts.statement': 'the words of {organisation}',
  'actions.parts.prefix': 'Addressed as',
  'actions.parts.name': 'Name',
  'actions.parts.address': 'Address',
  'actions.parts.phone': 'Telephone',
  'actions.parts.email': 'E-mail',
  'actions.parts.topics': 'About',
  'actions.parts.bill': 'Bill',
  'actions.parts.bill_words':
    '{bill}, {congress, selectordinal, one {#st} two {#nd} few {#rd} other {#th}} Congress',
  'actions.parts.stance': 'Stance',
  'actions.parts.stance.pro': 'For it',
  'actions.parts.stance.con': 'Against it',
  'actions.parts.more_info': 'To read more',
} as const;
