const wrote =
  /(?<!\p{L})(wrote|writes|schreef|geschreven|schrijft|écrit|schrieb|schreibt|geschrieben|napisał\p{L}*(\([aą]\))?|napisan[ay] przez|pisze|escribió|escribe|ha scritto|scrisse|scrive)(?!\p{L})[^:：]{0,160}(:[^:：]{0,40}){0,3}[:：]$/iu
/** Horde and its kin: "Zitat von Jan <jan@acme.example>:". */
const quoting = /^(zitat von|quoting|citeren|citaat van|citando( a)?|citazione da|cytowanie|cytuję|en citant|citation de|quoting from) /i
const day = String.raw`(\d{1,2}[./ -]\d{1,2}[./ -]\d{2,4}|\d{4}-\d{2}-\d{2}|\d{1,2}\.? \p{L}{3,10}\.? \d{4}|\p{L}{3,10} \d{1,2},? \d{4})`
/** Programs that say it without a verb: "20.11.2026, 09:58, Jan <jan@acme.example>:", "20 Nov 2026, 09:58 by jan@acme.example:". */
const dateAndAddress = new RegExp(
  String.raw`^${day},?.{0,30}?\d{1,2}[:.]\d{2}[^@]{0,160}?(<[^\s<>@]{1,200}@[^\s<>@]{1,200}>|(by|door|von|de|od|por|da|from|van) [^\s<>@]{1,200}@[^\s<>@]{1,200}?) ?[:：]$`,
  'iu',
)
const words = (list: string): string => list.replaceAll(/\s+/g, '')
const weekday =
  words(`mon|tue|wed|thu|fri|sat|sun|ma|di|wo|do|vr|za|zo|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|pon|wt|śr|czw|pt|sob|niedz|nd|lun|mar|
  mer|mié|mie|jeu|jue|gio|ven|vie|viernes|sam|sáb|sab|dim|dom|mo|mi|fr|sa|so|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|piątek|piatek|środa|czwartek|pią|śro|wto|nie`)
