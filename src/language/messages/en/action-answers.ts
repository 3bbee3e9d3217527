export const actionAnswers = {
  'actions.error.name_missing': 'Write your name, as the office should read it.',
  'actions.error.name_unusable': 'Write your name on one line, with at most {most, number} characters.',
  'actions.error.email_missing': 'Write your e-mail address: the confirmation goes there.',
  'actions.error.email_unusable':
    'This is not an e-mail address that mail can reach. It looks like name@example.org.',
  'actions.error.address_missing':
    'Write your street address: {office} answers only to letters that have one.',
  'actions.error.address_unusable': 'Write your street address with at most {most, number} characters.',
  'actions.error.place_missing': 'Say where you live: a postcode, or a district from the list.',
  'actions.error.point_outside':
    'This point lies in none of the districts that we know. Point to another, or choose your district from the list.',
  'actions.error.words_missing': 'Write where you live, in a few words: it stands below your letter.',
  'actions.error.place_ambiguous': 'This place lies in several districts. Name the division.',
  'actions.error.place_unknown':
    'We do not know this postcode. Check it, or choose your district from the list.',
  'actions.error.address_not_found':
    'This address was not found. Write house number, street, town and postcode, or choose your district from the list.',
  'actions.error.address_too_rough':
    'Only the town of this address was found, and it may lie in several districts. Add house number and street, give your postcode, or choose your district from the list.',
  'actions.error.address_failed':
    'Addresses cannot be looked up just now. Give your postcode alone, or choose your district from the list.',
  'actions.error.address_busy':
    'Too many addresses are being looked up just now. Try again in a minute, give your postcode alone, or choose your district from the list.',
  'actions.error.address_outside':
    'This address lies outside every district that we know. Choose your district from the list.',
  'actions.error.officeholders_missing': 'Choose at least one person to write to.',
  'actions.error.officeholders_too_many': 'At most {most, number} people can be written to at once.',
  'actions.error.officeholder_unknown':
    'One of the people chosen does not represent this place. Start again from where you live.',
  'actions.error.subject_missing': 'Write a subject.',
  'actions.error.subject_too_long':
    'The subject has {length, number} characters; at most {most, number} fit.',
  'actions.error.text_missing':
    'The letter to {office} is empty. Write a sentence of your own, or keep the prepared text.',
  'actions.error.text_too_long':
    'This text has {length, number} characters; at most {most, number} fit. Nothing was cut.',
  'actions.error.consent_missing':
    'Tick the box: without your consent we may not keep your letter until it is sent.',
  'actions.error.alert_closed': 'This alert has closed; letters are no longer taken.',
  'actions.error.form_expired': 'This form stood open too long. Check your letter and send it once more.',
  'actions.error.key_missing':
    'The header Idempotency-Key is missing: 8 to 255 letters, digits, or - _ . : of your choice, new for each letter.',
  'actions.step.subject': 'Your turn: {headline}',
  'actions.step.text':
    'You confirmed letters on “{headline}”. {n, plural, one {One of them} other {# of them}} could not go by itself: {offices} {n, plural, one {takes} other {take}} letters only through the office’s own page.\n\nYour {n, plural, one {letter is} other {letters are}} ready to copy on your receipt, with the way there:\n{receipt}\n\nThis is the only reminder. You get it since you confirmed letters at {name}.\n',
} as const;
