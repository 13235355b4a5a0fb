import type { LabelledMail } from './corpus.ts'

/** What stands below an answer: our reminder, and the debtor's own older promise, payment and dispute. None of it is said now. */
type History = { wrote: string; header: [from: string, sent: string, to: string, subject: string]; original: string; reminder: string; said: string }

const english: History = {
  wrote: 'On Mon, 4 May 2026 at 10:12, Finance <finance@linden.example> wrote:',
  header: ['From:', 'Sent: Monday, 4 May 2026 10:12', 'To:', 'Subject:'],
  original: '-----Original Message-----',
  reminder: 'Invoice F-1001 of 1,250.00 was due on 2 April 2026. Please pay by 15 May 2026, or tell us why you dispute it.',
  said: 'We will pay 1,250.00 on 29 May 2026. We already paid F-1002 on 20 April. We dispute F-1003: the goods were damaged.',
}
const histories: Record<string, History> = {
  en: english,
  nl: {
    wrote: 'Op ma 4 mei 2026 om 10:12 schreef Debiteuren <finance@linden.example>:',
    header: ['Van:', 'Verzonden: maandag 4 mei 2026 10:12', 'Aan:', 'Onderwerp:'],
    original: '-----Oorspronkelijk bericht-----',
    reminder: 'Factuur F-1001 van € 1.250,00 verviel op 2 april 2026. Betaal uiterlijk 15 mei 2026, of laat weten waarom u de factuur betwist.',
    said: 'Wij betalen op 29 mei 2026 € 1.250,00. F-1002 hebben wij al betaald op 20 april. F-1003 betwisten wij: de goederen waren beschadigd.',
  },
  fr: {
    wrote: 'Le lun. 4 mai 2026 à 10:12, Comptabilité <finance@linden.example> a écrit :',
    header: ['De :', 'Envoyé : lundi 4 mai 2026 10:12', 'À :', 'Objet :'],
    original: "-----Message d'origine-----",
    reminder: 'La facture F-1001 de 1 250,00 € était due le 2 avril 2026. Merci de payer avant le 15 mai 2026 ou de nous dire pourquoi vous la contestez.',
    said: 'Nous paierons 1 250,00 € le 29 mai 2026. Nous avons déjà payé F-1002 le 20 avril. Nous contestons F-1003 : la marchandise était abîmée.',
  },
  de: {
    wrote: 'Am Mo., 4. Mai 2026 um 10:12 Uhr schrieb Buchhaltung <finance@linden.example>:',
    header: ['Von:', 'Gesendet: Montag, 4. Mai 2026 10:12', 'An:', 'Betreff:'],
    original: '-----Ursprüngliche Nachricht-----',
    reminder:
      'Die Rechnung F-1001 über 1.250,00 € war am 2. April 2026 fällig. Bitte zahlen Sie bis 15. Mai 2026 oder teilen Sie mit, warum Sie widersprechen.',
    said: 'Wir überweisen am 29. Mai 2026 1.250,00 €. F-1002 haben wir am 20. April bezahlt. F-1003 beanstanden wir: die Ware war beschädigt.',
  },
  pl: {
    wrote: 'pon., 4 maj 2026 o 10:12 Księgowość <finance@linden.example> napisał(a):',
    header: ['Od:', 'Wysłano: poniedziałek, 4 maja 2026 10:12', 'Do:', 'Temat:'],
    original: '-----Oryginalna wiadomość-----',
    reminder: 'Termin płatności faktury F-1001 na 1250,00 zł minął 2 kwietnia 2026. Prosimy o zapłatę do 15 maja 2026 lub o podanie przyczyny reklamacji.',
    said: 'Zapłacimy 1250,00 zł 29 maja 2026. F-1002 zapłaciliśmy już 20 kwietnia. F-1003 kwestionujemy: towar był uszkodzony.',
  },
  es: {
    wrote: 'El lun, 4 may 2026 a las 10:12, Finanzas (<finance@linden.example>) escribió:',
    header: ['De:', 'Enviado: lunes, 4 de mayo de 2026 10:12', 'Para:', 'Asunto:'],
    original: '-----Mensaje original-----',
    reminder: 'La factura F-1001 de 1.250,00 € venció el 2 de abril de 2026. Rogamos el pago antes del 15 de mayo de 2026.',
    said: 'Pagaremos 1.250,00 € el 29 de mayo de 2026. Ya pagamos F-1002 el 20 de abril. Reclamamos F-1003: la mercancía llegó dañada.',
  },
  it: {
    wrote: 'Il giorno lun 4 mag 2026 alle ore 10:12 Contabilità <finance@linden.example> ha scritto:',
    header: ['Da:', 'Inviato: lunedì 4 maggio 2026 10:12', 'A:', 'Oggetto:'],
    original: '-----Messaggio originale-----',
    reminder: 'La fattura F-1001 di 1.250,00 € è scaduta il 2 aprile 2026. Vi preghiamo di pagare entro il 15 maggio 2026.',
    said: 'Pagheremo 1.250,00 € il 29 maggio 2026. Abbiamo già pagato F-1002 il 20 aprile. Contestiamo F-1003: la merce era danneggiata.',
  },
}

