export const actions = {
  'actions.place.title': 'Where do you live?',
  'actions.place.postcode': 'Your postcode',
  'actions.place.example': 'Such as {postcode}',
  'actions.place.address': 'Your street address',
  'actions.place.address_goes_to': 'The address is looked up by {name}, which learns it.',
  'actions.place.find': 'Find who represents me',
  'actions.place.by_list': 'Choose your district from a list',
  'actions.place.list_page': 'Choose your district from a list',
  'actions.place.district': 'Your district',
  'actions.place.pick': 'Choose …',
  'actions.place.take': 'Take this district',
  'actions.place.privacy': 'Looked up on this server, told to nobody, and not kept unless you write.',
  'actions.place.privacy_but_address':
    'A postcode or a district is looked up on this server and told to nobody. Only a street address goes further, and only where the postcode does not settle it. Nothing is kept unless you write.',

  'actions.place.map_page': 'Point to it on a map',

  'actions.map.title': 'Where on the map do you live?',
  'actions.map.lead': 'Point to where you live. On a keyboard, the Tab key goes from district to district.',
  'actions.map.back': 'Give a postcode, or choose from a list',

  'actions.position.button': 'Use the position of this device',
  'actions.position.hint':
    'This page can ask your browser where you are, if you press the button. The position comes to this server alone, is looked up, and is not kept.',
  'actions.position.waiting': 'Asking your browser …',
  'actions.position.rough':
    'Your device knows only roughly where it is, too roughly for a district. Give the place in another way.',
  'actions.position.failed': 'Your browser did not tell. Give the place in another way.',

  'actions.list.title': 'Before you write',
  'actions.list.choose_title': 'Whom do you write to?',
  'actions.list.place': 'Where you live',
  'actions.list.place_hint': 'A town, as it should stand below your letter. Nothing is looked up.',
  'actions.list.to_letter': 'Go on to the letter',
  'actions.list.to_choice': 'Choose whom to write to',
  'actions.list.lead':
    '{n, plural, one {Choose the person to write to.} other {Choose up to # people to write to.}} Nobody is chosen for you.',
  'actions.list.search': 'Search by name or district',
  'actions.list.party': 'Party or list',
  'actions.list.any_party': 'All',
  'actions.list.show': 'Show',
  'actions.list.take_all': '{n, plural, one {Choose the one found} other {Choose all # found}}',
  'actions.list.found': '{found, number} of {all, number}',
  'actions.list.write': 'Write to these',
  'actions.list.back': 'Start again',

  'actions.choose.title': 'Which of these is yours?',
  'actions.choose.split': '{place} lies in more than one district, so it does not say who represents you.',
  'actions.choose.near_border': '{place} is so close to a border between districts that we cannot be sure.',
  'actions.choose.point_near_border':
    'The place is so close to a border between districts that we cannot be sure.',
  'actions.choose.crosses_border':
    '{place} crosses a border, so it does not say for certain who represents you.',
  'actions.choose.which': 'Your district',
  'actions.choose.vacant': 'The seat is vacant',
  'actions.choose.nobody': 'It has no seat in the chambers of this alert',
  'actions.choose.continue': 'Continue',
  'actions.choose.other_place': 'Give another place',

  'actions.match.title': 'Which address is yours?',
  'actions.match.found':
    '{n, plural, one {This is not quite what you wrote, so please look at it.} other {Your address may be any of these.}}',
  'actions.match.which': 'Your address',
  'actions.match.none': 'None of these: give another address',
  'actions.match.rough.street': 'Of your address, only the street was found, and not the house.',
  'actions.match.rough.postcode': 'Of your address, only the area of the postcode was found.',
  'actions.match.by_postcode': 'Your street address could not be found, so this goes by the postcode alone.',

  'actions.reach.cwc_house': 'By the House’s own mail system: we hand it over there, and answers come to you',
  'actions.reach.cwc_senate':
    'By the Senate’s own mail system: we hand it over there, and answers come to you',
  'actions.reach.smtp': 'By e-mail: we send it to the office, and answers come to you',
  'actions.reach.web_form': 'By the office’s own form: you paste your letter there',
  'actions.reach.own_mail': 'From your own mail program, with the text ready',
  'actions.reach.telephone': 'By telephone: you call, with a few lines to say',
  'actions.reach.paper': 'By post: you print the letter and send it',
  'actions.reach.website': 'Only the office’s website is known: you find the form there',

  'actions.write.title': 'Your letter',
  'actions.write.to': 'To whom',
  'actions.write.represent': 'These people represent {place}. Untick whoever you do not want to write to.',
  'actions.write.listed':
    'These people are on the list of this alert. Untick whoever you do not want to write to.',
  'actions.write.start_again': 'Start again',
  'actions.write.not_my_place': 'This is not where I live',
  'actions.write.data_ended':
    'Our list of districts and officeholders ended on {date}. Somebody else may hold an office by now.',
  'actions.write.term_ended': 'The term ended on {date}. We do not know who holds the office now.',
  'actions.write.vacant': 'Vacant: the seat of {division} in the {chamber}. There is nobody to write to.',
  'actions.write.all_vacant': 'Every seat for {place} is vacant just now. There is nobody to write to.',
  'actions.write.nobody': 'We know of nobody who represents {place} in the chambers of this alert.',
  'actions.write.maximum':
    '{n, plural, one {You can write to one person at a time.} other {You can write to at most # people at a time.}}',
  'actions.write.letter': 'What you say',
  'actions.write.salutation': 'Each letter opens with the name of whoever it goes to, and closes with yours.',
  'actions.write.draft': 'Your draft from before was put back.',
  'actions.write.draft_discard': 'Start afresh',
  'actions.write.subject': 'Subject',
  'actions.write.message': 'Your own words',
  'actions.write.message_hint':
    'Why does this matter to you? What have you seen yourself? A few plain sentences of your own are read with more care than any template.',
  'actions.write.statement': 'The words of {name}',
  'actions.write.statement_hint':
    'They go below yours and are marked as theirs. Change them, or empty the field to leave them out.',
  'actions.write.each':
    'You can also say something else to each. A field that you leave empty takes the text above.',
  'actions.write.apart':
    'They stand differently on this, so each gets a letter of its own. Your words above open every one of them.',
  'actions.write.apart_one': 'The letter to {name}',
  'actions.write.to_all_hint':
    'They open each of the letters below. Why does this matter to you? What have you seen yourself? A few plain sentences of your own are read with more care than any template.',
  'actions.write.prepared': 'How it goes on',
  'actions.write.prepared_hint': 'Prepared for this person. Change it as you like, or empty the field.',
  'actions.write.each_one': 'A letter of its own to {name}',
  'actions.write.from': 'Who you are',
  'actions.write.name': 'Your name',
  'actions.write.name_hint': 'As you sign letters. Offices seldom answer a letter without a full name.',
  'actions.write.email': 'Your e-mail address',
  'actions.write.email_hint': 'To confirm, and for the offices’ answers. You are put on no list.',
  'actions.write.address_hint': 'One of these offices answers only to people who give their street address.',
  'actions.write.street': 'Street and house number',
  'actions.write.locality': 'Town and postcode',
  'actions.write.send.by_mail': 'Send me the confirmation mail',
  'actions.write.send.by_hand': 'Show my letters, ready to copy',
  'actions.write.after.by_mail': 'Nothing goes to any office until you confirm from that mail.',
  'actions.write.after.by_hand':
    'We cannot send to these offices ourselves, so no mail is needed: you get each letter with the ways to send it.',
  'actions.write.proof.no_script':
    'Many people are writing just now. To keep machines out, your browser must do a short calculation, and that needs JavaScript. Switch it on, or come back later.',
  'actions.write.proof.working': 'Your browser is doing a short calculation that keeps machines out …',
  'actions.write.proof.failed': 'The calculation did not succeed. Reload the page and try again.',

  'actions.consent.by_mail':
    'I agree that {name} keeps my name, my e-mail address and my letter in order to confirm, deliver and account for it.',
  'actions.consent.by_hand':
    'I agree that {name} keeps my name and my letter in order to show it to me and to count it.',
  'actions.consent.more': 'What is kept, and for how long',
  'actions.consent.opinion':
    'A letter like this shows a political opinion. What you write is encrypted where it is kept.',
  'actions.consent.office':
    'Each office gets your letter with your name, and your e-mail address where we send it for you.',
  'actions.consent.unconfirmed':
    '{n, plural, one {Not confirmed within a day, it is deleted.} other {Not confirmed within # days, it is deleted.}}',
  'actions.consent.kept':
    '{n, plural, one {The text is deleted a day after the last change to your letter.} other {The text is deleted # days after the last change to your letter.}}',
  'actions.consent.withdraw':
    'You can withdraw at any time from your receipt. What an office has received cannot be called back.',

  'actions.mail.title': 'Check your mail',
  'actions.mail.lead': 'Your letter is written and kept, and nothing has been sent yet.',
  'actions.mail.step_open': 'Open the mail from {from}.',
  'actions.mail.step_confirm': 'Follow its link, read your letter once more, and press the button there.',
  'actions.mail.step_follow': 'See on your receipt what happens to each letter.',
  'actions.mail.until':
    '{n, plural, one {The link works for one day.} other {The link works for # days.}} After that your letter is deleted.',
  'actions.mail.missing':
    'No mail? Look among unwanted mail for {from}, or go back and check the address you typed. At most three such mails go to one address in a day.',
  'actions.mail.later_title': 'The mail will take a while',
  'actions.mail.later':
    'Very many people are writing just now. Your mail stands in the queue and goes as soon as it can.',
  'actions.mail.later_at':
    'Very many people are writing just now. Your mail stands in the queue and goes at about {time}.',
  'actions.mail.outbox_title': 'No mail was sent',
  'actions.mail.outbox_lead':
    'This site is not set up to send mail. Your letter is kept, and the mail that you would have got lies in the outbox, where you can read it and go on.',
  'actions.mail.outbox_open': 'Read it in the outbox',
  'actions.mail.outbox_hint': 'The outbox can be opened only on the computer on which this site runs.',

  'actions.mail.subject': 'Please confirm your letter: {headline}',
  'actions.mail.reminder_subject': 'Your letter still waits for you: {headline}',
  'actions.mail.preview':
    '{n, plural, one {One letter waits} other {# letters wait}} for your confirmation. Nothing has been sent.',
  'actions.mail.reminder': 'Yesterday you were sent a mail like this one. This is the only reminder.',
  'actions.mail.wrote_below': 'Somebody, we think you, wrote letters on this alert under your address, to:',
  'actions.mail.wrote': 'Somebody, we think you, wrote letters under your address on “{headline}”, to:',
  'actions.mail.nothing_sent':
    'Nothing has been sent to them. Read your letters, and confirm them if they are yours:',
  'actions.mail.button': 'Read and confirm',
  'actions.mail.expires': 'The link works until {time}. Without you, everything is deleted then.',
  'actions.mail.not_me': 'This was not me',
  'actions.mail.why':
    'You get this one mail since your address was typed into a form of {name}. It puts you on no list.',

  'actions.copy.subject': 'Your letters: {headline}',
  'actions.copy.preview': 'The copy, and the link to your receipt.',
  'actions.copy.lead':
    '{n, plural, one {You confirmed the letter below. Your receipt shows what becomes of it.} other {You confirmed the letters below. Your receipt shows what becomes of each.}}',
  'actions.copy.rehearsal':
    '{n, plural, one {You confirmed the letter below. It was NOT sent: this site is in rehearsal.} other {You confirmed the letters below. They were NOT sent: this site is in rehearsal.}}',
  'actions.copy.button': 'See the receipt',
  'actions.copy.keep': 'Whoever has the link sees your letters. Keep it to yourself.',
  'actions.copy.why': 'You get this mail since you confirmed letters at {name}.',

  'actions.confirm.title':
    '{n, plural, one {Your letter, as it will go} other {Your # letters, as they will go}}',
  'actions.confirm.lead':
    '{n, plural, one {Read it once more. It goes when you press the button, word for word as it stands here.} other {Read them once more. They go when you press the button, word for word as they stand here.}}',
  'actions.confirm.lead_mixed':
    '{sent, plural, =0 {Read your words once more, and press the button. The last step is yours then.} one {Read them once more. One of them goes when you press the button, word for word as it stands here. The last step of the others is yours.} other {Read them once more. # of them go when you press the button, word for word as they stand here. The last step of the others is yours.}}',
  'actions.confirm.rehearsal':
    'This site is in rehearsal: pressing the button shows what would happen, and sends nothing to any real office.',
  'actions.confirm.letter': 'The letter',
  'actions.confirm.button':
    '{n, plural, =0 {Confirm} one {Confirm and send} other {Confirm and send # letters}}',
  'actions.confirm.not_me': 'This was not me',
  'actions.confirm.until': 'You can confirm until {time}.',

  'actions.end.confirmed': 'Already confirmed',
  'actions.end.confirmed_lead': 'You confirmed these letters before. Your receipt shows what became of them.',
  'actions.end.acted_before': 'You have acted on this alert',
  'actions.end.acted_before_lead':
    'Other letters were confirmed from your address, so these were put aside. One person writes once on an alert.',
  'actions.end.expired': 'This link has ended',
  'actions.end.expired_lead':
    'The letters were not confirmed in time, so they were deleted. Nothing was sent. You can write again while the alert is open.',
  'actions.end.withdrawn': 'These letters were withdrawn',
  'actions.end.withdrawn_lead':
    'They were taken back, or somebody said that it was not they who wrote. There is nothing to confirm.',
  'actions.end.alert_closed': 'The alert has closed',
  'actions.end.alert_closed_lead': 'It closed before these letters were confirmed, so they were not sent.',
  'actions.end.back': 'Back to the alert',
  'actions.end.receipt': 'See the receipt',

  'actions.disavow.title': 'This was not you?',
  'actions.disavow.lead':
    'Then somebody typed your address, by mistake or not. Press the button: the letters are withdrawn, and your address is deleted.',
  'actions.disavow.button': 'It was not me',
  'actions.disavow.done': 'Withdrawn',
  'actions.disavow.done_unsent':
    'Thank you for telling us. Nothing had been sent. The letters and your address are deleted.',
  'actions.disavow.done_sent':
    'Thank you for telling us. Letters had gone already, or may have: it is recorded that you did not write them, and the offices to which our mail went are told. Your address is deleted.',

  'actions.failed.subject':
    '{n, plural, one {A letter of yours did not get through} other {# letters of yours did not get through}}: {headline}',
  'actions.failed.lead':
    '{n, plural, one {One letter that you wrote could not be delivered the way it was to go. It does not count as sent.} other {# letters that you wrote could not be delivered the way they were to go. They do not count as sent.}}',
  'actions.failed.subject_perhaps':
    '{n, plural, one {A letter of yours may not have got through} other {# letters of yours may not have got through}}: {headline}',
  'actions.failed.lead_perhaps':
    '{n, plural, one {We cannot say that a letter of yours arrived, and we do not try that way again. It does not count as sent.} other {We cannot say that # letters of yours arrived, and we do not try that way again. They do not count as sent.}}',
  'actions.failed.yours': 'You can still send it yourself: the receipt shows how, with the text ready.',
  'actions.failed.over':
    'We know of no other way to this office that may work. The receipt shows what was tried.',
  'actions.failed.forgotten': 'The text has been deleted.',
  'actions.failed.button': 'See the way on',
  'actions.failed.why':
    'You get this mail because you wrote through {name}. It is sent once for each letter that fails.',
  'actions.stopped.subject':
    '{n, plural, one {A letter of yours was stopped: {headline}} other {# letters of yours were stopped: {headline}}}',
  'actions.stopped.lead':
    '{n, plural, one {Your letter below was stopped: whom you wrote to no longer holds the seat.} other {Your letters below were stopped: whom you wrote to no longer hold their seats.}}',
  'actions.stopped.nobody_else':
    '{n, plural, one {We send it to nobody else.} other {We send them to nobody else.}}',
  'actions.stopped.can_do':
    'Your words are kept on your receipt for now: you can copy them, find who represents you today, and send them yourself.',
  'actions.stopped.find': 'Find who represents me today',
  'actions.stopped.why': 'You get this mail since you confirmed a letter at {name} that was stopped.',

  'actions.disavowal.subject': 'A letter to you was disavowed',
  'actions.disavowal.text':
    'A letter that reached you through {organisation} on {sent} was not written by the person whose address it gives: that person has told us so. Please do not count it.\n\nThe letter is the one with the fingerprint {fingerprint}; its page says the same:\n{url}\n',

  'actions.receipt.title.by_mail': '{n, plural, one {Your letter} other {Your # letters}}',
  'actions.receipt.title.by_hand':
    '{n, plural, one {Your letter, ready to send} other {Your # letters, ready to send}}',
  'actions.receipt.thanks': 'Thank you. It is confirmed.',
  'actions.receipt.by_hand':
    'We cannot send to these offices ourselves. Send each letter the way that suits you, and come back to say so: then it counts, as reported by you.',
  'actions.receipt.gone':
    '{all, plural, one {{n, plural, =0 {{so, select, perhaps {It is not known to have arrived.} yet {It has not gone yet.} other {It has not gone.}}} other {It has gone.}}} other {{n, plural, =0 {{so, select, perhaps {None of the {all} is known to have arrived.} yet {None of the {all} has gone yet.} other {None of the {all} has gone.}}} one {One of {all} has gone.} other {# of {all} have gone.}}}}',
  'actions.receipt.rehearsed': 'Nothing was sent: this site is in rehearsal.',
  'actions.receipt.yours': '{n, plural, one {One needs a step from you.} other {# need a step from you.}}',
  'actions.receipt.state.submitted': 'Written',
  'actions.receipt.state.confirmed': 'Confirmed',
  'actions.receipt.state.self_reported': 'Reported by you',
  'actions.receipt.state.withdrawn': 'Withdrawn',
  'actions.receipt.state.ended': 'Ended',
  'actions.receipt.withdrawn':
    'You withdrew. What had not gone will not go; what an office has received cannot be called back.',
  'actions.receipt.timeline': 'What happened, step by step',
  'actions.receipt.copy': 'The letter, as sent',
  'actions.receipt.copy_held': 'The letter, as written',
  'actions.receipt.deleted': 'The text was deleted, as promised. Only its fingerprint is kept.',
  'actions.receipt.link':
    'This page is your receipt. Keep its address, and keep it to yourself: whoever has it sees your letters.',
  'actions.receipt.withdraw': 'Withdraw',
  'actions.receipt.withdraw_hint': 'Changed your mind? What has not gone yet can be stopped.',

  'actions.stamp.held': 'Not confirmed',
  'actions.stamp.queued': 'In the queue',
  'actions.stamp.sending': 'Being sent',
  'actions.stamp.accepted_office': 'Received',
  'actions.stamp.accepted_relay': 'Handed on',
  'actions.stamp.settled_office': 'Received',
  'actions.stamp.settled_relay': 'Handed on',
  'actions.stamp.bounced': 'Came back',
  'actions.stamp.refused': 'Not delivered',
  'actions.stamp.unclear': 'Unclear',
  'actions.stamp.waiting': 'Your turn',
  'actions.stamp.stopped': 'Stopped',
  'actions.stamp.rehearsed': 'Not sent',
  'actions.stamp.handed_over': 'Sent by you',
  'actions.stamp.telephoned': 'Telephoned',
  'actions.stamp.withdrawn': 'Withdrawn',
  'actions.stamp.expired': 'Expired',

  'actions.standing.held': 'It waits for your confirmation. Nothing has been sent.',
  'actions.standing.queued': 'It is confirmed and goes out when its turn comes.',
  'actions.standing.sending': 'It is being sent at this moment.',
  'actions.standing.refused':
    'It could not be delivered, and it is not tried again. The steps below say why.',
  'actions.standing.unclear':
    'We cannot tell whether it arrived. We do not send it again unless somebody of the organisation looks into it and decides so.',
  'actions.standing.waiting': 'We cannot send it to this office ourselves. The last step is yours.',
  'actions.standing.stopped': 'It was stopped.',
  'actions.standing.left_office': 'The person left office, so it was stopped, and we send it to nobody else.',
  'actions.standing.left_office_by_hand':
    'The person left office before you told us that you had sent it, so it was stopped: it should not go to whoever sits there now.',
  'actions.standing.rehearsed':
    'This site was in rehearsal when you confirmed it. It was not sent, and we will not send it later.',
  'actions.standing.handed_over': 'You told us that you sent it. We did not check.',
  'actions.standing.telephoned': 'You told us that you said it by telephone. We did not check.',
  'actions.standing.withdrawn': 'It was withdrawn.',
  'actions.standing.expired': 'Its time ran out, and it was deleted.',

  'actions.event.submitted': 'Written',
  'actions.event.confirmed': 'Confirmed by you',
  'actions.event.sending_off': 'Not sent: sending is switched off on this site',
  'actions.event.not_confirmed_in_time': 'Not confirmed in time',
  'actions.event.step_not_taken': 'The last step was not taken in time',
  'actions.event.alert_closed': 'The alert closed',
  'actions.event.not_me': 'Somebody said: this was not me',
  'actions.event.withdrawn': 'Withdrawn by you',
  'actions.event.superseded': 'Put aside, since you confirmed another letter',
  'actions.event.already_written': 'Put aside, since you had written to this office before',
  'actions.event.leased': 'Sending begins',
  'actions.event.left_office': 'Stopped: the person left office',
  'actions.event.measure_moved': 'Stopped: the measure has moved on',
  'actions.event.staff_paused': 'Stopped by the organisation',
  'actions.event.accepted': 'Taken by the receiving system',
  'actions.event.already_accepted': 'The receiving system had it already',
  'actions.event.temporary_refusal': 'The receiving system asked to try again later',
  'actions.event.test_system': 'A test system took it; no office has it',
  'actions.event.checked_only': 'It was only checked, and not sent',
  'actions.event.office_inactive': 'The legislature’s mail system does not serve this office any more',
  'actions.event.not_valid': 'The legislature’s mail system would not have taken it in this form',
  'actions.event.unreachable': 'The receiving system could not be reached',
  'actions.event.timed_out': 'The receiving system did not answer in time',
  'actions.event.no_answer_after_data': 'The line broke before the answer came',
  'actions.event.lease_expired': 'The try was interrupted',
  'actions.event.fault': 'A fault on our side; tried again',
  'actions.event.released': 'Put back into the queue',
  'actions.event.channel_paused': 'Sending is paused',
  'actions.event.permanent_refusal': 'Refused for good by the receiving system',
  'actions.event.gave_up': 'Given up after the last try',
  'actions.event.address_dead': 'Not sent: mail to the office’s address fails for good',
  'actions.event.office_silent': 'Given up: the office’s system answered nothing for 7 days',
  'actions.event.too_large': 'Refused: too large',
  'actions.event.bad_address': 'Not sent: no mail can be addressed to what is given as the office’s address',
  'actions.event.text_gone': 'The text was no longer there',
  'actions.event.unreadable_answer': 'The answer could not be understood',
  'actions.event.restored': 'Restored from a backup; what happened in between is not known',
  'actions.event.next_channel': 'Tried another way',
  'actions.event.staff_decision': 'Decided by the organisation',
  'actions.event.followed_up': 'You asked the office for an answer',
  'actions.event.answer_heard': 'You told us: an answer came',
  'actions.event.staff_evidence': 'Cleared up by the organisation',
  'actions.event.window_passed': 'Days have passed, and we have not heard that it came back',
  'actions.event.bounced': 'It came back',
  'actions.event.bounce_noted': 'A mail system reported that a copy came back',
  'actions.event.delay_reported': 'A mail system reported that it is delayed, and goes on trying',
  'actions.event.delivery_reported': 'A mail system reported that it is in the office’s mailbox',
  'actions.event.auto_replied': 'An automatic answer came',
  'actions.event.complained': 'The receiver marked it as unwanted',
  'actions.event.by_form': 'You told us: sent by the office’s form',
  'actions.event.by_own_mail': 'You told us: sent from your own mail',
  'actions.event.by_telephone': 'You told us: said by telephone',
  'actions.event.on_paper': 'You told us: sent on paper',
  'actions.event.called_in_vain': 'You told us: you telephoned, and reached nobody',
} as const;
