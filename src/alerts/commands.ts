import { type Command, Option } from 'commander';
import { findOrganisation } from '../accounts/index.js';
import type { Context } from '../context.js';
import { type AlertState, CLOSE_REASONS, type CloseReason } from './alert-states.js';
import { closeAlert } from './change-state.js';
import { type ListedAlert, listAlerts } from './find-alerts.js';
import { importAlert } from './import-alert.js';
import type { SavedAlert } from './save-alert.js';

const BY_OPERATOR = 'command line';
const SLUG_COLUMN = 32;
const STATE_COLUMN = 10;

interface AlertTools {
  open(): Promise<Context>;
  /** Whether letters of an organisation to a legislature may go by a mail system of the Congress. */
  goesByCongressMail(
    context: Context,
    asking: { readonly organisationId: number; readonly legislature: string },
  ): Promise<boolean>;
  /** What whoever publishes an alert should know of the queues to its offices. */
  warningOf(
    context: Context,
    alert: { readonly organisationId: number; readonly slug: string },
  ): Promise<string | undefined>;
}

/** Adds `alert import`, `alert list` and `alert close`. Each opens a context and disposes it. */
export function alertCommands(program: Command, { open, goesByCongressMail, warningOf }: AlertTools): void {
  const alert = program.command('alert').description('publish alerts, list them, close them');
  alert
    .command('import')
    .description('read an alert from a Markdown file with front matter (docs/alert-file.md)')
    .argument('<file>', 'the .md file; its pictures lie beside it')
    .option('--publish', 'put it before the public at once', false)
    .option('--replace', 'give an alert of the same name a new version', false)
    .action(async (file: string, { publish, replace }: { publish: boolean; replace: boolean }) => {
      await using context = await open();
      const { organisationId } = await findOrganisation(context);
      const saved = await importAlert(context, {
        organisationId,
        file,
        publish,
        replace,
        by: BY_OPERATOR,
        goesByCongressMail: (legislature) => goesByCongressMail(context, { organisationId, legislature }),
      });
      print(sentenceFor(saved, context.config.url));
      const warning = publish ? await warningOf(context, { organisationId, slug: saved.slug }) : undefined;
      if (warning !== undefined) print(warning);
    });
  alert
    .command('list')
    .description('list all alerts, drafts too, newest first')
    .option('--json', 'as JSON', false)
    .action(async ({ json }: { json: boolean }) => {
      await using context = await open();
      const { organisationId } = await findOrganisation(context);
      const alerts = await listAlerts(context, { organisationId, drafts: true });
      print(
        json
          ? JSON.stringify(alerts, undefined, 2)
          : alerts.map(lineFor).join('\n') || 'There are no alerts yet.',
      );
    });
  alert
    .command('close')
    .description('end an alert; its page stays in the archive')
    .argument('<slug>', 'the last part of its address')
    .addOption(new Option('--reason <reason>', 'why').choices(CLOSE_REASONS).makeOptionMandatory())
    .action(async (slug: string, { reason }: { reason: CloseReason }) => {
      await using context = await open();
      const { organisationId } = await findOrganisation(context);
      await closeAlert(context, { organisationId, slug, reason, by: BY_OPERATOR });
      print(`Closed "${slug}" (${reason}).`);
    });
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

const DONE = {
  created: 'Imported',
  replaced: 'Gave a new version to',
  unchanged: 'Nothing to change in',
} as const;

function sentenceFor({ slug, version, state, outcome }: SavedAlert, url: string): string {
  const next: Readonly<Record<AlertState, string>> = {
    draft: 'It is a draft that nobody sees: import it again with --publish.',
    published: `Read it at ${url}/alerts/${slug}`,
    closed: `It is closed and stays in the archive at ${url}/alerts/${slug}`,
  };
  return `${DONE[outcome]} "${slug}" (version ${version}). ${next[state]}`;
}

function lineFor({ slug, state, date, headline }: ListedAlert): string {
  return `${date}  ${state.padEnd(STATE_COLUMN)}${slug.padEnd(SLUG_COLUMN)}${headline}`;
}
