import type { HandOverStep } from '../../src/delivery/index.js';

/** Each way that a supporter may take a letter themselves. */
export const everyWay: readonly HandOverStep[] = [
  {
    way: 'by_form',
    reach: 'web_form',
    address: 'https://reer.example/contact',
    form: {
      fields: [
        { asks: 'name_first', required: true },
        { asks: 'name_last', required: true },
        { asks: 'email', required: true },
        { asks: 'address_street', required: true },
        { asks: 'address_zip5', required: true },
        { asks: 'phone', required: false },
        { asks: 'party_card_number', required: false },
      ],
      topics: ['Transport & roads', 'Health', 'The islands', 'Schools', 'Something else'],
      longest: 500,
      length: 612,
      captcha: true,
    },
  },
  {
    way: 'by_own_mail',
    failedBefore: false,
    address: 'tomas.reer@council.example',
    mailto: { href: 'mailto:tomas.reer@council.example?subject=Ferry', carriesText: false },
    webmail: [
      { provider: 'gmail', href: 'https://mail.google.com/mail/?view=cm', carriesText: false },
      { provider: 'outlook', href: 'https://outlook.live.com/mail/0/deeplink/compose', carriesText: true },
    ],
  },
  {
    way: 'by_telephone',
    number: '(212) 555-0142 ext. 7',
    href: 'tel:+1-212-555-0142;ext=7',
    script: [
      'Hello, my name is Anna Velder.',
      'I am calling about this: The night ferry to Oster.',
      'I live on Oster. My mother’s clinic is in Lindhaven, and the last boat home leaves before it closes.',
      'Please pass this on to Councillor Tomas Reer. Thank you.',
    ],
  },
  {
    way: 'on_paper',
    recipient: ['Councillor Tomas Reer', 'Council', '2 Assembly Square', '4000 Lindmark'],
    format: 'a4',
  },
];
/** The last way is one that failed before. */
export const throughWebsite: readonly HandOverStep[] = [
  { way: 'by_form', reach: 'website', address: 'https://council.example', form: undefined },
  {
    way: 'by_own_mail',
    failedBefore: true,
    address: 'z@council.example',
    mailto: { href: 'mailto:z@council.example', carriesText: true },
    webmail: [
      { provider: 'gmail', href: 'https://mail.google.com/mail/?view=cm', carriesText: true },
      { provider: 'outlook', href: 'https://outlook.live.com/mail/0/deeplink/compose', carriesText: true },
    ],
  },
];
