export const handOver = {
  'actions.hand.copy': 'Copy your letter',
  'actions.hand.text': 'Letter',
  'actions.hand.copy_button': 'Copy',
  'actions.hand.copied': 'Copied',
  'actions.hand.new_tab': 'It opens in a new tab.',
  'actions.hand.report': 'Tell us, so that it counts',
  'actions.hand.done': 'I have sent it',
  'actions.hand.other_ways': 'Other ways',
  'actions.hand.way.by_form.web_form': 'By the office’s form',
  'actions.hand.way.by_form.website': 'Through the office’s website',
  'actions.hand.way.by_own_mail': 'From your own mail',
  'actions.hand.way.by_telephone': 'By telephone',
  'actions.hand.way.on_paper': 'On paper',

  'actions.hand.form.paste.web_form': 'Paste it into the office’s form, and send it there',
  'actions.hand.form.paste.website': 'Look for “contact” on the office’s website, and send it there',
  'actions.hand.form.open.web_form': 'Open the office’s form',
  'actions.hand.form.open.website': 'Open the office’s website',
  'actions.hand.form.no_address':
    'No page of this office is known. Its telephone book entry or reception will help.',
  'actions.hand.form.required': 'It will ask for: {fields}.',
  'actions.hand.form.optional': 'It also has room for: {fields}.',
  'actions.hand.form.topics':
    '{n, plural, one {It has one topic to choose} other {It has # topics to choose from}}',
  'actions.hand.form.captcha': 'It wants to see that a person sends it.',
  'actions.hand.form.fits':
    'It takes {longest, number} characters at most. Your letter has {length, number}.',
  'actions.hand.form.too_long':
    'It takes {longest, number} characters at most, and your letter has {length, number}. Shorten it there before you send it: what is beyond may be lost without a word.',
  'actions.hand.form.as_known': 'The form may have changed since this was written down.',
  'actions.hand.form.field.email': 'your e-mail address',
  'actions.hand.form.field.name_first': 'your first name',
  'actions.hand.form.field.name_last': 'your last name',
  'actions.hand.form.field.name_prefix': 'a form of address, such as Ms. or Mr.',
  'actions.hand.form.field.street': 'street and house number',
  'actions.hand.form.field.town': 'town',
  'actions.hand.form.field.state': 'state',
  'actions.hand.form.field.county': 'county',
  'actions.hand.form.field.postcode': 'postcode',
  'actions.hand.form.field.postcode_end': 'the last four digits of a long postcode',
  'actions.hand.form.field.phone': 'a telephone number',

  'actions.hand.mail.open': 'Open a new mail to the office',
  'actions.hand.mail.to': 'It goes to {address}.',
  'actions.hand.mail.mailto': 'Open my mail program',
  'actions.hand.mail.webmail': 'Or write it on a website. The link passes your letter to that company:',
  'actions.hand.mail.gmail': 'Gmail (Google)',
  'actions.hand.mail.outlook': 'Outlook on the web (Microsoft)',
  'actions.hand.mail.too_long':
    'Your letter is too long to go along in the link to a mail program. Copy it, and paste it into the mail.',
  'actions.hand.mail.too_long_for':
    '{providers} would not take a text this long from a link: there the mail opens without it.',
  'actions.hand.mail.check': 'Look it over there, and send it.',
  'actions.hand.mail.failed_before':
    'Our own mail to this address did not get through. Yours may fare no better, so another way is safer.',

  'actions.hand.call.call': 'Call the office',
  'actions.hand.call.script': 'What you can say, in your letter’s own words',
  'actions.hand.call.script_hint': 'A few sentences are enough. Say it as you would say it.',
  'actions.hand.call.how': 'How did it go?',
  'actions.hand.call.how_hint': 'It counts when you spoke with somebody or left a message.',
  'actions.hand.call.outcome.spoke': 'I spoke with somebody',
  'actions.hand.call.outcome.left_message': 'I left a message',
  'actions.hand.call.outcome.no_answer': 'Nobody answered',
  'actions.hand.call.outcome.engaged': 'The line was engaged',
  'actions.hand.call.told.spoke': 'You told us: you telephoned, and spoke with somebody',
  'actions.hand.call.told.left_message': 'You told us: you telephoned, and left a message',
  'actions.hand.call.told.no_answer': 'You told us: you telephoned, and nobody answered',
  'actions.hand.call.told.engaged': 'You told us: you telephoned, and the line was engaged',

  'actions.hand.paper.print': 'Print your letter, and sign it by hand',
  'actions.hand.paper.open.a4': 'PDF for A4 paper',
  'actions.hand.paper.open.letter': 'PDF for US Letter paper',
  'actions.hand.paper.window':
    'The address stands where the window of an envelope shows it: a DL or C5/6 envelope for A4, a #10 envelope for US Letter.',
  'actions.hand.paper.street':
    'Is your street address missing at the top? Write it there, so that the office can answer.',
  'actions.hand.paper.post': 'Put a stamp on it, and post it to this address',
  'actions.hand.paper.done': 'I have posted it',
  'actions.hand.paper.all':
    '{n, plural, one {One letter can go by post.} other {# letters can go by post. Print them as one document:}}',

  'actions.hand.ahead': 'We cannot send to this office ourselves: once you have confirmed, you send it.',
  'actions.hand.ahead_ways': 'Your ways then: {ways}',

  'actions.paper.no_font_title': 'This letter cannot be printed here',
  'actions.paper.no_font':
    'This site has no font for {what}, and a letter with empty boxes in it would be no letter.',
  'actions.paper.no_font_characters': 'these characters: {characters}',
  'actions.paper.no_font_you':
    'You can copy your letter from the receipt and print it with a program of your own, or send it another way.',
  'actions.paper.no_font_operator':
    'Whoever runs this site can add a font: its folder goes into the setting {setting}, and no letter has to be written anew.',
  'actions.paper.back': 'Back to the receipt',

  'delivery.call.hello': 'Hello, my name is {name}.',
  'delivery.call.about': 'I am calling about this: {subject}.',
  'delivery.call.please': 'Please pass this on to {officeholder}. Thank you.',

  'delivery.paper.page': 'Page {page} of {pages}',
  'delivery.paper.title': '{n, plural, one {A letter} other {# letters}}',
} as const;
