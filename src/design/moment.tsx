import type { Language } from '../language/index.js';

interface MomentProps {
  readonly language: Language;
  readonly at: Date;
  readonly style?: 'date' | 'datetime';
}

/** A date, or a date with its time, for people and for programs. */
export function Moment({ language, at, style = 'date' }: MomentProps) {
  const iso = at.toISOString();
  return (
    <time dateTime={style === 'date' ? iso.slice(0, 10) : iso}>
      <bdi>{language.date(at, style)}</bdi>
    </time>
  );
}
