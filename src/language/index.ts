export { foldText } from './fold.js';
export {
  type Language,
  language,
  languageTags,
  type MessageKey,
  type MessageParameters,
} from './language.js';
