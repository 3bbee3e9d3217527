// Without this file a text is copied by hand from its field.

const SHOWN_MS = 2500;

for (const button of document.querySelectorAll<HTMLButtonElement>('[data-copy]')) {
  const field = document.getElementById(button.dataset.copy ?? '');
  if (!(field instanceof HTMLTextAreaElement)) continue;
  const label = button.textContent;
  button.hidden = false;
  button.ariaLive = 'polite';
  button.addEventListener('click', () => {
    copy(field).then(
      () => {
        button.textContent = button.dataset.done ?? label;
        setTimeout(() => {
          button.textContent = label;
        }, SHOWN_MS);
      },
      () => field.select(),
    );
  });
}

// Over plain http there is no clipboard: then the text is marked, ready to be copied.
async function copy(field: HTMLTextAreaElement): Promise<void> {
  await navigator.clipboard.writeText(field.value);
}
