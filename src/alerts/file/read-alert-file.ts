import { basename, extname } from 'node:path';
import type { AlertContent } from '../alert-content.js';
import { renderReport } from '../report/report-html.js';
import { problemsInReport } from '../report/report-markdown.js';
import type { AlertFile } from './alert-file.js';
import { contentOf } from './content-of-file.js';
import { checkForCongress, checkRules, type Tell } from './content-rules.js';
import { type CheckedFields, checkFields } from './field-problems.js';
import { type FileFields, PATTERNS } from './file-fields.js';
import { FileProblems } from './file-problems.js';
import { type FrontMatter, readFrontMatter } from './front-matter.js';
import { type MeasuredPicture, measurePicture, tooLarge } from './pictures.js';
import { propertyOf } from './property-of.js';
import { checkTemplates } from './template-rules.js';

/** A whole alert as it was read from its file, not yet stored. */
export interface ReadAlert {
  readonly slug: string;
  readonly content: AlertContent;
  readonly pictures: readonly MeasuredPicture[];
}

/** Whether letters to a legislature, by its id, may go by a mail system of the Congress. */
export type GoesByCongressMail = (legislature: string) => Promise<boolean>;

const never: GoesByCongressMail = async () => false;

/**
 * Reads an alert file (`docs/alert-file.md`): front matter, report and pictures.
 * @throws AppError `invalid_file` whose text lists everything that is wrong, each with file and line.
 */
export async function readAlertFile(file: AlertFile, goesByCongressMail = never): Promise<ReadAlert> {
  const problems = new FileProblems(file.name);
  const text = decode(file.bytes, problems);
  const matter = text === undefined ? undefined : readFrontMatter(text, problems);
  if (matter === undefined) return refuse(problems);
  checkReport(matter, problems);
  // YAML that cannot be read as it stands says nothing about its fields.
  const checked = matter.fields === undefined ? undefined : checkFields(matter, problems);
  if (checked === undefined) return refuse(problems);
  const { ask } = checked.valid;
  const toCongress = ask !== undefined && (await goesByCongressMail(ask.legislature));
  checkFurther(checked, { matter, problems, toCongress });
  const pictures = await readPictures(checked.valid.pictures ?? [], { file, matter, problems });
  const slug = slugOf(checked.raw, file, problems);
  if (problems.any || checked.whole === undefined) return refuse(problems);
  const content = contentOf(checked.whole, matter.body, pictures.map(withoutBytes));
  checkRendering(content, matter, problems);
  return { slug, content, pictures };
}

function refuse(problems: FileProblems): never {
  problems.check();
  throw new Error('a file was refused without a reason');
}

function decode(bytes: Buffer, problems: FileProblems): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(/\r\n?/g, '\n');
  } catch {
    problems.add(1, 'the file is not UTF-8 text: save it as UTF-8');
    return undefined;
  }
}

interface Checking {
  readonly matter: FrontMatter;
  readonly problems: FileProblems;
  readonly toCongress: boolean;
}

function checkFurther(checked: CheckedFields, { matter, problems, toCongress }: Checking): void {
  const tell: Tell = (pointer, message) => problems.add(matter.lineOf(pointer), message);
  checkRules(checked, tell);
  if (toCongress) checkForCongress(checked, tell);
  checkTemplates(checked, {
    tell,
    tellWithin: (pointer, message, { text, occurrence }) =>
      problems.add(matter.lineWithin(pointer, text, occurrence), message),
  });
}

function checkReport({ fields, body, bodyLine }: FrontMatter, problems: FileProblems): void {
  const listed = propertyOf(fields, 'pictures');
  const files = (Array.isArray(listed) ? listed : []).map((picture: unknown) =>
    String(propertyOf(picture, 'file')),
  );
  for (const { line, message } of problemsInReport(body, new Set(files)))
    problems.add(bodyLine + line - 1, message);
}

interface Reading {
  readonly file: AlertFile;
  readonly matter: FrontMatter;
  readonly problems: FileProblems;
}

type PictureFields = NonNullable<FileFields['pictures']>;

async function readPictures(
  pictures: PictureFields,
  { file, matter, problems }: Reading,
): Promise<MeasuredPicture[]> {
  const measured: MeasuredPicture[] = [];
  for (const [index, fields] of pictures.entries()) {
    const bytes = await file.readPicture(fields.file);
    const picture =
      bytes === undefined
        ? `${fields.file} is not there: put it beside the alert file`
        : Buffer.isBuffer(bytes)
          ? measurePicture(fields, bytes)
          : tooLarge(fields.file, bytes.tooLarge);
    if (typeof picture !== 'string') measured.push(picture);
    else problems.add(matter.lineOf(`/pictures/${index}/file`), picture);
  }
  return measured;
}

function withoutBytes({ bytes: _, ...picture }: MeasuredPicture): Omit<MeasuredPicture, 'bytes'> {
  return picture;
}

function slugOf(raw: unknown, file: AlertFile, problems: FileProblems): string {
  const given = propertyOf(raw, 'slug');
  // One that the schema refused has been told already.
  if (given !== undefined) return String(given);
  const name = basename(file.name, extname(file.name)).toLowerCase();
  if (!PATTERNS.slug.test(name))
    problems.add(1, 'the name of this file makes no address: add slug: some-words');
  return name;
}

/** Markdown that parses can still be too deep to render. */
function checkRendering({ report }: AlertContent, { bodyLine }: FrontMatter, problems: FileProblems): void {
  try {
    renderReport(report, ({ sha256 }) => `/${sha256}`);
  } catch {
    problems.add(bodyLine, 'the report is nested too deeply: simplify its lists and quotations');
  }
  problems.check();
}
