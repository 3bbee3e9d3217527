import { Button, Form, fieldId, ProblemSummary, problemOf, TextField } from '../../design/index.js';
import type { FieldProblem } from '../../errors.js';
import type { Language } from '../../language/index.js';

export interface PlacePanelProps {
  readonly language: Language;
  /** Where the place is posted. */
  readonly action: string;
  /** A postcode of this country, as an example; without one, postcodes are not taken. */
  readonly postcodeExample?: string | undefined;
  /** False where a street address alone will do as well. */
  readonly needsPostcode?: boolean;
  /** True where a geocoder can find a street address. */
  readonly takesAddress: boolean;
  /** Who else learns of the address, where the geocoder is not ours. */
  readonly addressGoesTo?: string | undefined;
  /** The districts to choose from. Where they are too many for the page, give `districtsPage` instead. */
  readonly districts: readonly DistrictGroup[];
  /** The path of a page with the whole list. */
  readonly districtsPage?: string | undefined;
  /** The path of a page with the districts as a map, where their lines are known. */
  readonly mapPage?: string | undefined;
  /** What was typed before. */
  readonly values: { readonly postcode?: string; readonly address?: string; readonly division?: string };
  readonly problems: readonly FieldProblem[];
}

export interface DistrictGroup {
  /** A chamber or an area. */
  readonly name: string;
  readonly districts: readonly { readonly division: string; readonly name: string }[];
}

/** The first step: where the reader lives. Two small forms, so that each works without a script. */
export function PlacePanel(props: PlacePanelProps) {
  const { language, districtsPage, mapPage, problems } = props;
  return (
    <div class="place" id={fieldId('place')} tabIndex={-1}>
      <ProblemSummary language={language} problems={problems} />
      {(props.postcodeExample !== undefined || props.takesAddress) && <TypedPlace {...props} />}
      {props.districts.length > 0 && <ChosenDistrict {...props} />}
      {mapPage !== undefined && (
        <p class="alternative">
          <a href={mapPage}>{language.t('actions.place.map_page')}</a>
        </p>
      )}
      {districtsPage !== undefined && (
        <p class="alternative">
          <a href={districtsPage}>{language.t('actions.place.list_page')}</a>
        </p>
      )}
      <p class="hint">
        {language.t(
          props.addressGoesTo === undefined ? 'actions.place.privacy' : 'actions.place.privacy_but_address',
        )}
      </p>
    </div>
  );
}

function TypedPlace(props: PlacePanelProps) {
  const { language, action, postcodeExample, takesAddress, addressGoesTo, values, problems } = props;
  const hint = addressGoesTo && language.t('actions.place.address_goes_to', { name: addressGoesTo });
  return (
    <Form action={action} island="place">
      {postcodeExample !== undefined && (
        <TextField
          language={language}
          problems={problems}
          name="postcode"
          label={language.t('actions.place.postcode')}
          hint={language.t('actions.place.example', { postcode: postcodeExample })}
          value={values.postcode ?? ''}
          autoComplete="postal-code"
          optional={props.needsPostcode === false}
          spellcheck={false}
        />
      )}
      {takesAddress && (
        <TextField
          language={language}
          problems={problems}
          name="address"
          label={language.t('actions.place.address')}
          hint={hint}
          value={values.address ?? ''}
          autoComplete="street-address"
          optional={postcodeExample !== undefined}
        />
      )}
      <Button>{language.t('actions.place.find')}</Button>
    </Form>
  );
}

function ChosenDistrict({ language, action, districts, values, problems, postcodeExample }: PlacePanelProps) {
  const problem = problemOf(language, problems, 'division');
  const id = fieldId('division');
  const only = postcodeExample === undefined;
  return (
    <details class="alternative" open={only || problem !== undefined || values.division !== undefined}>
      <summary>{language.t('actions.place.by_list')}</summary>
      <Form action={action} island="place">
        <div class={problem === undefined ? 'field' : 'field field-wrong'}>
          <label for={id}>{language.t('actions.place.district')}</label>
          {problem !== undefined && (
            <p class="problem" id={`${id}-problem`}>
              {problem}
            </p>
          )}
          <select
            class="input"
            id={id}
            name="division"
            aria-invalid={problem === undefined ? undefined : 'true'}
            aria-describedby={problem === undefined ? undefined : `${id}-problem`}
          >
            <option value="">{language.t('actions.place.pick')}</option>
            {districts.map((group) => (
              <optgroup key={group.name} label={group.name}>
                {group.districts.map(({ division, name }) => (
                  <option key={division} value={division} selected={division === values.division}>
                    {name}
                  </option>
                ))}
              </optgroup>
            ))}
          </select>
        </div>
        <Button quiet={!only}>{language.t('actions.place.take')}</Button>
      </Form>
    </details>
  );
}
