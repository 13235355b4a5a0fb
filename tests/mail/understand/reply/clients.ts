import { type Language, languages } from './words.ts'

/** How a program quotes: the lines that it writes around the mail that is answered, and whether it marks each line of that. */
export type Client = { name: string; language: Language; quote: (quoted: readonly string[]) => string[]; marked: boolean; isForward?: boolean }

const us = 'Debiteuren Noordzee'
const at = 'debiteuren@noordzee.example'
const who = `${us} <${at}>`
const byLanguage = (of: (language: Language) => Client[]): Client[] => languages.flatMap(of)
const marked = (lines: readonly string[]): string[] => lines.map(line => (line === '' ? '>' : `> ${line}`))

/** "On ... wrote:" of the programs that begin a quote so. */
const attributions: Record<string, Record<Language, string>> = {
  gmail: {
    nl: `Op vr 20 nov 2026 om 09:58 schreef ${who}:`,
    fr: `Le ven. 20 nov. 2026 à 09:58, ${who} a écrit :`,
    de: `Am Fr., 20. Nov. 2026 um 09:58 Uhr schrieb ${who}:`,
    pl: `pt., 20 lis 2026 o 09:58 ${who} napisał(a):`,
    en: `On Fri, Nov 20, 2026 at 9:58 AM ${who} wrote:`,
    es: `El vie, 20 nov 2026 a las 9:58, ${us} (<${at}>) escribió:`,
    it: `Il giorno ven 20 nov 2026 alle ore 09:58 ${who} ha scritto:`,
  },
  'apple mail': {
    nl: `Op 20 nov 2026 om 09:58 heeft ${who} het volgende geschreven:`,
    fr: `Le 20 nov. 2026 à 09:58, ${who} a écrit :`,
    de: `Am 20.11.2026 um 09:58 schrieb ${who}:`,
    pl: `Wiadomość napisana przez ${who} w dniu 20 lis 2026, o godz. 09:58:`,
    en: `On 20 Nov 2026, at 09:58, ${who} wrote:`,
    es: `El 20 nov 2026, a las 9:58, ${who} escribió:`,
    it: `Il giorno 20 nov 2026, alle ore 09:58, ${who} ha scritto:`,
  },
  thunderbird: {
    nl: `Op 20-11-2026 om 09:58 schreef ${us}:`,
    fr: `Le 20/11/2026 à 09:58, ${us} a écrit :`,
    de: `Am 20.11.26 um 09:58 schrieb ${us}:`,
    pl: `W dniu 20.11.2026 o 09:58, ${us} pisze:`,
    en: `On 20/11/2026 09:58, ${us} wrote:`,
    es: `El 20/11/2026 a las 9:58, ${us} escribió:`,
    it: `Il 20/11/2026 09:58, ${us} ha scritto:`,
  },
  yahoo: {
    nl: `Op vrijdag 20 november 2026 om 09:58:12 CET schreef ${who}:`,
    fr: `Le vendredi 20 novembre 2026 à 09:58:12 UTC+1, ${who} a écrit :`,
    de: `Am Freitag, 20. November 2026 um 09:58:12 MEZ hat ${who} Folgendes geschrieben:`,
    pl: `W dniu piątek, 20 listopada 2026 09:58:12 CET ${who} napisał(a):`,
    en: `On Friday, 20 November 2026 at 09:58:12 CET, ${who} wrote:`,
    es: `En viernes, 20 de noviembre de 2026, 09:58:12 CET, ${who} escribió:`,
    it: `Il venerdì 20 novembre 2026 alle ore 09:58:12 CET, ${who} ha scritto:`,
  },
  roundcube: {
    nl: `${us} schreef op 2026-11-20 09:58:`,
    fr: `Le 2026-11-20 09:58, ${us} a écrit :`,
    de: `Am 2026-11-20 09:58, schrieb ${us}:`,
    pl: `W dniu 2026-11-20 09:58, ${us} napisał(a):`,
    en: `On 2026-11-20 09:58, ${us} wrote:`,
    es: `El 2026-11-20 09:58, ${us} escribió:`,
    it: `Il 2026-11-20 09:58 ${us} ha scritto:`,
  },
  horde: {
    nl: `Citeren ${who}:`,
    fr: `${who} a écrit :`,
    de: `Zitat von ${who}:`,
    pl: `Cytowanie ${who}:`,
    en: `Quoting ${who}:`,
    es: `${who} escribió:`,
    it: `Citando ${who}:`,
  },
  'open-xchange': {
    nl: `Op 20-11-2026 09:58 CET schreef ${who}:`,
    fr: `Le 20/11/2026 09:58 CET, ${who} a écrit :`,
    de: `${who} hat am 20.11.2026 09:58 CET geschrieben:`,
    pl: `W dniu 20.11.2026 09:58 CET użytkownik ${who} napisał:`,
    en: `On 20/11/2026 09:58 CET ${who} wrote:`,
    es: `El 20/11/2026 9:58 CET ${who} escribió:`,
    it: `Il 20/11/2026 09:58 CET ${who} ha scritto:`,
  },
  'a phone or a service': {
    nl: `Op 20 november 2026 09:58:12 CET schreef ${who}:`,
    fr: `Le 20 novembre 2026 09:58:12 GMT+01:00, ${who} a écrit :`,
    de: `Am 20. November 2026 09:58:12 MEZ schrieb ${who}:`,
    pl: `Dnia 20 listopada 2026 09:58 ${who} napisał(a):`,
    en: `On Nov 20, 2026 at 09:58 +0100, ${who}, wrote:`,
    es: `El 20 de noviembre de 2026 9:58:12 CET, ${who} escribió:`,
    it: `Il 20 novembre 2026 09:58:12 CET, ${who} ha scritto:`,
  },
  'evolution and sogo': {
    nl: `Op vr 20-11-2026 om 09:58 +0100 schreef ${us}:`,
    fr: `Le vendredi 20 novembre 2026 à 09:58 +0100, ${us} a écrit :`,
    de: `Am Freitag, dem 20.11.2026 um 09:58 +0100 schrieb ${us}:`,
    pl: `Dnia 2026-11-20, pią o godzinie 09:58 +0100, ${us} pisze:`,
    en: `On Friday, November 20, 2026 09:58 CET, "${us}" <${at}> wrote:`,
    es: `El vie, 20-11-2026 a las 09:58 +0100, ${us} escribió:`,
    it: `Il giorno ven, 20/11/2026 alle 09.58 +0100, ${us} ha scritto:`,
  },
  tutanota: {
    nl: `20 nov 2026, 09:58 door ${at}:`,
    fr: `20 nov. 2026, 09:58 de ${at} :`,
    de: `20. Nov. 2026, 09:58 von ${at}:`,
    pl: `20 lis 2026, 09:58 od ${at}:`,
    en: `20 Nov 2026, 09:58 by ${at}:`,
    es: `20 nov 2026, 9:58 por ${at}:`,
    it: `20 nov 2026, 09:58 da ${at}:`,
  },
}

