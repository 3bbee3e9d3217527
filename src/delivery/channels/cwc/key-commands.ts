import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { Command } from 'commander';
import type { Context } from '../../../context.js';
import { sql } from '../../../database/index.js';
import { AppError } from '../../../errors.js';
import { LEGISLATURE_MAIL, type LegislatureMail } from '../../office-routes.js';
import { refreshActiveOffices } from './active-offices.js';
import { readChannelKeys, removeChannelKey, setChannelKey } from './channel-keys.js';

const BY = 'terminal';

interface KeyOptions {
  readonly organisation?: string;
  readonly file?: string;
}

/** Registers `redress channel key set|list|remove`. */
export function channelKeyCommands(program: Command, open: () => Promise<Context>): void {
  const channel = program.command('channel').description('the ways to offices');
  const key = channel.command('key').description('keys for the House’s and the Senate’s systems for letters');
  key
    .command('set <channel>')
    .description(`keep the key for ${LEGISLATURE_MAIL.join(' or ')}, sealed; it is read from standard input`)
    .option('--organisation <slug>', 'whose key it is; needed where there are several')
    .option('--file <path>', 'read the key from this file instead')
    .action(async (name: string, { organisation, file }: KeyOptions) => {
      const mail = readChannel(name);
      const typed = file === undefined ? await text(process.stdin) : await readKeyFile(file);
      await using context = await open();
      const { organisationId, slug } = await findOrganisation(context, organisation);
      await setChannelKey(context, { organisationId, channel: mail, by: BY, key: typed.trim() });
      process.stdout.write(`The key for ${mail} is set for ${slug}.\n`);
      process.stdout.write(await tryKey(context, mail));
    });
  key
    .command('list')
    .description('list which keys are set, and since when; never the keys')
    .action(async () => {
      await using context = await open();
      for (const { organisation, channel: mail, setAt } of await readChannelKeys(context))
        process.stdout.write(`${organisation}  ${mail}  since ${setAt.toISOString()}\n`);
    });
  key
    .command('remove <channel>')
    .description('forget a key: the organisation’s letters take other ways')
    .option('--organisation <slug>', 'whose key it is; needed where there are several')
    .action(async (name: string, { organisation }: KeyOptions) => {
      const mail = readChannel(name);
      await using context = await open();
      const { organisationId, slug } = await findOrganisation(context, organisation);
      const removed = await removeChannelKey(context, { organisationId, channel: mail, by: BY });
      process.stdout.write(
        removed ? `The key for ${mail} of ${slug} is forgotten.\n` : `${slug} has no key for ${mail}.\n`,
      );
    });
}

function readChannel(name: string): LegislatureMail {
  const channel = LEGISLATURE_MAIL.find((known) => known === name);
  if (channel !== undefined) return channel;
  throw new AppError('invalid_input', {
    detail: `There is no key for "${name}". Use one of ${LEGISLATURE_MAIL.join(', ')}.`,
  });
}

async function readKeyFile(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((cause: unknown) => {
    throw new AppError('invalid_input', { detail: `The file ${path} cannot be read.`, cause });
  });
}

async function findOrganisation({ db }: Pick<Context, 'db'>, slug: string | undefined) {
  const { rows } = await sql<{ organisationId: number; slug: string }>`
    select organisation_id as "organisationId", slug from organisation
    where ${slug ?? null}::text is null or slug = ${slug ?? null} order by slug`.execute(db);
  const [organisation] = rows;
  if (organisation === undefined)
    throw new AppError('not_found', {
      detail: slug === undefined ? 'There is no organisation yet.' : `There is no organisation "${slug}".`,
    });
  if (rows.length > 1)
    throw new AppError('invalid_input', {
      detail: `Say whose key it is: --organisation ${rows.map((row) => row.slug).join(' or ')}.`,
    });
  return organisation;
}

/** Asks for the active offices at once, so that a wrong key is noticed by whoever set it. */
async function tryKey(context: Context, channel: LegislatureMail): Promise<string> {
  const [list] = await refreshActiveOffices(context, { only: channel });
  if (list === undefined) return 'It was not tried: see redress doctor for what is off.\n';
  if (list.failure !== undefined) return `The active offices could not be listed with it: ${list.failure}.\n`;
  return `${list.codes.length} offices are active.\n`;
}
