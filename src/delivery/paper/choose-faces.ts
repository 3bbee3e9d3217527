import { type Face, hasCodePoint } from './faces.js';

const UNDRAWN = /^[\p{Default_Ignorable_Code_Point}\n]$/u;
const JOINED = /[\p{M}\p{Default_Ignorable_Code_Point}\p{Emoji_Modifier}]/u;
const SPACES = /^\p{Zs}$/u;

/** The faces that a text takes, in their order, and what none of them can draw. */
export interface FaceChoice {
  readonly faces: readonly Face[];
  /** Characters as a reader sees them (grapheme clusters), each once. */
  readonly missing: readonly string[];
}

/**
 * Chooses the first face that has each character of the texts whole, with its marks. What no single face has
 * would be drawn as boxes, so it is told instead.
 */
export function chooseFaces(texts: Iterable<string>, faces: readonly Face[]): FaceChoice {
  const chosen = new Set<Face>();
  const missing: string[] = [];
  for (const cluster of clustersOf(texts)) {
    const face = faces.find((candidate) => draws(candidate, cluster));
    if (face === undefined) missing.push(cluster);
    else chosen.add(face);
  }
  return { faces: faces.filter((face) => chosen.has(face)), missing };
}

function clustersOf(texts: Iterable<string>): Set<string> {
  const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });
  const clusters = new Set<string>();
  for (const text of texts) {
    // Without marks each character stands for itself, and a long text is looked through ten times as fast.
    if (JOINED.test(text)) for (const { segment } of segmenter.segment(text)) clusters.add(segment);
    else for (const character of text) clusters.add(character);
  }
  return clusters;
}

// A font may have a letter with its mark in one or in two: the shaper composes and decomposes.
function draws(face: Face, cluster: string): boolean {
  return [cluster, cluster.normalize('NFC'), cluster.normalize('NFD')].some((form) =>
    [...form].every((character) => hasCharacter(face, character)),
  );
}

function hasCharacter(face: Face, character: string): boolean {
  if (UNDRAWN.test(character) || SPACES.test(character)) return true;
  return hasCodePoint(face, character.codePointAt(0) ?? 0);
}
