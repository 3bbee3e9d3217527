import { type FieldContext, TextArea, TextField } from '../../design/index.js';
import { titledName } from '../officeholder-view.js';
import type { LetterPart } from './suggest-letters.js';
import type { DraftView, WriteView } from './write-view.js';

const STATEMENT_ROWS = 7;
const MESSAGE_ROWS = 9;
const FEW = 3;
const EMPTY: DraftView = { subject: '', statement: '', message: '', suggested: '' };
const WHOLE: ReadonlySet<LetterPart> = new Set(['subject', 'statement', 'message']);

interface LetterStepProps
  extends FieldContext,
    Pick<WriteView, 'officeholders' | 'draft' | 'limits' | 'apart' | 'shortForms'> {
  readonly site: { readonly name: string };
}

/** What: one letter to all with one to each behind a fold, or, where the alert tells them apart, what goes to whom. */
export function LetterStep(props: LetterStepProps) {
  const { language, officeholders, draft, apart, shortForms } = props;
  const shared = new Set([...WHOLE].filter((part) => part === 'message' || !apart.has(part)));
  return (
    <section class="step" aria-labelledby="letter-title">
      <h3 id="letter-title">{language.t('actions.write.letter')}</h3>
      <p class="hint">{language.t('actions.write.salutation')}</p>
      <p class="draft-note" data-draft-note hidden>
        {language.t('actions.write.draft')}{' '}
        <button class="button button-quiet" type="button">
          {language.t('actions.write.draft_discard')}
        </button>
      </p>
      <div class="sheet sheet-open">
        <LetterFields {...props} parts={shared} draft={draft} suffix="" />
      </div>
      {shortForms.map(({ office, most }) => (
        <p key={office} class="hint">
          {language.t('actions.limits.form', { office, most })}
        </p>
      ))}
      {officeholders.length > 1 &&
        (apart.size > 0 ? <LettersApart {...props} /> : <LettersOfTheirOwn {...props} />)}
    </section>
  );
}

function LettersOfTheirOwn(props: LetterStepProps) {
  const { language, officeholders } = props;
  return (
    <div class="each">
      <p class="hint">{language.t('actions.write.each')}</p>
      {officeholders.map(({ id, draft, ...officeholder }) => (
        <details key={id} open={draft !== undefined}>
          <summary>{language.t('actions.write.each_one', { name: titledName(officeholder) })}</summary>
          <div class="sheet sheet-open">
            <LetterFields {...props} parts={WHOLE} draft={draft ?? EMPTY} suffix={`.${id}`} />
          </div>
        </details>
      ))}
    </div>
  );
}

function LettersApart(props: LetterStepProps) {
  const { language, officeholders, apart } = props;
  return (
    <div class="each">
      <p class="hint">{language.t('actions.write.apart')}</p>
      {officeholders.map(({ id, draft = EMPTY, ...officeholder }) => (
        <details key={id} open={officeholders.length <= FEW}>
          <summary>{language.t('actions.write.apart_one', { name: titledName(officeholder) })}</summary>
          <div class="sheet sheet-open">
            <LetterFields {...props} parts={apart} draft={draft} suffix={`.${id}`} />
          </div>
        </details>
      ))}
    </div>
  );
}

interface LetterFieldsProps extends FieldContext, Pick<WriteView, 'limits' | 'apart'> {
  readonly site: { readonly name: string };
  readonly parts: ReadonlySet<LetterPart>;
  readonly draft: DraftView;
  /** Empty for the letter to all, else a dot and the officeholder's id: `message.P000197`. */
  readonly suffix: string;
}

function LetterFields({ language, problems, site, parts, draft, suffix, limits, apart }: LetterFieldsProps) {
  const field = { language, problems, kept: true };
  const toAll = suffix === '' && apart.has('message');
  const prepared = suffix !== '' && apart.has('message');
  return (
    <>
      {parts.has('subject') && (
        <TextField
          {...field}
          name={`subject${suffix}`}
          label={language.t('actions.write.subject')}
          value={draft.subject}
        />
      )}
      {parts.has('message') && (
        <TextArea
          {...field}
          name={`message${suffix}`}
          label={language.t(prepared ? 'actions.write.prepared' : 'actions.write.message')}
          hint={language.t(messageHint({ toAll, prepared }))}
          value={draft.message}
          suggested={toAll ? undefined : draft.suggested}
          rows={MESSAGE_ROWS}
          maxLength={limits.text}
        />
      )}
      {parts.has('statement') && (
        <TextArea
          {...field}
          name={`statement${suffix}`}
          label={language.t('actions.write.statement', { name: site.name })}
          hint={language.t('actions.write.statement_hint')}
          value={draft.statement}
          rows={STATEMENT_ROWS}
          maxLength={limits.text}
        />
      )}
    </>
  );
}

function messageHint({ toAll, prepared }: { toAll: boolean; prepared: boolean }) {
  if (toAll) return 'actions.write.to_all_hint';
  return prepared ? 'actions.write.prepared_hint' : 'actions.write.message_hint';
}
