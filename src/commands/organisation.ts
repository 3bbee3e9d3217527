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
    .option('--slug SLUG', 'short name for addresses')
    .option('--name NAME', 'as readers and offices see it')
    .option('--contact ADDRESS', 'e-mail address that answers')
    .option('--address TEXT', 'postal address; lines separated by \\n')
    .option('--language TAG', 'language of its pages')
    .action(async (options: OrganisationOptions) => {
      await using context = await open();
      const known = await findOrganisationIfAny(context);
      const { organisationId } = await setOrganisation(context, {
        slug: known?.slug ?? options.slug ?? 'main',
        name: options.name ?? known?.name ?? needed('name'),
        contactEmail: options.contact ?? known?.contactEmail ?? needed('contact'),
        postalAddress:
          (options.address?.replaceAll('\\n', '\n') ?? known?.postalAddress) || needed('address'),
        language: options.language ?? known?.language ?? 'en',
      });
      process.stdout.write(`Organisation ${organisationId} is set.\n`);
    });
}

function needed(option: string): never {
  throw new AppError('invalid_input', { detail: `Give --${option}: it stands in every letter.` });
}
