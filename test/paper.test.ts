import { cp, mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import fc from 'fast-check';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PaperLetter } from '../src/delivery/index.js';
import { checkFonts } from '../src/delivery/paper/check-fonts.js';
import { paperOf } from '../src/delivery/paper/paper-format.js';
import { type PaperDocument, Printer } from '../src/delivery/paper/printer.js';
import { Typesetter } from '../src/delivery/paper/typesetter.js';
import { type ReadPage, readPdf, wordsOf } from './support/read-pdf.js';
import { temporaryFolder } from './support/temporary-file.js';

const log = pino({ level: 'silent' });
const require = createRequire(import.meta.url);
const CHINESE = require.resolve('@expo-google-fonts/zcool-xiaowei/400Regular/ZCOOLXiaoWei_400Regular.ttf');
const RUNS = process.env.REDRESS_TRIAL === '1' ? 300 : 15;

const TEXTS = {
  Latin:
    'Dear Sir, the crossing to Łódź, Ørsted and Đà Nẵng: naïve façade, “quoted” — fi ffl office. ɓàɗá Tiếng Việt.',
  Greek: 'Αξιότιμη κυρία, σας γράφω για το νυχτερινό πλοίο.',
  Cyrillic: 'Уважаемая госпожа депутат, пишу Вам о ночном пароме. Ґанок, Їжак, Ђорђе.',
  Arabic:
    'السيدة الوزيرة المحترمة، أكتب إليكم بشأن العبارة الليلية إلى الجزيرة وأطلب منكم دعم المشروع. لقد عملت أختي في المستشفى سنوات طويلة.',
  Persian: 'خانم نماینده محترم، من درباره کشتی شبانه به شما می‌نویسم. خواهرم در بیمارستان کار می‌کند. ۱۲۳',
  Urdu: 'محترمہ رکن اسمبلی، میں آپ کو رات کی کشتی کے بارے میں لکھ رہا ہوں۔',
  Devanagari:
    'माननीय सदस्य, मैं आपको रात की नौका के विषय में लिख रहा हूँ। मेरी बहन अस्पताल में काम करती है। कृपया इस विधेयक के पक्ष में मतदान करें।',
  Hebrew: 'חברת הכנסת הנכבדה, אני כותבת אליך בעניין מעבורת הלילה. אנא הצביעי בעד החוק.',
} as const;

function letter(changes: Partial<PaperLetter> & { readonly message?: string } = {}): PaperLetter {
  const { message = 'Please keep it.', ...rest } = changes;
  return {
    name: 'Ada Quill',
    recipient: ['Senator Mira Quell', 'Upper House', '1 Chamber Square', '1000 Orvany'],
    date: '24 November 2026',
    subject: 'The night ferry',
    body: `Dear Senator Mira Quell,\n\n${message}\n\nYours sincerely,\n\nAda Quill\n12 Lamp Street\n1810 Wexmoor\n\nTo check it: https://act.example/letters/${'Ab3_'.repeat(12)}\n`,
    closing: 'Yours sincerely,',
    pageWords: 'Page {page} of {pages}',
    ...rest,
  };
}

let printer: Printer;
beforeAll(() => {
  printer = new Printer({ fontFolders: [], log });
});
afterAll(() => printer.close());

async function print(
  letters: readonly PaperLetter[],
  changes: Partial<PaperDocument> & { readonly by?: Printer } = {},
): Promise<{ readonly pages: ReadPage[]; readonly pdf: Uint8Array }> {
  const { by = printer, ...rest } = changes;
  const printed = await by.print({ letters, format: 'a4', title: 'A letter', language: 'en', ...rest });
  if (printed.kind !== 'printed') throw new Error(`no font for ${JSON.stringify(printed.missing)}`);
  return { pdf: printed.pdf, pages: await readPdf(printed.pdf) };
}

