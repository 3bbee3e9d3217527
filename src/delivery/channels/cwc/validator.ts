import { readFileSync } from 'node:fs';
import type { XmlDocument } from 'libxml2-wasm';
import { LEGISLATURE_MAIL, type LegislatureMail } from '../../office-routes.js';
import { CWC_CHAMBERS } from './chambers.js';

const NO_MARKUP_OF_OTHERS = 'a document type declaration is not taken';
const FITS_NOT = /^Element \S+ failed to validate content/;
const NOISE = /^(?:Error validating|Type \S+ doesn't allow)/;

/** Checks letters against the RELAX NG of each chamber. */
export interface CwcValidator extends Disposable {
  /**
   * What does not fit, in English, the names of elements and never what they say; empty where the letter is valid.
   */
  problems(channel: LegislatureMail, xml: string | Uint8Array): readonly string[];
}

/** Compiles the schemas that lie beside this file. libxml2 is loaded only here: it takes 30 ms. */
export async function openCwcValidator(): Promise<CwcValidator> {
  const { ParseOption, RelaxNGValidator, XmlDocument, XmlLibError } = await import('libxml2-wasm');
  const option = ParseOption.XML_PARSE_NO_XXE | ParseOption.XML_PARSE_NONET;
  const schemas = LEGISLATURE_MAIL.map((channel) => {
    const source = readFileSync(new URL(CWC_CHAMBERS[channel].schemaFile, import.meta.url));
    using document = XmlDocument.fromBuffer(source, { option });
    return [channel, RelaxNGValidator.fromDoc(document)] as const;
  });
  const parse = (xml: string | Uint8Array): XmlDocument =>
    typeof xml === 'string'
      ? XmlDocument.fromString(xml, { option })
      : XmlDocument.fromBuffer(xml, { option });
  const byChannel = new Map(schemas);
  return {
    problems(channel, xml) {
      try {
        using document = parse(xml);
        if (document.dtd !== null) return [NO_MARKUP_OF_OTHERS];
        byChannel.get(channel)?.validate(document);
        return [];
      } catch (error) {
        if (error instanceof XmlLibError) return wordsOf(error.details, error.message);
        throw error;
      }
    },
    [Symbol.dispose]() {
      for (const schema of byChannel.values()) schema[Symbol.dispose]();
    },
  };
}

interface Detail {
  readonly message: string;
  readonly xpath?: string;
}

function wordsOf(details: readonly Detail[], message: string): readonly string[] {
  const words = details
    .map((detail) => ({ path: shortPath(detail.xpath ?? ''), message: detail.message.trim() }))
    .filter((detail) => !NOISE.test(detail.message))
    .map((detail) =>
      FITS_NOT.test(detail.message) ? `${detail.path} does not fit` : joined(detail.path, detail.message),
    );
  return words.length > 0 ? [...new Set(words)] : [message.trim()];
}

function joined(path: string, message: string): string {
  return path === '' ? message : `${path}: ${message}`;
}

/** `Message/Subject` of `/CWC/Message/Subject`. */
function shortPath(xpath: string): string {
  return xpath.replace(/^\/CWC\//, '');
}