const escapeHtml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('\n', '<br>')
const mark = (text: string): string => text.replaceAll(/^/gm, '> ')
const headerOf = ({ header }: History): string =>
  `${header[0]} Finance <finance@linden.example>\n${header[1]}\n${header[2]} someone@debtor.example\n${header[3]} F-1001`

type Body = { type: 'plain' | 'html'; body: string }

/** The ways in which mail programs quote: Gmail and Thunderbird, Apple Mail, Outlook's two, and the HTML of Gmail, Apple Mail and Outlook. */
const styles: Record<string, (own: string, history: History) => Body> = {
  'marked lines': (own, history) => ({ type: 'plain', body: `${own}\n\n${history.wrote}\n\n${mark(`${history.reminder}\n\n> ${history.said}`)}` }),
  'marked twice': (own, history) => ({
    type: 'plain',
    body: `${own}\n\n${history.wrote}\n${mark(`${history.reminder}\n\n${history.wrote}\n${mark(history.said)}`)}`,
  }),
  'header block': (own, history) => ({
    type: 'plain',
    body: `${own}\n\n${headerOf(history)}\n\n${history.reminder}\n\n${headerOf(history)}\n\n${history.said}`,
  }),
  'original message': (own, history) => ({
    type: 'plain',
    body: `${own}\n\n${history.original}\n${headerOf(history)}\n\n${history.reminder}\n\n${history.original}\n${headerOf(history)}\n\n${history.said}`,
  }),
  'ruled header block': (own, history) => ({
    type: 'plain',
    body: `${own}\n\n________________________________\n${headerOf(history)}\n\n${history.reminder}\n${history.said}`,
  }),
  'html of Gmail': (own, history) => ({
    type: 'html',
    body: `<div dir="ltr">${escapeHtml(own)}</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">${escapeHtml(history.wrote)}<br></div><blockquote class="gmail_quote" style="margin:0 0 0 .8ex;border-left:1px solid #ccc">${escapeHtml(history.reminder)}<br><br>${escapeHtml(history.said)}</blockquote></div>`,
  }),
  'html of Apple Mail': (own, history) => ({
    type: 'html',
    body: `<div>${escapeHtml(own)}</div><div><br><blockquote type="cite"><div>${escapeHtml(history.wrote)}</div><br><div>${escapeHtml(history.reminder)}</div><div>${escapeHtml(history.said)}</div></blockquote></div>`,
  }),
  'html of Outlook': (own, history) => ({
    type: 'html',
    body: `<div class="WordSection1"><p class="MsoNormal">${escapeHtml(own)}</p></div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal">${escapeHtml(headerOf(history))}</p></div><p class="MsoNormal">${escapeHtml(history.reminder)}</p><p class="MsoNormal">${escapeHtml(history.said)}</p>`,
  }),
}

export const quoteStyles = Object.keys(styles)

/** The source of a labelled mail as the answer to a reminder, with that and an older answer quoted below in one of `quoteStyles`. */
export const writeQuotedMail = ({ language, subject, text, date }: LabelledMail, style: string): Buffer => {
  const { type, body } = styles[style]?.(text, histories[language] ?? english) ?? { type: 'plain', body: text }
  return Buffer.from(
    [
      'From: someone@debtor.example',
      'To: finance@linden.example',
      `Subject: =?utf-8?B?${Buffer.from(subject).toString('base64')}?=`,
      `Date: ${new Date(`${date}T10:00:00Z`).toUTCString()}`,
      'MIME-Version: 1.0',
      `Content-Type: text/${type}; charset=utf-8`,
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from(body)
        .toString('base64')
        .replaceAll(/.{1,76}/g, '$&\r\n'),
    ].join('\r\n'),
  )
}