/** Breaks a line as mail programs do, at a space before the given column. */
function wrap(line: string, column: number): string[] {
  if (line.length <= column) return [line]
  const space = line.lastIndexOf(' ', column)
  return space < 1 ? [line] : [line.slice(0, space), ...wrap(line.slice(space + 1), column)]
}

const attributed = Object.entries(attributions).flatMap(([program, forms]) =>
  byLanguage(language => {
    const line = forms[language]
    return [
      { name: `${program}, marked`, language, marked: true, quote: lines => [line, '', ...marked(lines)] },
      { name: `${program}, marked and wrapped`, language, marked: true, quote: lines => [...wrap(line, 64), ...marked(lines)] },
      { name: `${program}, wrapped short`, language, marked: true, quote: lines => [...wrap(line, 34), '', ...marked(lines)] },
      { name: `${program}, without marks`, language, marked: false, quote: lines => [line, '', ...lines] },
    ]
  }),
)

type Labels = { from: string; sent: string; date: string; to: string; subject: string; original: string; mail: string; forwarded: string; apple: string }
const labels: Record<Language, Labels> = {
  nl: {
    from: 'Van',
    sent: 'Verzonden',
    date: 'Datum',
    to: 'Aan',
    subject: 'Onderwerp',
    original: 'Oorspronkelijk bericht',
    mail: 'Origineel bericht',
    forwarded: 'Doorgestuurd bericht',
    apple: 'Begin doorgestuurd bericht',
  },
  fr: {
    from: 'De',
    sent: 'Envoyé',
    date: 'Date',
    to: 'À',
    subject: 'Objet',
    original: 'Message d’origine',
    mail: 'Mail original',
    forwarded: 'Message transféré',
    apple: 'Début du message réexpédié',
  },
  de: {
    from: 'Von',
    sent: 'Gesendet',
    date: 'Datum',
    to: 'An',
    subject: 'Betreff',
    original: 'Ursprüngliche Nachricht',
    mail: 'Originalnachricht',
    forwarded: 'Weitergeleitete Nachricht',
    apple: 'Anfang der weitergeleiteten Nachricht',
  },
  pl: {
    from: 'Od',
    sent: 'Wysłano',
    date: 'Data',
    to: 'Do',
    subject: 'Temat',
    original: 'Oryginalna wiadomość',
    mail: 'Wiadomość oryginalna',
    forwarded: 'Przekazana wiadomość',
    apple: 'Początek przekazywanej wiadomości',
  },
  en: {
    from: 'From',
    sent: 'Sent',
    date: 'Date',
    to: 'To',
    subject: 'Subject',
    original: 'Original Message',
    mail: 'Original message',
    forwarded: 'Forwarded message',
    apple: 'Begin forwarded message',
  },
  es: {
    from: 'De',
    sent: 'Enviado el',
    date: 'Fecha',
    to: 'Para',
    subject: 'Asunto',
    original: 'Mensaje original',
    mail: 'Mensaje original',
    forwarded: 'Mensaje reenviado',
    apple: 'Inicio del mensaje reenviado',
  },
  it: {
    from: 'Da',
    sent: 'Inviato',
    date: 'Data',
    to: 'A',
    subject: 'Oggetto',
    original: 'Messaggio originale',
    mail: 'Messaggio originale',
    forwarded: 'Messaggio inoltrato',
    apple: 'Inizio messaggio inoltrato',
  },
}
const days: Record<Language, string> = {
  nl: 'vrijdag 20 november 2026 09:58',
  fr: 'vendredi 20 novembre 2026 09:58',
  de: 'Freitag, 20. November 2026 09:58',
  pl: 'piątek, 20 listopada 2026 09:58',
  en: 'Friday, November 20, 2026 9:58 AM',
  es: 'viernes, 20 de noviembre de 2026 9:58',
  it: 'venerdì 20 novembre 2026 09:58',
}
const subjects: Record<Language, string> = {
  nl: 'Herinnering',
  fr: 'Rappel',
  de: 'Zahlungserinnerung',
  pl: 'Przypomnienie',
  en: 'Reminder',
  es: 'Recordatorio',
  it: 'Sollecito',
}