describe('the text of a letter', () => {
  test.each(Object.entries(TEXTS))(
    'in %s can be read out of the PDF again, in order',
    async (name, message) => {
      const { pages } = await print([letter({ message })]);
      const text = pages.map((page) => page.text).join('\n');
      expect(text).not.toContain('\ufffd');
      // Whether a gap is one between words, a reader guesses from its width, in these scripts not always right.
      const joint = name === 'Devanagari' || name === 'Arabic' ? '' : ' ';
      expect(wordsOf(text).join(joint)).toContain(wordsOf(message).join(joint));
    },
  );

  test('in both directions on one line is there with every word', async () => {
    const message = 'أكتب إليكم بشأن القانون Bill 42 وأطلب دعم Mira Quell في 12 فبراير.';
    const { pages } = await print([letter({ message })]);
    // Words of the other direction are given back in the order in which they are seen.
    expect(wordsOf(pages[0]?.text ?? '')).toEqual(expect.arrayContaining(wordsOf(message)));
  });

  test('from right to left stands at the right, its address in the window too', async () => {
    const message = TEXTS.Arabic;
    const recipient = ['السناتور ميرا كويل', 'المجلس الأعلى', 'ميدان البرلمان'];
    const { pages } = await print([letter({ message, recipient, subject: 'العبارة' })]);
    const [page] = pages;
    expect(page?.hasInk({ left: 25, top: 98, right: 120, bottom: 103 }), 'beside the subject').toBe(false);
    expect(page?.hasInk({ left: 150, top: 98, right: 190, bottom: 103 }), 'the subject').toBe(true);
    expect(page?.hasInk({ left: 75, top: 62, right: 100, bottom: 90 }), 'the address').toBe(true);
    expect(page?.hasInk({ left: 100, top: 62, right: 115, bottom: 90 }), 'beside the window').toBe(false);
  });

  test('is never markup, and stands there character by character', async () => {
    const message =
      '#let x = 1; #sys.version *bold* _x_ $a^2$ @cite <end-0> `raw` // no comment \\ #image("/etc/passwd") --- ~ [x] {page}';
    const subject = '= #panic("x") *s*';
    const { pages } = await print([letter({ message, subject, name: '#eval("1")' })]);
    const text = pages
      .map((page) => page.text)
      .join('\n')
      .replace(/\s+/g, ' ');
    expect(text).toContain(message);
    expect(text).toContain(subject);
  });

  test('of any length and kind that a font has is set whole', async () => {
    const word = fc.string({
      unit: fc.constantFrom(...'abcXYZ.,#$*_@<>"\\/-ßñÉøαβЖж0189'),
      minLength: 1,
      maxLength: 90,
    });
    const text = fc.array(word, { minLength: 1, maxLength: 60 }).map((words) => words.join(' '));
    await fc.assert(
      fc.asyncProperty(text, async (message) => {
        const { pages } = await print([letter({ message })]);
        const bare = (all: string): string => all.replace(/\s|\u200b/g, '');
        // At the end of a line PDFium takes a hyphen for one that was put in.
        const without = (all: string): string => bare(all).replace(/-|\p{Cc}/gu, '');
        expect(without(pages.map((page) => page.text.replace(/Page \d+ of \d+/, '')).join(''))).toContain(
          without(message),
        );
      }),
      { numRuns: RUNS, seed: 1704 },
    );
  });

  test('keeps its lines and its spaces, and leaves no word beside the sheet', async () => {
    const { pages } = await print([
      letter({ message: `one\n  two\n\n\n${'W'.repeat(400)}`, subject: 'S'.repeat(200) }),
    ]);
    const [page] = pages;
    expect(page?.text).toMatch(/one\r?\n\s*two/);
    expect(page?.hasInk({ left: 195, top: 0, right: 210, bottom: 297 })).toBe(false);
  });
});

describe('a script without a font', () => {
  test('is refused by its name, and nothing is drawn', async () => {
    const refused = await printer.print({
      letters: [letter({ message: 'வணக்கம், สวัสดี and 您好 ☃' })],
      format: 'a4',
      title: 'A letter',
      language: 'en',
    });
    expect(refused).toEqual({
      kind: 'no_font',
      missing: { scripts: ['Taml', 'Thai', 'Hani'], characters: ['☃'] },
    });
  });

  test('is refused as well where a font has a letter and not its mark', async () => {
    const refused = await printer.print({
      letters: [letter({ message: 'x\u{1d165}' })],
      format: 'a4',
      title: 'A letter',
      language: 'en',
    });
    expect(refused.kind).toBe('no_font');
  });

  test('is printed once the operator has put a font into the folder; a broken file beside it does no harm', async () => {
    const folder = temporaryFolder('fonts');
    await mkdir(join(folder, 'deeper'));
    await cp(CHINESE, join(folder, 'deeper', 'chinese.ttf'));
    await writeFile(join(folder, 'broken.otf'), 'no font');
    const own = new Printer({ fontFolders: [folder, join(folder, 'away')], log });
    const message = '尊敬的议员：我写信谈谈夜间渡轮。 Mira 谢谢您！';
    const { pages } = await print([letter({ message })], { by: own });
    expect(wordsOf(pages[0]?.text ?? '')).toEqual(expect.arrayContaining(wordsOf(message)));
    await own.close();
  });
});

