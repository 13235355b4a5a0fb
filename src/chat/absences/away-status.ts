import { createHash } from 'node:crypto'
import { Temporal } from 'temporal-polyfill'
import { oneLine } from '../cards/cut.ts'
import type { ChatStatus } from '../platforms/platform.ts'

// What a colleague's status on a chat platform says about being away. It is only ever a reason to ask a person.

/** Pictures that say away, by their names on Slack. */
const pictures: Record<string, string> = {
  palm_tree: '🌴',
  face_with_thermometer: '🤒',
  desert_island: '🏝',
  island: '🏝',
  beach_with_umbrella: '🏖',
  camping: '🏕',
  mountain: '⛰',
  skier: '⛷',
  mask: '😷',
  sneezing_face: '🤧',
  nauseated_face: '🤢',
  thermometer: '🌡',
  hospital: '🏥',
  baby: '👶',
}

// Without accents, in lower case. Pictures of a company's own are read by their names, too: `:on_vacation:`.
const awayWords = [
  'out of (the )?office|ooo|pto|vacation(ing)?|holidays?|on (\\w+ )?leave|(sick|annual|parental|maternity|paternity) leave|sick|days? off|off (today|until|till)|away(?! from)|not (working|in the office)',
  'afwezig|(\\w*)vakantie|(\\w*)verlof|vrije dag|dag(je)? vrij|ziek|niet (aanwezig|op kantoor)|buiten kantoor|werkt? (vandaag )?niet',
  'absente?|absence|conges?|vacances|malade|arret maladie|hors du bureau|rtt|ne travaille pas',
  'abwesend|abwesenheit|(\\w*)urlaub|krank(geschrieben|gemeldet)?|elternzeit|mutterschutz|nicht im (buro|buero|haus)|au(ss|ß)er haus|freier tag|heute frei',
  'nieobecn\\w+|urlop\\w*|chor[ya]|na zwolnieniu|l4|poza biurem|dzien wolny|nie pracuj\\w+',
]
const away = new RegExp(`(?<![a-z0-9])(${awayWords.join('|')})(?![a-z0-9])`)
/** Who is back, or says that they work, is not away whatever else stands there. */
const works =
  /(?<![a-z])(back (from|at)|(?<!not )working|remote(ly)?|terug van|thuiswerk\w*|de retour|teletravail|zuruck aus|zuruck vom|home ?office|po urlopie|zdaln\w+)(?![a-z])/

/** What ends sooner than this is a pause: a lunch, a doctor's appointment. */
const pauseHours = 4

/** Whether a status says that its person is away, for longer than a pause. */
export function saysAway({ text, emoji, until }: ChatStatus, now: Temporal.Instant): boolean {
  if (until && Temporal.Instant.compare(until, now.add({ hours: pauseHours })) < 0) return false
  const said = plain(`${text} ${emoji.replaceAll('_', ' ')}`)
  return !works.test(said) && (Object.hasOwn(pictures, emoji) || away.test(said))
}

/** The last day of a status; undefined of one without an end. An end at midnight is that of the day before. */
export const lastDay = ({ until }: ChatStatus, timeZone: string): Temporal.PlainDate | undefined =>
  until && until.subtract({ seconds: 1 }).toZonedDateTimeISO(timeZone).toPlainDate()

/** A status as one line, its picture first. */
export const statusLine = ({ text, emoji }: ChatStatus): string =>
  [pictures[emoji] ?? (emoji && `:${emoji}:`), text]
    .filter(Boolean)
    .map(part => oneLine(part, 100))
    .join(' ')

/** What tells one status from another, without saying what it says. */
export const statusHash = ({ text, emoji, until }: ChatStatus): string =>
  createHash('sha256')
    .update(JSON.stringify([emoji, text, until]))
    .digest('hex')

const plain = (text: string): string => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
