export const errors = {
  'errors.invalid_input': 'Something in the form needs another look.',
  'errors.forbidden':
    'This form was sent from another site, or it stood open too long. Go back, reload the page and send it again.',
  'errors.not_found': 'There is no page at this address.',
  'errors.conflict': 'This was already done.',
  'errors.gone': 'This link has ended.',
  'errors.too_large': 'What was sent is too long.',
  'errors.unsupported_media_type': 'This kind of content is not taken here.',
  'errors.misdirected': 'This server does not answer for that host name.',
  'errors.idempotency_mismatch':
    'This form was already sent with another content. Reload the page and send it again.',
  'errors.proof_needed':
    'Many people are writing just now. Your browser must do a short calculation first; reload the page and try again.',
  'errors.rate_limited':
    'Too many actions were begun from your network in the last hour. Please try again later.',
  'errors.internal': 'Something went wrong on our side. Nothing that you were told is saved has been lost.',
  'errors.overloaded':
    'Very many people are writing just now. Nothing was saved yet; please try again in a moment.',
  'errors.unavailable': 'This cannot be done just now. Nothing was saved yet; please try again in a moment.',
  'errors.invalid_file': 'This file cannot be read.',
  'errors.invalid_configuration': 'This server is not set up correctly.',
  'errors.wrong_key': 'This server cannot read its data.',
  'errors.field_shape': 'This is missing, or is not what is expected here.',
  'errors.field_unknown': 'There is no such field here.',
  'errors.in_use': 'The data folder is in use.',
} as const;