describe('on the sheet', () => {
  test('of A4 the address stands in the window of a DL envelope, wherever the sheet slides (DIN 5008, form B)', async () => {
    const { pages } = await print([letter()]);
    const [page] = pages;
    expect(page?.width).toBeCloseTo(210, 0);
    expect(page?.height).toBeCloseTo(297, 0);
    expect(page?.hasInk({ left: 25, top: 50, right: 100, bottom: 90 })).toBe(true);
    for (const around of [
      { left: 0, top: 44, right: 115, bottom: 50 },
      { left: 0, top: 90, right: 115, bottom: 97 },
      { left: 10, top: 44, right: 20, bottom: 97 },
      { left: 100, top: 44, right: 115, bottom: 97 },
    ]) {
      expect(page?.hasInk(around), JSON.stringify(around)).toBe(false);
    }
  });

  test('of US Letter it stands in the window of a #10 envelope, wherever the sheet slides', async () => {
    const { pages } = await print([letter()], { format: 'letter' });
    const [page] = pages;
    const inch = 25.4;
    expect(page?.width).toBeCloseTo(8.5 * inch, 0);
    expect(page?.height).toBeCloseTo(11 * inch, 0);
    const seen = { left: 0.875 * inch, right: 4.375 * inch, top: 2.5 * inch, bottom: 3.167 * inch };
    expect(page?.hasInk(seen)).toBe(true);
    for (const around of [
      { ...seen, top: 2.0 * inch, bottom: 2.45 * inch },
      { ...seen, top: 3.2 * inch, bottom: 3.65 * inch },
      { ...seen, left: 4.375 * inch, right: 5.4 * inch },
    ]) {
      expect(page?.hasInk(around), JSON.stringify(around)).toBe(false);
    }
  });

  test.each([
    ['us', 'letter'],
    ['CA', 'letter'],
    ['mx', 'letter'],
    ['ph', 'letter'],
    ['de', 'a4'],
    ['in', 'a4'],
    [undefined, 'a4'],
  ])('the paper of %s is %s', (country, format) => expect(paperOf(country)).toBe(format));

  test('the sender is who signs below, and not more than the letter tells the office', async () => {
    const { pages } = await print([letter(), letter({ body: 'No closing at all.\n' })]);
    expect(pages[0]?.text).toContain('Ada Quill · 12 Lamp Street · 1810 Wexmoor');
    expect(pages[1]?.text).not.toContain('12 Lamp Street');
  });
});

describe('several letters', () => {
  test('start on a page of their own each, and are numbered each by itself', async () => {
    const long = letter({ message: 'A line of the letter.\n'.repeat(90), subject: 'The long one' });
    const { pages } = await print([long, letter({ subject: 'The short one' }), long]);
    const numbers = pages.map(({ text }) => /Page \d of \d/.exec(text)?.[0]);
    expect(numbers).toEqual([
      'Page 1 of 3',
      'Page 2 of 3',
      'Page 3 of 3',
      undefined,
      'Page 1 of 3',
      'Page 2 of 3',
      'Page 3 of 3',
    ]);
    expect(pages[3]?.text).toContain('The short one');
    expect(pages[4]?.text).toContain('The long one');
  });

  test('say their language and title, are tagged, and hold the text for those who cannot see', async () => {
    const { pdf } = await print([letter()], { title: 'Two letters', language: 'fr' });
    const raw = Buffer.from(pdf).toString('latin1');
    expect(raw).toMatch(/\/Lang ?\(fr\)/);
    expect(raw).toContain('/StructTreeRoot');
    expect(raw).toMatch(/\/Marked true/);
    expect(raw).toMatch(/Two letters/);
  });
});

describe('the typesetter', () => {
  test('is killed when it takes too long, and the next letter is set by a fresh one', async () => {
    const typesetter = new Typesetter({ longestMs: 2000 });
    const most = 'range(10000)';
    const source = `#for a in ${most} { for b in ${most} { for c in ${most} {} } }`;
    const hang = typesetter.typeset({ source, inputs: {}, fonts: [] });
    await expect(hang).rejects.toMatchObject({ code: 'unavailable' });
    const pdf = await typesetter.typeset({ source: '#rect()', inputs: {}, fonts: [] });
    expect(Buffer.from(pdf).toString('latin1', 0, 5)).toBe('%PDF-');
    await typesetter.close();
  });

  test('reaches no file and no package', async () => {
    const typesetter = new Typesetter();
    for (const source of [
      '#read("/etc/passwd")',
      '#include "/etc/passwd"',
      '#import "@preview/cetz:0.3.0"',
    ]) {
      await expect(typesetter.typeset({ source, inputs: {}, fonts: [] }), source).rejects.toMatchObject({
        code: 'internal',
      });
    }
    await typesetter.close();
  });

  test('takes so many letters at a time and no more', async () => {
    const typesetter = new Typesetter();
    const many = Array.from({ length: 40 }, async () =>
      typesetter.typeset({ source: '#rect()', inputs: {}, fonts: [] }),
    );
    const outcomes = await Promise.allSettled(many);
    const full = outcomes.filter(({ status }) => status === 'rejected');
    expect(full).toHaveLength(20);
    await typesetter.close();
  });
});

test('the doctor says which folder of the operator has no fonts', async () => {
  const folder = temporaryFolder('no-fonts');
  const [away, own] = await checkFonts([join(folder, 'away'), join(CHINESE, '..')]);
  expect(away).toMatchObject({ ok: false, mend: expect.stringContaining('REDRESS_FONTS') });
  expect(own).toMatchObject({ ok: true, found: expect.stringContaining('1 font files') });
});
