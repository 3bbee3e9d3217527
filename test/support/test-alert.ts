import { type AlertFile, importAlert } from '../../src/alerts/index.js';
import type { Context } from '../../src/context.js';

const LINES = [
  '---',
  'slug: SLUG',
  'language: en',
  'headline: Keep the lamp lit',
  'standfirst: The lamp goes dark in spring, unless the chambers decide otherwise.',
  'date: 2026-11-20',
  'byline: Mira Oss',
  'ask:',
  '  request: Write to your members about the lamp',
  '  legislature: LEGISLATURE',
  '  chambers: CHAMBERS',
  '  until: UNTIL',
  'measure:',
  '  number: Bill 12',
  '  title: An Act to keep the lamp',
  '  chambers: [house, senate]',
  'letter:',
  '  subject: "{{measure.number}}: please keep the lamp lit"',
  '  statement: |',
  '    {{organisation.name}} asks you to vote for {{measure.title}}.',
  '  message: |',
  '    I live in {{constituent.place}} and I write to you as a constituent.',
  'rights:',
  '  basis: own-work',
  '---',
  'The lamp has stood on the mole for a hundred years.',
  '',
];

/** Publishes a plain alert, of the demo's legislature if no other is named; answers its id. */
export async function publishTestAlert(
  context: Context,
  {
    slug = 'lamp',
    legislature = 'demo',
    chambers = '[lower, upper]',
    until = '2027-03-31',
    organisationId = 1,
  } = {},
): Promise<string> {
  const text = LINES.join('\n')
    .replace('SLUG', slug)
    .replace('LEGISLATURE', legislature)
    .replace('CHAMBERS', chambers)
    .replace('UNTIL', until);
  const file: AlertFile = {
    name: `${slug}.md`,
    bytes: Buffer.from(text),
    readPicture: async () => undefined,
  };
  const saved = await importAlert(context, {
    organisationId,
    file,
    publish: true,
    replace: false,
    by: 'test',
  });
  return saved.alertId;
}
