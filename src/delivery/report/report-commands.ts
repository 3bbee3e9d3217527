import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { findOrganisation } from '../../accounts/index.js';
import { findAlert } from '../../alerts/index.js';
import type { Context } from '../../context.js';
import { AppError } from '../../errors.js';
import { language } from '../../language/index.js';
import { watchesBounces } from '../inbound/watches-bounces.js';
import { readReport } from './read-report.js';
import { renderReportPage } from './report-page.js';
import { type ReportWords, wordsOfReport } from './report-words.js';

const JSON_INDENT = 2;

interface ReportOptions {
  readonly alert: string;
  readonly office: string;
  readonly html?: string;
  readonly json: boolean;
}

/** Registers `redress office report`. */
export function reportCommand(office: Command, open: () => Promise<Context>): void {
  office
    .command('report')
    .description(
      'how many wrote to an office on an alert, from where and in whose words; for the office, without names',
    )
    .requiredOption('--alert <slug>', 'the alert')
    .requiredOption('--office <id>', 'the officeholder’s id, as redress letter list prints it')
    .option('--html <file>', 'write a page that can be printed')
    .option('--json', 'as JSON', false)
    .action(async ({ alert: slug, office: officeId, html, json }: ReportOptions) => {
      await using context = await open();
      const organisation = await findOrganisation(context);
      const { organisationId } = organisation;
      const alert = await findAlert(context, { organisationId, slug });
      if (alert === undefined)
        throw new AppError('not_found', {
          detail: `There is no published alert "${slug}". Those that there are: redress alert list`,
        });
      const report = await readReport(context, { alert, officeId });
      const { headline } = alert.content;
      const frame = {
        language: language(alert.language),
        headline,
        organisation,
        at: context.clock.now(),
        watchesBounces: watchesBounces(context.config),
      };
      const words = wordsOfReport(report, frame);
      if (html !== undefined) await write(html, renderReportPage(words, frame));
      const told = html === undefined ? textOf(words) : `Written to ${html}`;
      process.stdout.write(`${json ? JSON.stringify(report, undefined, JSON_INDENT) : told}\n`);
    });
}

async function write(file: string, page: string): Promise<void> {
  await writeFile(file, page).catch((cause: unknown) => {
    throw new AppError('invalid_input', { detail: `The file ${file} cannot be written.`, cause });
  });
}

function textOf({ title, about, total, tables, method }: ReportWords): string {
  return [
    title,
    about,
    `\n${total}`,
    ...tables.map(({ title: name, rows, remark }) =>
      [
        `\n${name}`,
        ...rows.map((row) => `  ${row.count}  ${row.name}`),
        ...(remark ? [`  ${remark}`] : []),
      ].join('\n'),
    ),
    `\n${method.title}`,
    ...method.paragraphs.map((paragraph) => `  ${paragraph}`),
  ].join('\n');
}
