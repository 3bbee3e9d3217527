export const legislatures = {
  'legislatures.error.one_place': 'Give exactly one of these: a postcode, coordinates, or a division.',
  'legislatures.error.coordinates': 'Give the latitude and the longitude in degrees, such as 1.25,-3.5.',
  'legislatures.error.country_unknown': 'There is no legislature of that country here.',
  'legislatures.error.country_needed':
    'More than one legislature knows that place. Say which country it is in.',

  'legislatures.warning.dataset_expired':
    'The list of districts and officeholders is past its date. Somebody else may hold an office by now.',
  'legislatures.warning.dataset_not_yet_valid': 'The list of districts and officeholders is not valid yet.',
  'legislatures.warning.off_shore': 'The place lies off the shore; the nearest district was taken.',
  'legislatures.warning.postcode_malformed': 'This does not look like a postcode of the country.',
  'legislatures.warning.postcode_unknown':
    'This postcode is not in the list. Some are missing there, those of post office boxes for example.',
  'legislatures.warning.seat_vacant': 'A seat is vacant: there is nobody to write to.',
  'legislatures.warning.term_ended': 'A term is over, and it is not known here whether it was renewed.',
} as const;
