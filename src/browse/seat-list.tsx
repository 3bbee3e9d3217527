import { type Fact, Facts } from '../design/index.js';
import type { Language } from '../language/index.js';
import type { MemberCard, SeatCard } from './view-seats.js';

const NOT_IN_A_NUMBER = /[^\d+*#,;]/g;

interface SeatListProps {
  readonly language: Language;
  readonly seats: readonly SeatCard[];
  /** Below which heading they stand. */
  readonly level: 2 | 3;
  /** The path of the page: it leads nowhere else. */
  readonly here?: string;
}

/** Everybody who sits for a place, and every empty seat. */
export function SeatList({ language, seats, level, here }: SeatListProps) {
  if (seats.length === 0) return null;
  return (
    <ul class="members">
      {seats.map((seat) => (
        <li key={seat.key} id={seat.member?.anchor}>
          <Seat language={language} seat={seat} level={level} here={here} />
        </li>
      ))}
    </ul>
  );
}

interface SeatProps {
  readonly language: Language;
  readonly seat: SeatCard;
  readonly level: 2 | 3;
  readonly here: string | undefined;
}

function Seat({ language, seat, level, here }: SeatProps) {
  const { member, chamber, division } = seat;
  const Name = level === 2 ? 'h3' : 'h4';
  if (member === undefined) {
    return (
      <>
        <p class="vacant-seat">{language.t('browse.seat.vacant', { chamber, division: division.name })}</p>
        {division.href !== here && <SeatLine seat={seat} here={here} />}
      </>
    );
  }
  return (
    <>
      <Name class="person">
        <bdi>{member.title === '' ? member.name : `${member.title} ${member.name}`}</bdi>
      </Name>
      <SeatLine seat={seat} here={here} />
      {member.termEnded && member.termEnds !== undefined && (
        <p class="caution">
          {language.t('browse.seat.term_ended', { date: language.date(member.termEnds) })}
        </p>
      )}
      <Facts facts={contactFacts(language, member)} />
    </>
  );
}

/** Which seat it is, with the way to its division. */
function SeatLine({ seat: { chamber, division, member }, here }: Pick<SeatProps, 'seat' | 'here'>) {
  return (
    <p class="person-seat">
      <span>
        <bdi>{chamber}</bdi>
      </span>
      {division.href !== here && (
        <span>
          <a href={division.href} dir="auto">
            {division.name}
          </a>
        </span>
      )}
      {member !== undefined && member.party !== '' && (
        <span>
          <bdi>{member.party}</bdi>
        </span>
      )}
    </p>
  );
}

/** The kinds that sources use have words of ours; any other stands as it is. */
function officeName(language: Language, kind: string): string {
  if (kind === '') return language.t('browse.seat.office');
  if (kind === 'capitol') return language.t('browse.seat.capitol');
  return kind === 'district' ? language.t('browse.seat.district') : kind;
}

function contactFacts(language: Language, member: MemberCard): Fact[] {
  const { website, contactForm, locations, termEnds, termEnded } = member;
  const link = (address: string) => (
    <a href={address} rel="noopener">
      <bdi>{URL.parse(address)?.host ?? address}</bdi>
    </a>
  );
  return [
    ...locations.map(({ kind, address, phone }) => ({
      name: officeName(language, kind),
      value: (
        <>
          {address !== undefined && <span class="lines">{address}</span>}
          {phone !== undefined && (
            <a class="phone" dir="ltr" href={`tel:${phone.replace(NOT_IN_A_NUMBER, '')}`}>
              {phone}
            </a>
          )}
        </>
      ),
    })),
    ...(contactForm === undefined
      ? []
      : [{ name: language.t('browse.seat.form'), value: link(contactForm) }]),
    ...(website === undefined ? [] : [{ name: language.t('browse.seat.website'), value: link(website) }]),
    ...(termEnds === undefined || termEnded
      ? []
      : [{ name: language.t('browse.seat.until'), value: language.date(termEnds) }]),
  ];
}
