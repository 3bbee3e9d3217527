import type { Command } from 'commander';
import { validate } from 'uuid';
import { findOrganisation } from '../../accounts/index.js';
import type { Context } from '../../context.js';
import { AppError } from '../../errors.js';
import { endNotice, listNotices, type Notice, type NoticeKind, openNotice } from './notices.js';
import { clearDeadAddress, type DeadAddress, listDeadAddresses } from './office-address.js';

const BY_OPERATOR = 'terminal';
const JSON_INDENT = 2;

const KIND_WORDS: Readonly<Record<NoticeKind, string>> = {
  not_understood: 'not understood',
  complaint: 'complaint',
  blocked: 'refused by policy',
};
const REASON_WORDS: Readonly<Record<DeadAddress['reason'], string>> = {
  no_such_address: 'no such address',
  no_such_domain: 'no such domain',
};

type Open = () => Promise<Context>;

/** Registers `redress inbound list|show|done` and `redress office address list|clear`. */
export function inboundCommands(program: Command, open: Open): void {
  const inbound = program.command('inbound').description('mails that came back and need a person');
  addNoticeList(inbound, open);
  addNoticeShow(inbound, open);
  addNoticeDone(inbound, open);
  const office = program.commands.find((command) => command.name() === 'office') ?? program.command('office');
  addAddressCommands(office.description(office.description() || 'offices that letters go to'), open);
}

function addNoticeList(inbound: Command, open: Open): void {
  inbound
    .command('list')
    .description('what came back and needs a person, oldest first')
    .option('--all', 'what is done, too', false)
    .option('--json', 'as JSON', false)
    .action(async ({ all, json }: { all: boolean; json: boolean }) => {
      await using context = await open();
      const { organisationId } = await findOrganisation(context);
      const notices = await listNotices(context.db, { organisationId, all });
      const lines = notices.map(lineOf).join('\n') || 'Nothing needs a person.';
      print(json ? JSON.stringify(notices, undefined, JSON_INDENT) : lines);
    });
}

function addNoticeShow(inbound: Command, open: Open): void {
  inbound
    .command('show')
    .description('one of them, with the mail that came: it may quote a letter')
    .argument('<id>', 'as the list gives it')
    .action(async (id: string) => {
      await using context = await open();
      const { organisationId } = await findOrganisation(context);
      const { notice, raw } = await openNotice(context, { organisationId, noticeId: checkId(id) });
      const mail = raw === undefined ? 'No mail is kept with it.' : printable(raw);
      print(`${lineOf(notice)}\n\n${mail}`);
    });
}

function addNoticeDone(inbound: Command, open: Open): void {
  inbound
    .command('done')
    .description('say that it was looked into; its mail is forgotten at once')
    .argument('<id>', 'as the list gives it')
    .requiredOption('--reason <text>', 'what was found; no names')
    .action(async (id: string, { reason }: { reason: string }) => {
      await using context = await open();
      const { organisationId } = await findOrganisation(context);
      const at = context.clock.now();
      await endNotice(context.db, { organisationId, noticeId: checkId(id), reason, by: BY_OPERATOR, at });
      print('Done. Its mail was forgotten.');
    });
}

function addAddressCommands(office: Command, open: Open): void {
  const address = office.command('address').description('addresses of offices that failed for good');
  address
    .command('list')
    .description('those that have a mark, oldest first')
    .option('--json', 'as JSON', false)
    .action(async ({ json }: { json: boolean }) => {
      await using context = await open();
      const addresses = await listDeadAddresses(context.db);
      const lines = addresses.map(addressLine).join('\n') || 'No address of an office has failed for good.';
      print(json ? JSON.stringify(addresses, undefined, JSON_INDENT) : lines);
    });
  address
    .command('clear')
    .description('take the mark off: letters go to the address again')
    .argument('<email>', 'the address')
    .requiredOption('--reason <text>', 'why it is good again')
    .action(async (email: string, { reason }: { reason: string }) => {
      await using context = await open();
      await clearDeadAddress(context.db, { email, reason, by: BY_OPERATOR, at: context.clock.now() });
      print(`Cleared. Letters go to ${email} again.`);
    });
}

function lineOf(notice: Notice): string {
  const { noticeId, kind, firstAt, mails, office, email, answer, doneReason } = notice;
  const to = office === null ? 'a mail to supporters' : `${office}${email === null ? '' : ` <${email}>`}`;
  return [
    noticeId,
    firstAt.toISOString(),
    KIND_WORDS[kind],
    `mails ${mails}`,
    to,
    ...(answer === null ? [] : [answer]),
    ...(doneReason === null ? [] : [`done: ${doneReason}`]),
  ].join('  ');
}

function addressLine({ address, since, bounces, reason, answer }: DeadAddress): string {
  const words = answer === null ? '' : `  ${answer}`;
  return `${address}  since ${since.toISOString()}  ${REASON_WORDS[reason]}  bounces ${bounces}${words}`;
}

function checkId(id: string): string {
  if (validate(id)) return id;
  throw new AppError('invalid_input', { detail: `"${id}" is no id. Take one from: redress inbound list` });
}

// A stranger wrote it: no byte of it may move the cursor, or colour, or ring.
function printable(raw: Buffer): string {
  return raw
    .toString('utf8')
    .replaceAll('\r\n', '\n')
    .replace(/[^\P{C}\n\t]/gu, '·');
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
