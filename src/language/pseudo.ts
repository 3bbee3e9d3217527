const MIRRORED: Readonly<Record<string, string>> = { a: 'ɐ', e: 'ǝ', i: 'ı', o: 'º', u: 'ʎ' };
const RIGHT_TO_LEFT_OVERRIDE = '\u202e';
const POP_DIRECTION = '\u202c';

/**
 * Turns an English ICU message into the pseudo right-to-left language `ar-XB`: words run from right to
 * left, arguments and ICU syntax stay as they are. It shows untranslated text and left-to-right layout.
 */
export function pseudo(message: string): string {
  let depth = 0;
  const parts = message.split(/([{}]|<[^>]*>)/);
  return parts
    .map((part) => {
      if (part === '{') depth += 1;
      if (part === '}') depth -= 1;
      // Odd depths are ICU arguments and keywords; even depths are words that a person reads.
      return depth % 2 === 1 || /^[{}<]/.test(part) ? part : overrideWords(part);
    })
    .join('');
}

function overrideWords(text: string): string {
  return text.replace(/[\p{L}\p{N}][^\n#]*/gu, (words) => {
    const mirrored = words.replace(/[aeiou]/g, (letter) => MIRRORED[letter] ?? letter);
    return `${RIGHT_TO_LEFT_OVERRIDE}${mirrored}${POP_DIRECTION}`;
  });
}
