import { PDFiumLibrary } from '@hyzyla/pdfium';

const POINTS_PER_MM = 72 / 25.4;
const SCALE = 2;
const DARK = 160;

/** A part of a page, in millimetres from its top left corner. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A page as PDFium, the reader inside Chrome, has it. */
export interface ReadPage {
  readonly text: string;
  /** In millimetres. */
  readonly width: number;
  readonly height: number;
  /** Whether anything is drawn in a part of it. */
  hasInk(area: Area): boolean;
}

/** Reads a PDF and draws its pages. */
export async function readPdf(bytes: Uint8Array): Promise<ReadPage[]> {
  const library = await PDFiumLibrary.init();
  const document = await library.loadDocument(bytes);
  const pages: ReadPage[] = [];
  for (const page of document.pages()) {
    const text = page.getText();
    const { width, originalWidth, originalHeight, data } = await page.render({
      scale: SCALE,
      colorSpace: 'Gray',
    });
    const pixels = Uint8Array.from(data);
    pages.push({
      text,
      width: originalWidth / POINTS_PER_MM,
      height: originalHeight / POINTS_PER_MM,
      hasInk: (area) => hasInk({ pixels, width }, area),
    });
  }
  document.destroy();
  library.destroy();
  return pages;
}

function hasInk({ pixels, width }: { pixels: Uint8Array; width: number }, area: Area): boolean {
  const pixel = (millimetres: number): number => Math.round(millimetres * POINTS_PER_MM * SCALE);
  for (let y = pixel(area.top); y < pixel(area.bottom); y += 1) {
    for (let x = pixel(area.left); x < pixel(area.right); x += 1) {
      if ((pixels[y * width + x] ?? 255) < DARK) return true;
    }
  }
  return false;
}

/** The letters and digits of each word in the order of reading. Marks and joiners, which PDF readers move about, are left out. */
export function wordsOf(text: string): string[] {
  return text
    .normalize('NFC')
    .replace(/[\u200b-\u200f\u2066-\u2069\p{M}]/gu, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}
