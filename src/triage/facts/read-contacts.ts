import type { Fact } from '../reading.ts'
import { factOf } from './fact-of.ts'
import { emailPattern, phonePattern } from './find-blocked.ts'
import { findNames } from './find-names.ts'
import type { MarkedText } from './mark-text.ts'

const changed =
  /(?<![a-z])(?:new|is\snow|is\snu|ist\s(?:jetzt|nun|ab)|est\s(?:maintenant|dorenavant)|jest\steraz|vanaf\s(?:nu|heden)|changed?|changes|updat\w*|from\s(?:now|today)(?:\son)?|takes\sover|in\s(?:the\s)?future|henceforth|no\slonger|instead|moved|relocat\w*|successor|replac\w*|took\sover|taken\sover|left\sthe\scompany|please\s(?:use|send|address|direct|update|note)|nieuwe?|gewijzigd\w*|wijzig\w*|voortaan|vanaf\s(?:nu|heden|vandaag|\d)|neemt\b[^.!?\n]{0,40}\sover|vervalt|aanpassen|aangepast|verhuis\w*|niet\smeer|opgevolgd|opvolger|vervang\w*|uit\sdienst|neue?[nrms]?|geandert\w*|geaenderte?\w*|anderung\w*|kunftig\w*|zukunftig\w*|ab\s(?:sofort|heute)|ubernimmt|umgezogen|umzug|nicht\smehr|nachfolger\w*|ausgeschieden|nouve\w+|chang\w+|modifi\w+|desormais|dorenavant|a\sl'avenir|demenag\w*|plus\s(?:dans|chez|valable)|remplac\w*|successeur|reprend|repris|prend\sla\s(?:suite|releve)|now[aeyj]\w{0,2}|zmian\w*|zmieni\w*|od\steraz|odtad|aktualiz\w*|przeprowadz\w*|nie\spracuje|zastapil\w*|przej[me]\w*|nuev\w+|cambi\w+|nuov\w+|now\sis|left\s(?:the|our|us)|od\s(?:dzis(?:iaj)?|jutra|zaraz)|zajmuje\ssie\steraz|teraz\szajmuje|a\spartir\sd(?:e\s(?:ahora|hoy|maintenant)|'aujourd'hui)|d'ora\sin\s(?:poi|avanti)|as\sof\s(?:now|today))(?![a-z])/
const subject =
  /(?<![a-z])(?:e-?mail\w*|mail\w*|address\w*|adres\w*|phone|telephone|telefo\w*|number|nummer|numer\w*|contact\w*|kontakt\w*|invoices?\sto|facturen|facturatie|facturation|factur\w*|rechnung\w*|faktur\w*|ansprechpartner\w*|anschrift|adresse\w*|contactpersoon|aanspreekpunt|interlocut\w*|osob\w|accounts?\spayable|crediteuren|buchhaltung|boekhouding|comptabilite|ksiegowos\w*|direccion|indirizzo|tel\.?|mobiel|siege|siedzib\w*)(?![a-z])/
