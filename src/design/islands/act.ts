// The pages are complete without this file. It spares a page load, keeps drafts, and counts.

const DRAFT_DAYS = 7;
const DAY_MS = 86_400_000;
const SHINGLE_WORDS = 4;
const WORDS = /[\p{L}\p{N}]+/gu;

type Field = HTMLInputElement | HTMLTextAreaElement;

function fieldsOf(form: HTMLFormElement): Field[] {
  return [...form.querySelectorAll<Field>('[data-kept]')];
}

function draftKey(name: string): string {
  return `redress:draft:${name}`;
}

// A browser may refuse storage altogether; then there are no drafts.
function withStorage(use: (storage: Storage) => void): void {
  try {
    use(localStorage);
  } catch {
    return;
  }
}

function saveDraft(form: HTMLFormElement, name: string): void {
  const texts = Object.fromEntries(fieldsOf(form).map((field) => [field.name, field.value]));
  withStorage((storage) => storage.setItem(draftKey(name), JSON.stringify({ at: Date.now(), texts })));
}

function restoreDraft(form: HTMLFormElement, name: string): void {
  withStorage((storage) => {
    const draft = JSON.parse(storage.getItem(draftKey(name)) ?? 'null');
    if (draft === null) return;
    if (!(Date.now() - draft.at < DRAFT_DAYS * DAY_MS)) return storage.removeItem(draftKey(name));
    const changed = fieldsOf(form).filter(
      (field) => typeof draft.texts[field.name] === 'string' && draft.texts[field.name] !== field.value,
    );
    for (const field of changed) {
      field.value = draft.texts[field.name];
      field.closest('details')?.setAttribute('open', '');
    }
    if (changed.length > 0) offerToDiscard(form, name);
  });
}

function offerToDiscard(form: HTMLFormElement, name: string): void {
  const note = form.querySelector<HTMLElement>('[data-draft-note]');
  if (note === null) return;
  note.hidden = false;
  note.querySelector('button')?.addEventListener('click', () => {
    withStorage((storage) => storage.removeItem(draftKey(name)));
    for (const field of fieldsOf(form)) field.value = field.defaultValue;
    note.hidden = true;
    countAll(form);
  });
}

function shingles(text: string): string[] {
  const words = text.toLowerCase().match(WORDS) ?? [];
  const count = words.length === 0 ? 0 : Math.max(1, words.length - SHINGLE_WORDS + 1);
  return Array.from({ length: count }, (_, start) => words.slice(start, start + SHINGLE_WORDS).join(' '));
}

function shareOfOwnWords(text: string, suggested: string): number {
  const written = shingles(text);
  const given = new Set(shingles(suggested));
  return written.length === 0 ? 0 : written.filter((shingle) => !given.has(shingle)).length / written.length;
}

function count(field: Field): void {
  const line = document.querySelector<HTMLElement>(`[data-count="${CSS.escape(field.id)}"]`);
  if (line === null) return;
  const number = (value: number): string => value.toLocaleString(document.documentElement.lang);
  const { length = '', share } = line.dataset;
  const words = [length.replace('{n}', number(field.value.length))];
  if (share !== undefined && field.dataset.suggested) {
    const percent = Math.round(shareOfOwnWords(field.value, field.dataset.suggested) * 100);
    words.push(share.replace('{n}', number(percent)));
  }
  line.replaceChildren(
    ...words.map((text) => Object.assign(document.createElement('span'), { textContent: text })),
  );
  line.hidden = field.value === '';
  line.classList.toggle('count-over', field.value.length > Number(field.dataset.limit));
}

function countAll(form: HTMLFormElement): void {
  for (const field of form.querySelectorAll<Field>('[data-limit]')) count(field);
}

function enhance(root: ParentNode): void {
  for (const form of root.querySelectorAll<HTMLFormElement>('form[data-draft]')) {
    const name = form.dataset.draft ?? '';
    restoreDraft(form, name);
    countAll(form);
    form.addEventListener('input', ({ target }) => {
      saveDraft(form, name);
      if (target instanceof HTMLTextAreaElement) count(target);
    });
  }
  const sent = root.querySelector<HTMLElement>('[data-sent]')?.dataset.sent;
  if (sent !== undefined) withStorage((storage) => storage.removeItem(draftKey(sent)));
  root.querySelector<HTMLElement>('[data-focus]')?.focus();
}

/** Posts the form and puts the next step in the place of this one. */
async function takeStep(form: HTMLFormElement, submitter: HTMLElement | null): Promise<void> {
  const here = form.closest('#act');
  const data = new FormData(form, submitter);
  const body = new URLSearchParams([...data].map(([name, value]) => [name, String(value)]));
  const answer = await fetch(form.action, { method: 'POST', body, headers: { accept: 'text/html' } });
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const next = page.querySelector<HTMLElement>('#act');
  if (here === null || next === null) throw new Error('no next step');
  here.replaceWith(next);
  // It says how old the data are that the step used.
  const foot = page.querySelector('.footer');
  if (foot !== null) document.querySelector('.footer')?.replaceWith(foot);
  next.scrollIntoView();
  next.focus({ preventScroll: true });
  enhance(next);
  const proof = page.querySelector<HTMLScriptElement>('script[src*="proof-of-work"]')?.getAttribute('src');
  if (proof) await import(proof);
}

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.dataset.island !== 'place') return;
  event.preventDefault();
  form.ariaBusy = 'true';
  // Whatever goes wrong, the browser's own way still works, and posting a place twice has no effect.
  takeStep(form, event.submitter).catch(() => form.submit());
});

// Back to the first step from a later one that took its place: the same address, so only a reload brings it.
document.addEventListener('click', (event) => {
  const link =
    event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[data-again]') : null;
  if (link === null || link.pathname !== location.pathname) return;
  event.preventDefault();
  location.reload();
});

enhance(document);