const underscores = '________________________________'
const them = 'info@klant.example'

const blocks = byLanguage(language => {
  const of = labels[language]
  const [day, subject] = [days[language], subjects[language]]
  const colon = language === 'fr' ? ' :' : ':'
  const field = (label: string, value: string) => `${label}${colon} ${value}`
  const plain = [field(of.from, who), field(of.sent, day), field(of.to, them), field(of.subject, subject)]
  const dated = [field(of.from, who), field(of.date, day), field(of.to, them), field(of.subject, subject)]
  const bold = plain.map(line => line.replace(/^(.*? ?:)/, '*$1*'))
  const block = (name: string, head: readonly string[], more: Partial<Client> = {}): Client => ({
    name,
    language,
    marked: false,
    quote: lines => [...head, '', ...lines],
    ...more,
  })
  return [
    block('outlook', plain),
    block('outlook with a rule', [underscores, ...plain]),
    block('outlook on a phone', [underscores, ...plain.map(line => line.replace(`<${at}>`, `<mailto:${at}>`))]),
    block('outlook, bold labels', bold),
    block('outlook for mac', dated),
    block('outlook with copy and weight', [...plain.slice(0, 3), `Cc: archief@klant.example; ${them}`, plain[3] ?? '', field(of.date, day)]),
    block('a block of which the subject stands first', [plain[3] ?? '', plain[1] ?? '', plain[0] ?? '', plain[2] ?? '']),
    block(
      'a block with lower-case labels',
      plain.map(line => line.replace(/^\p{L}+/u, label => label.toLowerCase())),
    ),
    block(
      'a block with tabs',
      plain.map(line => line.replace(/ ?: /, ':\t')),
    ),
    block(
      'a block with blank lines between',
      plain.flatMap(line => [line, '']),
    ),
    block('a block in one line', [plain.join(' ')]),
    block(
      'a block in wide spaces',
      plain.map(line => line.replace(/ ?: /, '\u00a0:\u00a0')),
    ),
    block('a block without addresses', [field(of.from, us), ...plain.slice(1)]),
    block('old outlook', [`-----${of.original}-----`, ...plain]),
    block('old outlook without a block', [`-----${of.original}-----`]),
    block('zimbra', [`----- ${of.mail} -----`, field(of.from, who), field(of.to, them), field(of.sent, day), field(of.subject, subject)]),
    block('samsung', [`-------- ${of.original} --------`, ...dated]),
    block('em client', [`------ ${of.mail} ------`, `${of.from} ${who}`, `${of.to} ${them}`, `${of.date} 20-11-2026 9:58:12`, `${of.subject} ${subject}`]),
    block('blackberry', [`  ${of.original}  `, ...plain]),
    block('gmx', [field(of.sent, day), field(of.from, who), field(of.to, them), field(of.subject, subject)]),
    block('outlook that marks', [], { marked: true, quote: lines => marked([`-----${of.original}-----`, ...plain, '', ...lines]) }),
    block('notes', [
      `-----${us} <${at}> ${language === 'nl' ? 'schreef' : language === 'de' ? 'schrieb' : 'wrote'}: -----`,
      field(of.to, them),
      field(of.from, who),
      field(of.date, day),
      field(of.subject, subject),
    ]),
    block('notes, labels on lines of their own', [`${us}/NZ/Noordzee`, '20-11-2026 09:58', '', of.to, 'info@klant.example', 'cc', '', of.subject, subject, '']),
    block('french webmail', [], { marked: true, quote: lines => marked([`Message du 20/11/26 09:58`, ...dated, '', ...lines]) }),
    block('gmail forward', [`---------- ${of.forwarded} ---------`, ...dated], { isForward: true }),
    block(
      'thunderbird forward',
      [`-------- ${of.forwarded} --------`, field(of.subject, subject), field(of.date, day), field(of.from, who), field(of.to, them)],
      { isForward: true },
    ),
    block('apple forward', [`${of.apple}:`, '', ...plain.map(line => `> ${line}`)], {
      isForward: true,
      marked: true,
      quote: lines => [`${of.apple}:`, '', ...marked([...dated, '', ...lines])],
    }),
    block('outlook forward', plain, { isForward: true }),
  ]
})

const tickets: Record<Language, string> = {
  nl: '##- Typ uw antwoord boven deze regel -##',
  fr: '##- Veuillez répondre au-dessus de cette ligne -##',
  de: '##- Bitte geben Sie Ihre Antwort oberhalb dieser Zeile ein -##',
  pl: '##- Prosimy o wpisanie odpowiedzi powyżej tej linii -##',
  en: '##- Please type your reply above this line -##',
  es: '##- Por favor, escriba su respuesta por encima de esta línea -##',
  it: '##- Scrivi la tua risposta sopra questa riga -##',
}

const ticketed = byLanguage(language => [
  { name: 'ticket system', language, marked: false, quote: lines => [tickets[language], '', ...lines] },
  {
    name: 'ticket system, dashes',
    language,
    marked: false,
    quote: lines => [tickets[language].replaceAll('##-', '---').replaceAll('-##', '---'), '', ...lines],
  },
])

export const clients: readonly Client[] = [...attributed, ...blocks, ...ticketed]
