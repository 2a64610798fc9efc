/**
 * The messages of the mock inbox. What they are is written down here; what
 * Doppelcheck says of them is judged when the page is read.
 *
 * @typedef {{text: string, href: string, button?: boolean}} Link
 * @typedef {{
 *   id: string,
 *   lang: 'en' | 'de',
 *   fake: boolean,
 *   name: string,
 *   address: string,
 *   replyTo?: string,
 *   subject: string,
 *   time: string,
 *   body: (string | Link)[],
 * }} Mail
 */

/** @type {Mail[]} */
export const MAILS = [
  {
    id: 'openai-billing',
    lang: 'en',
    fake: true,
    name: 'OpenAI Billing',
    address: 'no-reply@opena1-billing.example',
    subject: 'Action required: your API access ends today',
    time: '09:41',
    body: [
      'Hello,',
      'We could not charge your card for November. Your OpenAI API account will be suspended today unless you confirm your payment details.',
      {
        text: 'Confirm payment details',
        href: 'https://opena1-billing.example/confirm',
        button: true,
      },
      'Please have your API key at hand: you will be asked to enter it so that we can match your account.',
      'The OpenAI billing team',
    ],
  },
  {
    id: 'verein',
    lang: 'de',
    fake: false,
    name: 'Anna Berger',
    address: 'anna.berger@ruderverein-lindau.example',
    subject: 'Sommerfest: wer bringt was mit?',
    time: '09:12',
    body: [
      'Hallo zusammen,',
      'danke für die vielen Zusagen! Die Umlage von 8 Euro könnt ihr mir am Samstag in bar geben, oder vorher über PayPal, wie es euch lieber ist.',
      'Die Liste zum Eintragen liegt wieder auf unserer Seite:',
      {
        text: 'Mitbring-Liste',
        href: 'https://ruderverein-lindau.example/sommerfest',
      },
      'Bis Samstag, Anna',
    ],
  },
  {
    id: 'paypal-konto',
    lang: 'de',
    fake: true,
    name: 'PayPal Kundenschutz',
    address: 'service@paypa1-kundenschutz.example',
    subject: 'Ihr Konto wurde vorübergehend eingeschränkt',
    time: '08:55',
    body: [
      'Guten Tag,',
      'wir haben eine ungewöhnliche Zahlung über 389,00 EUR bemerkt und Ihr PayPal-Konto eingeschränkt. Bestätigen Sie Ihre Daten innerhalb von 24 Stunden, sonst wird das Konto endgültig gesperrt.',
      {
        text: 'https://www.paypal.com/de/signin',
        href: 'https://paypa1-kundenschutz.example/anmelden',
      },
      'Ihr PayPal-Team',
    ],
  },
  {
    id: 'openai-funded',
    lang: 'en',
    fake: false,
    name: 'OpenAI',
    address: 'noreply@tm.openai.com',
    subject: 'Your OpenAI API account has been funded',
    time: '08:20',
    body: [
      'Hi there,',
      'We charged $25.00 to the card on file to add credits to your OpenAI API account, as you asked us to when the balance runs low.',
      {
        text: 'View billing',
        href: 'https://platform.openai.com/settings/organization/billing/overview',
        button: true,
      },
      'The OpenAI team',
    ],
  },
  {
    id: 'klarna-mahnung',
    lang: 'de',
    fake: true,
    name: 'Klarna',
    address: 'klarna.rechnung@rechnungs-portal.example',
    replyTo: 'klarna@forderung-service.example',
    subject: 'Letzte Mahnung vor dem Inkasso',
    time: '',
    body: [
      'Guten Tag,',
      'Ihre Klarna-Rechnung über 129,95 EUR ist überfällig. Geben Sie die Zahlung noch heute frei, sonst übergeben wir den Fall an ein Inkassobüro.',
      {
        text: 'Zahlung freigeben',
        href: 'https://klarna.zahlung-freigabe.example/rechnung',
        button: true,
      },
      'Halten Sie Ihre TAN bereit.',
      'Ihr Klarna Kundenservice',
    ],
  },
  {
    id: 'stripe-receipt',
    lang: 'en',
    fake: false,
    name: 'Stripe',
    address: 'receipts@stripe.com',
    subject: 'Your receipt from Stripe #2847-1093',
    time: '',
    body: [
      'Receipt from Stripe',
      'Amount paid: $19.00. Date paid: November 21. Payment method: card ending in 4242.',
      {
        text: 'View receipt',
        href: 'https://dashboard.stripe.com/receipts/2847-1093',
        button: true,
      },
      'If you have any questions, visit our support site.',
      { text: 'support.stripe.com', href: 'https://support.stripe.com/' },
    ],
  },
  {
    id: 'chatgpt-incident',
    lang: 'en',
    fake: true,
    name: 'ChatGPT Security Team',
    address: 'alerts@account-notice.example',
    subject: 'Your data was part of the Mixpanel incident',
    time: '',
    body: [
      'Dear customer,',
      'Your name, mail address and location were exposed. To protect your ChatGPT account, sign in within 12 hours and enter the one-time code that we send you. Otherwise access is blocked.',
      {
        text: 'https://platform.openai.com/security',
        href: 'https://platform.openai.com.session-review.example/security',
      },
      'OpenAI Trust & Safety',
    ],
  },
  {
    id: 'paypal-beleg',
    lang: 'de',
    fake: false,
    name: 'PayPal',
    address: 'service@paypal.de',
    subject: 'Ihre Zahlung an Buchhandlung Lindner',
    time: '',
    body: [
      'Guten Tag, Alex Sommer,',
      'Sie haben eine Zahlung über 24,90 EUR an Buchhandlung Lindner gesendet. Es kann ein paar Minuten dauern, bis die Transaktion in Ihrem PayPal-Konto erscheint.',
      {
        text: 'Details ansehen',
        href: 'https://www.paypal.com/activity/payment/4KX81734',
        button: true,
      },
      'Viele Grüße, PayPal',
    ],
  },
];

/**
 * A message of the inbox as the engine reads it.
 *
 * @param {Mail} mail
 * @returns {import('../../extension/protocol').Message}
 */
export function asMessage({ name, address, replyTo, subject, body }) {
  const links = body.filter((part) => typeof part !== 'string');
  return {
    from: [{ name, address }],
    replyTo: replyTo ? [{ name: '', address: replyTo }] : [],
    subject,
    text: body.map((p) => (typeof p === 'string' ? p : p.text)).join('\n\n'),
    quoted: '',
    links: links.map(({ href, text }) => ({
      href,
      text,
      kind: /** @type {const} */ ('anchor'),
      quoted: false,
    })),
    images: [],
    attachments: [],
  };
}
