import { chooseChannel, type LetterView, needsOf, type OfficeSnapshot } from '../../delivery/index.js';
import { titledName } from '../officeholder-view.js';
import type { Whom } from '../place/find-whom.js';
import type { FactsView, ShortForm } from './write-view.js';

/** Why name and address are asked in fields; `undefined` where no office wants them so. */
export function viewFacts(whom: Whom): FactsView | undefined {
  const offices = [...whom.offices.values()];
  const wanting = offices.filter((office) => needsOf(office).has('fields'));
  if (wanting.length === 0) return undefined;
  const others = offices.filter((office) => !wanting.includes(office));
  return {
    chambers: [...new Set(wanting.map(({ chamber }) => chamber.name))],
    only: others.length === 0 ? [] : wanting.map(titledName),
    addressToo: others.filter((office) => needsOf(office).has('street_address')).map(titledName),
  };
}

/** The offices whose form takes no more than so many characters. */
export function viewShortForms(whom: Whom): readonly ShortForm[] {
  return [...whom.offices.values()].flatMap((office) => {
    const most = roomOfForm(office);
    return most === undefined ? [] : [{ office: titledName(office), most }];
  });
}

/** How many characters the office's form takes, where this letter has more. */
export function tooLongForForm({ office, content }: LetterView): number | undefined {
  const most = roomOfForm(office);
  return content !== undefined && most !== undefined && content.body.length > most ? most : undefined;
}

function roomOfForm(office: OfficeSnapshot): number | undefined {
  return chooseChannel(office) === 'web_form' ? office.form?.longestMessage : undefined;
}
