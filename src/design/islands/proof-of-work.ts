// Loaded only where a form asks for a proof of work: while mails are short, it makes a flood dear.
import { solveChallenge } from 'altcha-lib/v1';

interface Challenge {
  readonly algorithm: 'SHA-1' | 'SHA-256' | 'SHA-512';
  readonly challenge: string;
  readonly maxnumber: number;
  readonly salt: string;
  readonly signature: string;
}

async function solve({ algorithm, challenge, maxnumber, salt, signature }: Challenge): Promise<string> {
  const solution = await solveChallenge(challenge, salt, algorithm, maxnumber).promise;
  if (solution === null) throw new Error('no solution');
  return btoa(JSON.stringify({ algorithm, challenge, number: solution.number, salt, signature }));
}

function guard(form: HTMLFormElement): void {
  const field = form.querySelector<HTMLInputElement>('input[name="altcha"]');
  const status = form.querySelector<HTMLElement>('[data-proof]');
  if (field === null) return;
  const solved = solve(JSON.parse(form.dataset.challenge ?? '{}')).then((proof) => {
    field.value = proof;
  });
  solved.catch(() => say(status, status?.dataset.failed));
  form.addEventListener('submit', (event) => {
    if (field.value !== '') return;
    event.preventDefault();
    say(status, status?.dataset.working);
    solved.then(
      () => form.requestSubmit(),
      () => say(status, status?.dataset.failed),
    );
  });
}

function say(status: HTMLElement | null, words = ''): void {
  if (status !== null) status.textContent = words;
}

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-challenge]')) guard(form);
