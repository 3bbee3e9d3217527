/** What a letter's template may name between `{{` and `}}`. `docs/alert-file.md` explains each. */
export const PLACEHOLDERS = [
  'officeholder.title',
  'officeholder.name',
  'officeholder.family_name',
  'officeholder.party',
  'chamber.name',
  'division.name',
  'constituent.name',
  'constituent.place',
  'measure.number',
  'measure.title',
  'measure.status',
  'organisation.name',
  'alert.headline',
] as const;

export type Placeholder = (typeof PLACEHOLDERS)[number];

/** A missing value leaves its line out; an empty one stands for nothing. */
export type TemplateValues = { readonly [name in Placeholder]?: string | undefined };

export function isPlaceholder(name: string): name is Placeholder {
  return (PLACEHOLDERS as readonly string[]).includes(name);
}
