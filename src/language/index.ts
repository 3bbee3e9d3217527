export {
  DEFAULT_LANGUAGE,
  type Language,
  language,
  languageTags,
  type MessageKey,
  type MessageParameters,
} from './language.js';
