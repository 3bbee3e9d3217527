import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readPictureHeader } from '../src/alerts/file/picture-header.js';
import { measurePicture } from '../src/alerts/file/pictures.js';
import { readAlertFile } from '../src/alerts/index.js';
import { alertFile, alertText, problemsOf } from './support/alert-text.js';
import { pngOfSize, TINY, TINY_WITH_EXIF } from './support/picture-bytes.js';

const FIELDS = { file: 'lamp.webp', alt: 'A lamp', caption: 'The lamp', credit: 'Mira Oss' };

describe('a picture', () => {
  test.each(Object.entries(TINY))('is known and measured by its bytes: %s', (kind, bytes) => {
    const mediaType = kind.startsWith('webp') ? 'image/webp' : `image/${kind}`;
    expect(readPictureHeader(bytes)).toEqual({ mediaType, width: 7, height: 5, exif: false });
    expect(measurePicture({ ...FIELDS, file: 'wrong-name.gif' }, bytes)).toMatchObject({
      mediaType,
      width: 7,
      height: 5,
    });
  });

  test.each(Object.entries(TINY_WITH_EXIF))(
    'with Exif data is refused, because it may tell the place: %s',
    (kind, bytes) => {
      expect(readPictureHeader(bytes)).toMatchObject({ exif: true });
      expect(measurePicture(FIELDS, bytes)).toBe(
        'lamp.webp holds Exif data (the camera, often the place): save it again without metadata',
      );
      if (kind === 'avif') expect(readPictureHeader(bytes)).toMatchObject({ width: 5, height: 7 });
    },
  );

  test.each([
    ['GIF', Buffer.from('GIF89a\x07\0\x05\0', 'latin1')],
    ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="7" height="5"/>')],
    ['HTML', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['an empty file', Buffer.alloc(0)],
    ['a PNG of no width', pngOfSize(0, 5)],
  ])('that is %s is refused', (_, bytes) => {
    expect(measurePicture(FIELDS, bytes)).toBe(
      'lamp.webp is no JPEG, PNG, WebP or AVIF picture: save it as one of these',
    );
  });

  test('of more pixels than a phone can hold is refused', () => {
    expect(measurePicture(FIELDS, pngOfSize(4096, 4096))).toMatchObject({ width: 4096 });
    expect(measurePicture(FIELDS, pngOfSize(4097, 10))).toMatch(
      /^lamp\.webp is 4097 × 10 pixels: make it at most 4096/,
    );
    expect(measurePicture(FIELDS, pngOfSize(10, 100_000))).toMatch(/make it at most 4096/);
  });

  test('of more than 60 kB is refused with its size and what to do', () => {
    const picture = (size: number) => Buffer.concat([TINY.png, Buffer.alloc(size - TINY.png.length)]);
    expect(measurePicture(FIELDS, picture(60_000))).toMatchObject({ width: 7 });
    expect(measurePicture(FIELDS, picture(82_345))).toBe(
      'lamp.webp is 83 kB and at most 60 kB are taken: make it 1200 pixels wide and save it as WebP or AVIF',
    );
  });

  test('cut off anywhere, or with any bytes changed, is measured or refused, never an error or an endless loop', () => {
    const any = fc.constantFrom(...Object.values(TINY), ...Object.values(TINY_WITH_EXIF));
    fc.assert(
      fc.property(any, fc.nat(), fc.array(fc.tuple(fc.nat(), fc.nat(255))), (bytes, end, changes) => {
        const changed = Buffer.from(bytes.subarray(0, 1 + (end % bytes.length)));
        for (const [at, value] of changes) changed[at % changed.length] = value;
        const header = readPictureHeader(changed);
        expect(header === undefined || (header.width > 0 && header.height > 0)).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });
});

const PICTURES = `pictures:
  - { file: a.png, alt: A, caption: B, credit: C }
  - { file: b.webp, alt: A, caption: B, credit: C }`;

describe('the pictures of an alert file', () => {
  test('are stored once with what was measured', async () => {
    const { content, pictures } = await readAlertFile(
      alertFile(alertText({ pictures: PICTURES }), { 'a.png': TINY.png, 'b.webp': TINY.webpLossy }),
    );
    expect(pictures.map(({ file, mediaType }) => [file, mediaType])).toEqual([
      ['a.png', 'image/png'],
      ['b.webp', 'image/webp'],
    ]);
    expect(content.report.pictures[0]?.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  test('are told one by one, each at its line', async () => {
    const text = alertText({ pictures: PICTURES });
    const line = text.split('\n').indexOf('pictures:') + 1;
    expect(await problemsOf(text, { 'a.png': Buffer.from('x') })).toEqual([
      `alert.md:${line + 1}: a.png is no JPEG, PNG, WebP or AVIF picture: save it as one of these`,
      `alert.md:${line + 2}: b.webp is not there: put it beside the alert file`,
    ]);
    const twice = alertText({ pictures: PICTURES.replace('b.webp', 'a.png') });
    expect(await problemsOf(twice, { 'a.png': TINY.png })).toEqual([
      `alert.md:${line + 2}: the picture a.png is listed twice: remove one`,
    ]);
  });

  test('that the report places must be listed, and stand alone', async () => {
    const text = (body: string) => alertText({ pictures: PICTURES }, body);
    const pictures = { 'a.png': TINY.png, 'b.webp': TINY.webpLossy };
    expect(await problemsOf(text('![](a.png)\n\n![](b.webp)'), pictures)).toEqual([]);
    expect((await problemsOf(text('Word ![](a.png)'), pictures)).join()).toMatch(/must stand alone/);
    expect((await problemsOf(text('![](c.png)'), pictures)).join()).toMatch(
      /"c\.png" is not listed under pictures/,
    );
  });
});
