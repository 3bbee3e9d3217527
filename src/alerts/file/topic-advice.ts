import { CONGRESS_TOPICS } from '../congress/topics.js';
import { nearestName } from './nearest-name.js';

const BY_LOWER_CASE = new Map<string, string>(CONGRESS_TOPICS.map((topic) => [topic.toLowerCase(), topic]));

/** What is wrong with a text that is none of the topics, and which was most likely meant. */
export function topicAdvice(text: string): string {
  const typed = text.trim().toLowerCase();
  // A list in one line breaks a topic at its commas.
  const partOf = CONGRESS_TOPICS.find((topic) => topic.toLowerCase().split(', ').includes(typed));
  const meant = partOf ?? BY_LOWER_CASE.get(nearestName(typed, [...BY_LOWER_CASE.keys()]) ?? '');
  if (meant === undefined) return 'is no topic of the Library of Congress: docs/alert-file.md lists all 32';
  return `is no topic of the Library of Congress: did you mean "${meant}", in quotes?`;
}