const old =
  /(?<![a-z])(?:instead\sof|in\splaats\svan|i\.?p\.?v\.?|statt|anstatt|anstelle|au\slieu\sde|zamiast|old|oude?|alte[nrs]?|ancienn?e?|star\w{1,2}|previous\w*|vorige|no\slonger|niet\smeer|nicht\smehr|n'est\splus|nie\s(?:jest\sjuz|dziala)|replaces|vervangt|ersetzt)[^.!?\n]{0,40}$/
const personCue =
  /(?<![a-z])(?:contact(?:\sperson|persoon)?|aanspreekpunt|ansprechpartner(?:in)?|interlocut(?:eur|rice)|contacts?|osob\w\skontaktow\w|successor|opvolger|nachfolger(?:in)?|successeur|reprend|repris|prend\sla\s(?:suite|releve)|colleague|collega|kolleg\w+|collegue|took\sover|taken\sover\sby|handled\sby|is\sopgevolgd\sdoor|is\s(?:now|nu)|now|terecht\sbij|replaced\sby|now\sis|zajmuje\ssie(?:\steraz)?|teraz\szajmuje\ssie|vervangen\sdoor|remplace\w*\spar|zastapi\w*)[^.!?\n]{0,40}$/
const takesOver =
  /^[^.!?\n]{0,12}(?<![a-z])(?:reprend|a repris|prend la|takes over|took over|has taken over|will handle|is (?:now|your new|our new|the new)|neemt|is (?:nu|voortaan|vanaf|uw nieuwe|onze nieuwe)|ubernimmt|ist (?:ab|nun|jetzt|ihre?|kunftig)|przejmuje|przejela|przejal|jest nowym|jest nowa|est (?:desormais|votre|le nouvel|la nouvelle))(?![a-z])/
const addressCue =
  /(?<![a-z])(?:(?:new|nieuwe?|neue?|nouvelle|nowy|nowa)\s(?:\w{2,14}\s)?(?:(?:postal\s|visiting\s|billing\s|invoice\s|office\s)?address|adres|factuuradres|postadres|bezoekadres|adresse|anschrift|rechnungsadresse|rechnungsanschrift|siedziba)|(?:address|adres|adresse|anschrift)\s(?:has\schanged|is\sgewijzigd|hat\ssich\sgeandert|(?:a\s)?change|is\schanging|wijzigt|verandert|changes|andert\ssich|zmienia\ssie|ulegl\w*\szmianie)|(?:andert\ssich|changes|wijzigt|verandert|change|zmienia\ssie)\s(?:[a-z']{1,8}\s){0,2}(?:l')?(?:\w{0,12}address|\w{0,8}adres|adresse|\w{0,10}anschrift|rechnungsadresse|siedziba))(?<between>[^\n:]{0,40}?(?::|\bis\b|\bist\b|\best\b|\bto\b|\bluidt\b|\blautet\b|\bnaar\b)\s{0,3})(?<address>[^\n]{8,120}(?:\n[^\n]{4,60}\d[^\n]{0,40})?)/
/** "We have moved: 4 Lime Street, Leeds": what follows is the new address. */
const movedTo =
  /(?<![a-z])(?:moved(?:\soffices?)?|relocated|verhuisd|umgezogen|demenage|przeprowadzil\w*|zmienili\w*\s(?:siedzib\w|adres)|changed\s(?:our\s)?address|cambiato\ssede|mudado)(?:\s(?:to|naar|nach|au|a|do|na))?\s?:?\s{1,3}(?<address>(?=[^\n]{0,80}\d)[^\n.!?;]{6,120})/
const window = 1

/** New ways to reach the debtor, only where the mail says that they are new. */
export function readContacts(marked: MarkedText, isChange: boolean, own: string | undefined): Fact[] {
  const facts: Fact[] = []
  const tells = marked.sentences.map(({ start, end }) => {
    const text = marked.folded.slice(start, end)
    return changed.test(text) && (subject.test(text) || (isChange && text.includes('@')))
  })
  for (const [at, sentence] of marked.sentences.entries()) {
    const near = tells.slice(Math.max(0, at - window), at + 1)
    if (!near.includes(true)) continue
    const confidence = (isChange ? 0.85 : 0.6) - (tells[at] ? 0 : 0.15)
    const folded = marked.folded.slice(sentence.start, sentence.end)
    const add = (kind: 'contact_email' | 'contact_phone' | 'contact_name', index: number, length: number, value: string, sure = confidence) => {
      if (old.test(folded.slice(Math.max(0, index - 60), index)) || facts.some(fact => fact.kind === kind && fact.value === value)) return
      facts.push(factOf(kind, value, marked.text, { start: sentence.start + index, end: sentence.start + index + length }, sure))
    }
    for (const { index, 0: found } of folded.matchAll(emailPattern)) if (found !== own || isChange) add('contact_email', index, found.length, found)
    for (const { index, 0: found } of folded.matchAll(phonePattern)) add('contact_phone', index, found.length, found.trim())
    for (const { start, end, name } of findNames(marked.text.slice(sentence.start, sentence.end))) {
      const isNamed = personCue.test(folded.slice(Math.max(0, start - 60), start)) || takesOver.test(folded.slice(end, end + 60))
      if (isNamed) add('contact_name', start, name.length, name, confidence - 0.05)
    }
    if (facts.length > 8) break
  }
  return [...facts, ...newAddress(marked, isChange)]
}

/** Only what is written like an address: a number of a house or a postcode, in a mail that tells of a move. */
function movedAddress(marked: MarkedText): RegExpExecArray | null {
  const match = movedTo.exec(marked.folded)
  const address = match?.groups?.address ?? ''
  return /\p{L}{2,}[ .]*\d|\d[ ,]*\p{L}{3,}/u.test(address) &&
    !marked.dates.some(({ start }) => match && start >= match.index && start < match.index + match[0].length)
    ? match
    : null
}

function newAddress(marked: MarkedText, isChange: boolean): Fact[] {
  const match = addressCue.exec(marked.folded) ?? movedAddress(marked)
  const said = match?.groups?.address ?? ''
  const start = match ? match.index + match[0].length - said.length : 0
  // "4 Lime Street, Leeds. Please note it": the next sentence is no part of it.
  const [address = ''] = marked.text.slice(start, start + said.length).split(/(?<=[\p{L}\d]{4})\.\s+(?=\p{Lu})/u)
  if (!match || !/\d/.test(address) || address.includes('@')) return []
  const length = address.replace(/[\s.]+$/, '').length
  const value = marked.text.slice(start, start + length).replace(/\s+/g, ' ')
  return [factOf('contact_address', value, marked.text, { start, end: start + length }, isChange ? 0.75 : 0.55)]
}
