/** The report of letters that an office gets. */
export const officeReport = {
  'delivery.report.title': 'Letters to {office}',
  'delivery.report.about': 'On “{headline}”, through {organisation}, as of {date}',
  'delivery.report.total': '{n, plural, one {One letter} other {# letters}}',
  'delivery.report.total_few': 'Fewer than {fewest} letters',
  'delivery.report.few': 'fewer than {fewest}',
  'delivery.report.withheld': 'not shown',
  'delivery.report.letters': 'Letters',
  'delivery.report.no_parts':
    'With so few letters nothing more is told of them, so that nobody can be recognised.',

  'delivery.report.ways': 'How they went',
  'delivery.report.way.office': 'Taken by the office’s own system, or its legislature’s',
  'delivery.report.way.relay':
    'Taken by our mail service for delivery; we have not heard that they came back',
  'delivery.report.way.relay_unwatched':
    'Taken by our mail service for delivery; mail that comes back is not read here',
  'delivery.report.way.evidence': 'Found to have been taken, after the answer could not be read',
  'delivery.report.way.handed_over': 'Sent by their writers themselves, as they told us; nobody checked',

  'delivery.report.texts': 'Whose words',
  'delivery.report.text.suggested': 'The text that {organisation} suggested, unchanged',
  'delivery.report.text.shared': 'Changed, and word for word the same as another letter',
  'delivery.report.text.partly_own': 'Individual: partly in the writer’s own words',
  'delivery.report.text.mostly_own': 'Individual: mostly in the writer’s own words',
  'delivery.report.shared_texts':
    'Behind those that are the same as another letter {n, plural, one {stands one text} other {stand # different texts}}.',

  'delivery.report.divisions': 'Where the writers live',
  'delivery.report.division': 'Division',
  'delivery.report.weeks': 'When they went',
  'delivery.report.week': 'Week from Monday',

  'delivery.report.method': 'How this was counted',
  'delivery.report.method.who':
    'A letter counts once its writer confirmed it from their own e-mail address and it went, or once its writer told us that they had sent it themselves; these stand apart. One person counts once for an office. Letters that were taken back, that their supposed writer disowned, or that came back do not count.',
  'delivery.report.method.words':
    'Texts were compared by fingerprints of the two texts in a letter, without salutation, name and address. A text counts as changed from the first run of four words on that the suggested text does not have, and as mostly its writer’s own from half of its runs on. Names of places that were filled in by themselves count as suggested.',
  'delivery.report.method.where':
    'The division is the one in which the writer says to live. It was looked up, not proved. A letter counts in each kind of division once.',
  'delivery.report.method.small':
    'Numbers under {fewest} are not shown, and some others with them, so that they cannot be worked out. This report names no writer.',
  'delivery.report.method.check':
    'Each letter ends with an address at which you can check that it is genuine. For questions: {contact}',
} as const;
