-- How a call ended, where the supporter reports one. Only the first two hand the letter over.
alter table letter_event add column call_outcome text
  check (call_outcome in ('spoke', 'left_message', 'no_answer', 'engaged'));
