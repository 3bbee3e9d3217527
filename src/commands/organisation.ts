import type { Command } from 'commander';
import { findOrganisationIfAny, setOrganisation } from '../accounts/index.js';
import type { Context } from '../context.js';
import { AppError } from '../errors.js';

interface OrganisationOptions {
  readonly slug?: string;
  readonly name?: string;
  readonly contact?: string;
  readonly address?: string;
  readonly language?: string;
}

/** `redress organisation set`: who publishes here, and stands in every letter. */
export function organisationCommand(program: Command, open: () => Promise<Context>): void {
  const organisation = program.command('organisation').description('the organisation that publishes here');
  organisation
    .command('set')
    .description('make the organisation, or change what is given')
    .option('--slug <slug>', 'short name for addresses')
    .option('--name <name>', 'as readers and offices see it')
    .option('--contact <address>', 'e-mail address that answers')
    .option('--address <text>', 'postal address; lines separated by \\n')
    .option('--language <tag>', 'language of its pages')
    .action(async (options: OrganisationOptions) => {
      await using context = await open();
      const known = await findOrganisationIfAny(context);
      const { organisationId } = await setOrganisation(context, {
        ...(known && { organisationId: known.organisationId }),
        slug: checked('slug', options.slug) ?? known?.slug ?? 'main',
        name: options.name ?? known?.name ?? needed('name'),
        contactEmail: checked('contact', options.contact) ?? known?.contactEmail ?? needed('contact'),
        postalAddress:
          (options.address?.replaceAll('\\n', '\n') ?? known?.postalAddress) || needed('address'),
        language: checked('language', options.language) ?? known?.language ?? 'en',
      });
      process.stdout.write(
        `Organisation ${organisationId} is set. A server that runs shows it after its next start.\n`,
      );
    });
}

const SHAPES = {
  slug: { shape: /^[a-z0-9][a-z0-9-]{0,62}$/, like: 'friends-of-the-lamp' },
  contact: { shape: /^[^\s@<>",;:]+@[a-z0-9-]+(\.[a-z0-9-]+)+$/i, like: 'post@example.org' },
  language: { shape: /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, like: 'en' },
} as const;

function checked(option: keyof typeof SHAPES, value: string | undefined): string | undefined {
  const { shape, like } = SHAPES[option];
  if (value === undefined || shape.test(value)) return value;
  throw new AppError('invalid_input', { detail: `--${option} is "${value}". It looks like ${like}.` });
}

function needed(option: string): never {
  throw new AppError('invalid_input', { detail: `Give --${option}: it stands in every letter.` });
}