const month = words(
  `jan|feb|mar|mrt|maa|mär|mrz|apr|may|mei|mai|jun|jui|juin|jul|aug|aoû|sep|oct|okt|ott|nov|dec|dez|déc|dic|sty|lut|kwi|maj|cze|lip|sie|wrz|paź|lis|gru|gen|mag|giu|lug|set|ene|abr|ago`,
)
/** How a line begins that an attribution starts with: a preposition with a day, a day, or who is quoted. */
const opener = new RegExp(
  String.raw`^["*_<[\s]*((on|op|le|am|w dniu|dnia|em|el|en|il|il giorno|in data|den|a|à|at)\s+(dem |dnia |día |jour )?["*]?(\d|(${weekday}|${month})\p{L}*[.,]*\s+[^a-z]*\d?)|(${weekday})\p{L}{0,7}[.,]*,?\s+\d|\d{1,2}[./-]\d{1,2}[./-]\d|\d{4}-\d{2}-\d|\d{1,2}\.?\s(${month})|(${month})\p{L}*\.?\s\d{1,2},|zitat von|quoting|citeren|citaat van|citando|citazione da|cytowanie|wiadomość napisana|[^<>@:.!?]{0,80}<[^\s<>@]+@[^\s<>@]+>)`,
  'iu',
)
/** A line that breaks off before its day is told: "On Fri, Nov 20,". */
const isFragment = new RegExp(
  String.raw`^["*_\s]*(on|op|le|am|w dniu|dnia|em|el|en|il|il giorno|den)?(\s*((${weekday}|${month})\p{L}{0,9}[.,]*|\d{1,2}[.,]*|dem|de))*$`,
  'iu',
)
const hasDay = new RegExp(String.raw`(?<!\d)(19|20)\d{2}(?!\d)|\d{1,2}[-./]\d{1,2}[-./]\d{2,4}|\d{1,2}\.? (${month})|(${month})\p{L}* \d{1,2}`, 'iu')
/** A line of nothing but a moment, what stands between, and names: no sentence of anybody's. */
const momentAndNames = new RegExp(
  String.raw`^["*_\s]*((?<!\p{L})(on|op|le|am|at|um|om|à|o|a|alle|ore|las|godz|godzinie|uur|uhr|h|w|dniu|dnia|el|en|il|giorno|de|dem|den|la|del|pm|user|użytkownik|użytkowniczka|heeft|hat|ha|schreef|schrieb|van|von|der|te|ten|di|da|via|wrote|pisze|(${weekday}|${month})\p{L}{0,9}|\p{Lu}\p{L}*)(?!\p{L})|[\d\s.,:+()/"'&<>*_-])+$`,
  'u',
)
/** A day or a time of day, in figures or in words. */
const hasMoment = new RegExp(
  String.raw`\d{1,2}[:.h]\d{2}|(?<!\d)(19|20)\d{2}(?!\d)|\d{1,2}[-./]\d{1,2}[-./]\d{2,4}|(${weekday})\p{L}{0,7}[.,]*,? \d{1,2}\.? (${month})`,
  'iu',
)
const clock = /\d{1,2}[:.h]\d{2}(?!\.?\d)/
const hasAddress = /[^\s<>@]+@[^\s<>@]+/
/** "Jan Bakker <jan@acme.example> wrote:" and nothing else needs no day. */
const nameAndAddress = /^["'*]?[^<>@:.!?]{0,80}<[^\s<>@]{1,200}@[^\s<>@]{1,200}>[,\s]+(\p{L}+ ){0,2}\p{L}+(\([aą]\))? ?[:：]$/u
/** "Jan Bakker schreef op 2026-11-20 09:58:", and nothing after the moment. */
const nameFirst =
  /^["'*]?(\p{Lu}[\p{L}.'&-]*["']? ){1,6}(wrote|schreef|schrieb|a écrit|napisał\p{L}*(\(a\))?|pisze|escribió|ha scritto) (on|op|am|le|w dniu|dnia|el|il) (\p{L}{2,12}\.?,? )?\d[\d./ -]*(\p{L}{3,12}\.?,? ?[\d ,.:-]*)?((om|at|à|um|o|alle|a las) )?[\d:.h ]*(AM|PM|CES?T|MES?Z|Uhr)? ?[:：]$/u
const person =
  words(`u|uw|uzelf|jij|je|jullie|you|your|we|i|vous|votre|nous|notre|sie|ihr|ihre|ihrer|ihnen|wir|ich|unser|unsere|ons|onze|wij|ik|mijn|my|our|państwo|państwa|pan|
  pani|usted|ustedes|su|lei|voi|suo|sua|nuestro|nostro|vostro|vostra|nos|ci|vi|mir|uns|mij|me|us|moi|nam|mnie`)
const verb =
  'wrote|write|schreef|geschreven|schreven|avez écrit|avons écrit|a écrit|schrieb|schrieben|geschrieben|napisał\\p{L}*|pisze|escribió|ha scritto|scrisse'
/** Who writes "on 12 November 2026 you wrote:" speaks to somebody, and no program does. */
const speaksToSomebody = new RegExp(
  String.raw`(?<!\p{L})((${person}) (\p{L}+ ){0,4}(${verb})|(${verb}) (${person})|(${verb})[^:]{0,80},? (dass|daß|dat|that|que|że|che))(?!\p{L})`,
  'iu',
)
/** A name alone in its line, as it stands above its address where the line was broken there. */
const nameAlone = /^["'*]?(\p{Lu}[\p{L}.'&-]*["']?(\s|$)){1,6}$/u
const [mostLines, mostLetters] = [5, 400]

/** A line without what cannot be seen, as it is compared. */
const visible = (line: string): string => (/[\u200b-\u202e\ufeff]/.test(line) ? line.replaceAll(/[\u200b-\u200f\u202a-\u202e\ufeff]/g, '') : line).trim()

/**
 * How many lines an attribution ("On ... Jan wrote:") takes that starts at this line; 0 when none does. Without a moment
 * or an address it must stand right above a marked quote, so that "last week your colleague wrote:" stays.
 */
export function attributionLength(lines: readonly string[], at: number): number {
  const first = visible(lines[at] ?? '')
  if (first === '' || first.length > mostLetters) return 0
  let joined = ''
  for (let count = 1; count <= mostLines; count++) {
    const line = visible(lines[at + count - 1] ?? '')
    if (line === '' || line.startsWith('>')) return 0
    joined = joined === '' ? line : `${joined} ${line}`
    if (joined.length > mostLetters) return 0
    if (!/[:：][*_]?$/.test(line)) continue
    const said = joined.replace(/[*_]$/, '')
    if (quotesSomebody(said) || dateAndAddress.test(said)) return startsBelow(lines, at, count) ? 0 : count
    if (!wrote.test(said) && !quoting.test(said)) continue
    if (count > 1 && !isBeginning(first) && !isNameAbove(first, lines[at + 1] ?? '') && !nameFirst.test(said)) return 0
    if (!isAttribution(said, first, nextFilled(lines, at + count).startsWith('>'))) return 0
    return startsBelow(lines, at, count) ? 0 : count
  }
  return 0
}

/** "Quoting Jan <jan@...>:" */
const quotesSomebody = (said: string): boolean => quoting.test(said) && hasAddress.test(said)

const isBeginning = (line: string): boolean =>
  opener.test(line) && (/<[^<>]+@|napisana przez/.test(line) || (hasDay.test(line) && clock.test(line)) || momentAndNames.test(line))

/** Whether the attribution begins further down, right below a line of the sender's own that no blank line parts from it. */
function startsBelow(lines: readonly string[], at: number, count: number): boolean {
  const above = visible(lines[at] ?? '')
  if (count === 1 || isFragment.test(above) || isNameAbove(above, lines[at + 1] ?? '')) return false
  const isAddressed = hasAddress.test(lines.slice(at, at + count).join(' '))
  for (let start = at + 1; start < at + count; start++) {
    const rest = lines.slice(start, at + count).map(visible)
    const [first = ''] = rest
    const said = rest.join(' ')
    const opens = opener.test(first) || nameFirst.test(said) || isNameAbove(first, rest[1] ?? '')
    if (opens && wrote.test(said) && hasMoment.test(said) && hasAddress.test(said) === isAddressed) return true
    if (quotesSomebody(said) || dateAndAddress.test(said)) return true
  }
  return false
}

function isAttribution(said: string, first: string, isAboveQuote: boolean): boolean {
  const isAddressed = hasAddress.test(said)
  if (nameAndAddress.test(said)) return true
  const dated = hasMoment.test(said)
  if (isAddressed) return dated || isAboveQuote
  // "Friday, November 20, 2026, 9:58:12 AM, you wrote:" of The Bat, above what it marks.
  if (speaksToSomebody.test(said)) return isAboveQuote && clock.test(said) && hasDay.test(said)
  // Every program tells the time of day where it marks no lines; people who cite a letter tell its day.
  return isAboveQuote || (clock.test(said) && (opener.test(first) || nameFirst.test(said)))
}

const isNameAbove = (first: string, second: string): boolean => first.length <= 80 && nameAlone.test(first) && /^\s*<[^\s<>@]+@[^\s<>@]+>/.test(second)

/** The next line with text in it, from this one on within a few lines; empty when there is none. */
function nextFilled(lines: readonly string[], from: number): string {
  for (let at = from; at < from + 4 && at < lines.length; at++) {
    const line = visible(lines[at] ?? '')
    if (line !== '') return line
  }
  return ''
}
