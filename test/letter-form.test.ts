import { describe, expect, test } from 'vitest';
import { draftsOf } from '../src/actions/write/letter-form.js';

const MOST = 25;

const SHARED = {
  to: ['a', 'b'],
  subject: 'Bill 12',
  statement: 'The society asks.',
  message: 'I row past it.',
};

describe('one letter to all', () => {
  test('goes to everybody who is ticked, and to nobody else', () => {
    const drafts = draftsOf({ ...SHARED, 'message.c': 'Never read.' }, MOST);
    expect(drafts.map(({ officeholderId }) => officeholderId)).toEqual(['a', 'b']);
    for (const draft of drafts)
      expect(draft).toMatchObject({ subject: 'Bill 12', message: 'I row past it.' });
  });

  test('gives way, part by part, to what was written to one', () => {
    const [first, second] = draftsOf({ ...SHARED, 'message.b': 'To you alone.', 'subject.b': '  ' }, MOST);
    expect(first).toMatchObject({ message: 'I row past it.', suffixes: { message: '', subject: '' } });
    expect(second).toMatchObject({
      message: 'To you alone.',
      subject: 'Bill 12',
      suffixes: { message: '.b', subject: '' },
    });
  });
});

describe('letters that the alert words differently', () => {
  const apart = {
    ...SHARED,
    apart: 'subject message',
    subject: '',
    'subject.a': 'Please vote for it',
    'message.a': 'Please vote for it.',
    'subject.b': 'Thank you',
    'message.b': 'Thank you for your name.',
  };

  test('each open with the words to all, and keep what is theirs', () => {
    const [first, second] = draftsOf(apart, MOST);
    expect(first).toMatchObject({
      subject: 'Please vote for it',
      message: 'I row past it.\n\nPlease vote for it.',
    });
    expect(second).toMatchObject({
      subject: 'Thank you',
      message: 'I row past it.\n\nThank you for your name.',
    });
    for (const draft of [first, second]) expect(draft?.statement).toBe('The society asks.');
  });

  test('never get what was prepared for somebody else', () => {
    const [first] = draftsOf({ ...apart, 'message.a': '', 'subject.a': '' }, MOST);
    expect(first).toMatchObject({ subject: '', message: 'I row past it.' });
  });
});

test('a field that is no text is no text', () => {
  const [draft] = draftsOf(
    { to: 'a', subject: { toString: 'x' }, message: ['one', 'two'], statement: 7 },
    MOST,
  );
  expect(draft).toMatchObject({ subject: '', message: 'one', statement: '' });
});

test('a form that names everybody makes no more letters than can be refused', () => {
  const to = Array.from({ length: 60_000 }, () => 'a');
  const form = { to, apart: 'message', message: 'x'.repeat(200_000), 'message.a': 'y' };
  expect(draftsOf(form, MOST)).toHaveLength(MOST + 1);
});
