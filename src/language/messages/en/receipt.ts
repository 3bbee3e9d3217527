/** What became of each letter, as its receipt says it, and the follow-up that it offers. */
export const receipt = {
  'actions.standing.soon': 'It is confirmed and due to go out within minutes.',
  'actions.standing.off':
    'It is confirmed. This site sends nothing that way at present, so your letter waits.',
  'actions.standing.pace':
    '{later, select, yes {It goes out on {time} at the earliest} other {It is expected to go out on {time}}}: this office gets at most {perHour, number} letters an hour, and {before}.',
  'actions.standing.hours':
    '{later, select, yes {It goes out on {time} at the earliest} other {It is expected to go out on {time}}}: we send to this office {weekdays, select, yes {on weekdays} other {each day}} from {opens} to {closes} by the clock of {zone}, at most {perHour, number} letters an hour, and {before}.',
  'actions.standing.before':
    '{n, plural, =0 {none is before yours} one {one is before yours} other {# are before yours}}',
  'actions.standing.before_more': 'more than {n, number} are before yours',
  'actions.standing.retry': 'It could not be passed on yet. The next try is due on {time}.',
  'actions.standing.silent':
    'The office’s system does not answer. It is tried again on {time}. Your letter waits. Should this go on for days, we write to you.',
  'actions.standing.closed':
    'The legislature’s mail system is closed at these hours. Your letter is expected to go out on {time}.',
  'actions.standing.paused': 'The organisation paused letters to this office: “{reason}” Your letter waits.',

  'actions.standing.accepted_office':
    'The office’s own system took it on {time}. Whether somebody has read it, nobody tells us.',
  'actions.standing.accepted_cwc_house':
    'The House’s mail system took it for this office on {time}. Whether somebody has read it, nobody tells us.',
  'actions.standing.accepted_cwc_senate':
    'The Senate’s mail system took it for this office on {time}. Whether somebody has read it, nobody tells us.',
  'actions.standing.accepted_relay':
    '{known, select, yes {Our mail service {host} took it on {time}, to pass it on.} other {Our mail service took it on {time}, to pass it on.}}',
  'actions.standing.accepted_evidence':
    'We could not tell what became of it. The organisation looked into it, and found on {time} that it was taken.',
  'actions.standing.no_bounce': 'No bounce so far.',
  'actions.standing.no_bounce_since': 'In the days since, nothing came back.',
  'actions.standing.not_watched':
    'Whether it came back we cannot tell: mail that comes back is not read here.',
  'actions.standing.delivered': 'A mail system reported on {time} that it is in the office’s mailbox.',
  'actions.standing.delayed':
    'A mail system reported on {time} that it is delayed, and that it goes on trying.',
  'actions.standing.auto_replied': 'An automatic answer came on {time}. That is no answer from a person.',
  'actions.standing.complained':
    'A mail system reported on {time} that it was marked as unwanted where it arrived.',
  'actions.standing.heard': 'You told us on {time} that an answer came.',
  'actions.standing.bounced': 'It came back on {time}: {why}.',
  'actions.standing.failed_before': 'It could not be delivered the way it was to go.',
  'actions.standing.copies':
    'A try to send it ended without an answer, so the office may get it twice: the same letter, with the same id.',
  'actions.standing.perhaps':
    'A try to send it ended without an answer that we understand, so the office may have it all the same.',
  'actions.standing.not_arrived': 'By us it did not reach the office.',
  'actions.standing.not_tried': 'We have not sent it.',
  'actions.standing.test_system':
    'A test system of the legislature took it. No office has it, and it is never sent later.',
  'actions.standing.checked_only':
    'The legislature’s mail system only checked it. No office has it, and it is never sent later.',
  'actions.standing.note': 'The organisation says: “{note}”',

  'actions.bounce.no_such_address': 'there is no such address any more',
  'actions.bounce.no_such_domain': 'the office’s mail domain does not exist any more',
  'actions.bounce.disabled': 'the mailbox is switched off',
  'actions.bounce.mailbox_full': 'the mailbox is full',
  'actions.bounce.too_large': 'it is larger than that system takes',
  'actions.bounce.policy': 'that system does not take mail from ours',
  'actions.bounce.content': 'that system did not take its content',
  'actions.bounce.gave_up': 'mail systems tried for days, and gave up',
  'actions.bounce.other': 'for a reason that is not clear to us',

  'actions.way.cwc_house': 'By the House’s mail system',
  'actions.way.cwc_senate': 'By the Senate’s mail system',
  'actions.way.smtp': 'By e-mail',
  'actions.way.web_form': 'By the office’s form',
  'actions.way.own_mail': 'By your own mail',
  'actions.way.telephone': 'By telephone',
  'actions.way.paper': 'On paper',
  'actions.way.website': 'By the office’s website',
  'actions.way.not_tried': 'It has not been tried yet.',
  'actions.way.tries':
    '{n, plural, one {Tried once, on {last}.} other {Tried # times, from {first} to {last}.}}',
  'actions.way.answer':
    '{known, select, yes {{host} answered: “{answer}”} other {The other side answered: “{answer}”}}',
  'actions.way.came_back': 'It came back on {time}, with the words: “{answer}”',
  'actions.way.came_back_silently': 'It came back on {time}.',
  'actions.way.id': 'The id of the letter there',

  'actions.chase.title': 'No answer so far?',
  'actions.chase.offer':
    'It is some time since the letter went. With one click you can ask the office for an answer, once, with the mail below. It goes to the office’s address in your name, as the letter did, and is not counted as another letter.',
  'actions.chase.button': 'Send this to the office',
  'actions.chase.answered': 'I had an answer',
  'actions.chase.text': 'What the office gets',
  'actions.chase.queued': 'You asked the office for an answer. That mail goes out when its turn comes.',
  'actions.chase.sending': 'You asked the office for an answer. That mail is being sent.',
  'actions.chase.accepted': 'You asked the office for an answer. Our mail service took that mail on {time}.',
  'actions.chase.came_back': 'You asked the office for an answer. That mail came back on {time}.',
  'actions.chase.refused': 'You asked the office for an answer. That mail could not be delivered.',
  'actions.chase.rehearsed':
    'You asked the office for an answer. That mail was not sent: this site is in rehearsal.',
  'actions.chase.dropped':
    'You asked the office for an answer. That mail did not go: there was no reason or no text for it any more.',

  'actions.chase.subject': 'No answer yet? {headline}',
  'actions.chase.preview': 'You can ask once for an answer, with one click.',
  'actions.chase.lead':
    '{n, plural, one {It is two weeks or more since your letter went to the office below. If no answer came, you can ask for one, once, with one click on your receipt. The text stands there.} other {It is two weeks or more since your letters went to the offices below. If no answer came, you can ask each for one, once, with one click on your receipt. The text stands there.}}',
  'actions.chase.automatic':
    'From an office that is marked an automatic answer came. That is no answer from a person.',
  'actions.chase.marked': '{office} (automatic answer)',
  'actions.chase.mail_button': 'Open my receipt',
  'actions.chase.why':
    'You get this mail since you wrote through {name}. There is one such mail for a letter, and no further one.',

  'delivery.follow_up.subject': 'Re: {subject}',
  'delivery.follow_up.asked':
    'On {date} I wrote to you. My letter stands below. I have not had an answer yet, and I would be glad of one.',
  'delivery.follow_up.original': 'My letter of {date}:',
} as const;
