// Only on pages where the operator switched it on. The browser asks the person, and the place goes to this server alone.

const WAIT_MS = 20_000;
/** A circle that is larger says nothing about a district. */
const MOST_METRES = 9999;

for (const button of document.querySelectorAll<HTMLButtonElement>('[data-position]')) {
  const { form } = button;
  const field = form?.elements.namedItem('at');
  const status = form?.querySelector('[data-position-status]');
  if (!('geolocation' in navigator) || !(field instanceof HTMLInputElement)) continue;
  button.hidden = false;
  form?.querySelector('[data-position-hint]')?.removeAttribute('hidden');
  button.addEventListener('click', () => {
    const say = (words = ''): void => status?.replaceChildren(words);
    say(button.dataset.waiting);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const metres = Math.ceil(coords.accuracy);
        if (!(metres <= MOST_METRES)) return say(button.dataset.rough);
        field.value = `${coords.latitude.toFixed(6)},${coords.longitude.toFixed(6)},${metres}`;
        form?.requestSubmit();
      },
      () => say(button.dataset.failed),
      { timeout: WAIT_MS, maximumAge: 0 },
    );
  });
}
