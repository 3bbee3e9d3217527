export const delivery = {
  'delivery.letter.salutation': 'Dear {officeholder},',
  'delivery.letter.whose_text': 'The text below was written by {organisation}.',
  'delivery.letter.closing': 'Yours sincerely,',
  'delivery.letter.written_through':
    '{name} prepared this letter through {organisation}, {address} ({contact}).',
  'delivery.letter.verify': 'To check that this letter is genuine: {url}',
  'delivery.cwc.about': 'Sent for its writer through {name}, {address} ({contact}).',
  'delivery.mail.from_name': '{name} via {organisation}',
  'delivery.outbox.title': 'The outbox',
  'delivery.outbox.not_sent': 'Not sent',
  'delivery.outbox.why':
    'This site is not set up to send mail, so mail is written to files and shown here, on this computer only.',
  'delivery.outbox.empty': 'Nothing here yet.',
  'delivery.outbox.kind.letter': 'Letter to an office',
  'delivery.outbox.kind.mail': 'Mail to a supporter',
  'delivery.outbox.to': 'To',
  'delivery.outbox.from': 'From',
  'delivery.outbox.written': 'Written',
  'delivery.outbox.file': 'The whole message as a file (.eml)',
  'delivery.outbox.back': 'Back to the outbox',

  'delivery.verify.title': 'Is this letter genuine?',
  'delivery.verify.genuine': 'This letter is genuine',
  'delivery.verify.genuine_lead':
    'A person wrote or signed it through {name}, and confirmed it from their own e-mail address.',
  'delivery.verify.unconfirmed': 'Nobody confirmed this letter',
  'delivery.verify.unconfirmed_lead':
    'It was begun through {name}, but not confirmed from an e-mail address.',
  'delivery.verify.withdrawn': 'This letter was withdrawn',
  'delivery.verify.withdrawn_lead': 'The person who confirmed it through {name} took it back later.',
  'delivery.verify.disavowed': 'This letter was disavowed',
  'delivery.verify.disavowed_lead':
    'The owner of the e-mail address told {name} that it was not they who wrote.',
  'delivery.verify.do_not_count': 'Please do not count it.',
  'delivery.verify.stamp.genuine': 'Confirmed',
  'delivery.verify.stamp.unconfirmed': 'Not confirmed',
  'delivery.verify.stamp.withdrawn': 'Withdrawn',
  'delivery.verify.stamp.disavowed': 'Disavowed',
  'delivery.verify.organisation': 'Through',
  'delivery.verify.office': 'To',
  'delivery.verify.alert': 'On',
  'delivery.verify.confirmed': 'Confirmed',
  'delivery.verify.how':
    'The fingerprint is the SHA-256 of the letter’s text as UTF-8 with single line feeds and one at its end.',
  'delivery.verify.no_person': 'This page names nobody: the letter itself says who wrote it.',
} as const;
