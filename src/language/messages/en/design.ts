export const design = {
  'design.skip': 'Skip to the content',
  'design.kicker': 'Action alert',
  'design.rehearsal': 'Rehearsal: no letter leaves this site.',
  'design.footer.publisher': 'Published by {name}',
  'design.footer.software': 'Made with Redress, free software under the AGPL',
  'design.footer.data': 'Who represents whom: {name}',
  'design.footer.valid': 'valid until',
  'design.footer.outdated': 'past its date since',
  'design.field.optional': '(optional)',
  'design.problems': '{n, plural, one {One thing needs another look} other {# things need another look}}',
  'design.count.length': '{n} of at most {limit} characters',
  'design.count.share': '{n} % in your own words',
  'design.sheet.subject': 'Subject',
  'design.sheet.sha256': 'SHA-256',
  'design.error.home_title': 'Nothing here',
  'design.error.back_title': 'That did not go through',
  'design.error.again_title': 'Not just now',
  'design.error.home':
    'If you followed a link from a mail, check that the whole link was copied. Links also end when their time is over.',
  'design.error.back':
    'Go back in your browser: what you wrote should still be there. Mend it, and send it again.',
  'design.error.again':
    'Wait a moment, go back in your browser, and try again. What you wrote should still be there.',
  'design.error.to_front': 'To the front page',
  'design.error.code': 'For whoever helps you',
} as const;
