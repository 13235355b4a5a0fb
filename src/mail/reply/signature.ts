const closers =
  /^(met (vriendelijke|hartelijke|beste) groet(en)?|vriendelijke groet(en)?|hartelijke groet(en)?|groet(en|jes)?|mvg|m\.v\.g\.?|hoogachtend|alvast bedankt|bedankt|(bien )?cordialement|bien à vous|salutations( distinguées)?|sincères salutations|meilleures salutations|(avec )?mes salutations|merci( d['’]avance)?|(mit )?(freundlichen|freundliche|besten|beste|herzlichen|viele|vielen|schöne|liebe) grü(ß|ss)(en|e)?|mfg|hochachtungsvoll|gru(ß|ss)|vielen dank|danke|(z )?(poważaniem|pozdrowieniami|wyrazami szacunku)|pozdrawiam|pozdrowienia|dziękuję|(kind|best|warm|kindest|with kind|with best) regards|regards|yours (sincerely|faithfully|truly)|sincerely|best wishes|many thanks|thanks( and regards)?|thank you|cheers|best|(un )?(cordial )?saludos?( cordiales)?|atentamente|gracias|(cordiali|distinti) saluti|saluti|cordialmente|grazie)(?!\p{L})/iu

/** What may follow a closing phrase in its line: names, more greetings, a place. */
const afterCloser =
  /^(\s*([/&|+,-]|\p{Lu}[\p{L}.'-]*|en|et|und|i|and|y|e|aus|from|uit|de|van|von|in advance|alvast|vriendelijke|groet(en)?|regards|best|kind|warm|many))*[\s,.!;-]*$/u

/** Whether a line is a closing phrase ("Met vriendelijke groet,") that a signature follows. */
function isCloser(line: string): boolean {
  if (line.length > 60) return false
  const bare = line.trim()
  const phrase = closers.exec(bare)?.[0]
  return phrase !== undefined && afterCloser.test(bare.slice(phrase.length))
}

/** Whether a text has nothing in it but a closing phrase and a name, or nothing at all. */
export function isOnlySigned(text: string): boolean {
  if (text === '') return true
  const [closer = '', ...names] = text.split('\n').filter(line => line.trim() !== '')
  return isCloser(closer) && names.length <= 2 && names.every(line => line.length <= 50 && !/[\d.!?:]/.test(line) && !announces.test(line))
}

/** Whether a line is an afterthought ("PS: ..."), in nl fr de pl en es it. */
export const isPostscript = (line: string): boolean => /^\W*(p\.? ?s\.?|p\.? ?d\.?|n\.? ?b\.?|post ?scriptum)( ?[:;.,-]|\s+\p{L})/iu.test(line.slice(0, 60))

const contactData =
  /(\+\d|(?<!\d)00\d|(?<!\d)\(?0\d{1,3}[\s()./-])[\d\s()./-]{5,}\d|(?<!\d)0\d{8,10}(?!\d)|[^\s<>@]+@[^\s<>@]+\.\w|\bwww\.|https?:|\[cid:|(?<!\p{L})(tel|telefoon|téléphone|telefon|phone|mob|mobile|gsm|fax|kvk|btw|tva|ust|vat|nip|regon|krs|siret|siren|rcs|hrb|iban|bic|amtsgericht)(?!\p{L})/iu
/** Words that make a line below the closing phrase part of what the sender has to say. */
const announces =
  /(?<!\p{L})(new|nieuwe?|gewijzigd|changed|update|let op|please note|nouvelle?|nouveau|attention|neue?|achtung|geändert|now[yae]|uwaga|zmian\w*|nuev[oa]|nuov[oa]|attenzione|p\.?\s?s\.?|n\.?b\.?|factu\w+|invoices?|rechnung\w*|faktur\w*|fattur\w*|beta(al|l)\w*|pa(y(?!able)|id)\w*|payé\w*|(be)?zahl\w*|überw\w*|zapłac\w*|pag(o|ar|ato)\w*|eur|€|maandag|dinsdag|woensdag|donderdag|vrijdag|monday|tuesday|wednesday|thursday|friday)(?!\p{L})|\b\d{1,2}[-./]\d{1,2}[-./]\d{2,4}\b/iu
/** A postal address: a post code with a place, in nl be fr de pl es it gb. */
const postal = /(?<![\d.,-])(\d{4} ?\p{Lu}{2}|(\p{Lu}{1,2}-)?\d{4,5}|\d{2}-\d{3})[ ,]+\p{Lu}\p{L}+|(?<!\p{L})\p{Lu}{1,2}\d{1,2} ?\d\p{Lu}{2}(?!\p{L})/u
/** "Post naar ...": an address that somebody gives rather than has. */
const moves = /(?<!\p{L})(naar|voortaan|verhui\w+|send|move[sd]?|to|nach|senden|umgezogen|envoy\w+|adresser|na adres|inviare|enviar)(?!\p{L})/iu
/** An invitation to a fair, a page, a network. */
const promotes =
  /^\W*(bezoek|volg|ontdek|visit|follow|like|find|connect|suivez|rejoignez|découvrez|besuchen|folgen|odwiedź|obserwuj|polub|visít[ea]|visite|síga|síguenos|segui|seguici|visita) ?-?(ons|onze|us|our|with us|nous|notre|sie uns|uns|nas|naszą|nuestr[ao]s?|nos|il nostro|la nostra)(?!\p{L})/iu
const sentence = /\p{Ll}{2,}[^.!?]*\s[^.!?]*[.!?]["')]?$/u

const device =
  "(my|mijn|mon|ma|meinem?|mojego|mi|mio|iphone|ipad|outlook|yahoo|samsung|android|proton\\w*|gmail|bluemail|windows|mail|galaxy|huawei|xiaomi|l['’]app\\w*|de e-mail|der|aplikacji|telefonu|smartfon\\w*|programu|poczty|libero|dal|courrier|k-9|blackberry|la messagerie|aqua ?mail|spark|nine$|superhuman|mailspring|canary|airmail|edison|typeapp|newton|mymail|em client|vivaldi|tuta\\w*|zoho|gmx|web\\.de|thunderbird|mailbird|shortwave|fairemail)"
/** "Sent from my bank account yesterday" speaks of money. */
const nothingElse = String.raw`(?!.{0,80}(bank|banque|banco|account|rekening|compte|konto|cuenta|conto|yesterday|today|gisteren|vandaag|hier|aujourd|gestern|heute|wczoraj|dzi[sś]|ayer|ieri|eur|€|£|zł|factu|invoice|rechnung|faktur|fattur)|.{0,40}(?<!\p{L})(on|op|am|le|el|il|dnia|dated|van) \d)`
/** Lines that a phone adds under a mail, in nl fr de pl en es it. */
const mobileLine = new RegExp(
  `^((sent (from|with|via)|verstuurd (vanaf|vanuit|met|via|van)|verzonden (vanaf|vanuit|met|via|van)|envoyé (de|depuis|à partir de|avec|via)|gesendet (von|mit|aus|über)|wysłan[eo] (z|za pomocą|przez)|enviado (desde|con)|inviato (da|dal|con)) ${device}(?!\\p{L})${nothingElse}|von mein\\w* .{1,40} gesendet|diese nachricht wurde von mein\\w* .{1,60} gesendet|(get|obtenez|télécharger|holen sie sich|pobierz( aplikację)?|obtener|scarica|ottieni|download) outlook\\b|outlook (voor|pour|für|para|per|dla) (ios|android)).{0,120}$`,
  'iu',
)

/** Whether a line is a mobile client's own ("Sent from my iPhone"). */
export const isMobileLine = (line: string): boolean => line.length <= 160 && mobileLine.test(line.trim().replace(/^[[<(*_-]+\s*/, ''))

/**
 * Marks the contact block that follows a closing phrase. The phrase itself, a name right under it, whole sentences and
 * lines that announce something stay: a new phone number may stand there.
 */
export function markContactBlock(lines: readonly string[], own: boolean[], from: number, to: number): void {
  const closer = lastCloser(lines, own, from, to)
  // A mail that begins with its closing phrase ("Thanks,") has nothing above it that a signature could follow.
  if (closer < 0 || !hasTextAbove(lines, from, closer)) return
  let named = false
  for (let at = closer + 1; at < to; at++) {
    const line = (lines[at] ?? '').trim()
    if (line === '' || !own[at]) continue
    if (!named && !contactData.test(line.slice(0, 200)) && line.length <= 50) {
      named = true
      continue
    }
    named = true
    if (isSignatureLine(line)) own[at] = false
  }
}

const farthestCloser = 40

function lastCloser(lines: readonly string[], own: readonly boolean[], from: number, to: number): number {
  let seen = 0
  for (let at = to - 1; at >= from && seen < farthestCloser; at--) {
    const line = lines[at] ?? ''
    if (line.trim() === '' || !own[at]) continue
    seen++
    if (isCloser(line)) return at
  }
  return -1
}

function hasTextAbove(lines: readonly string[], from: number, closer: number): boolean {
  for (let at = from; at < closer; at++) if ((lines[at] ?? '').trim() !== '') return true
  return false
}

function isSignatureLine(line: string): boolean {
  if (line.length > 120 || announces.test(line)) return false
  const words = line.split(/\s+/).length
  if (promotes.test(line)) return words <= 14
  if (postal.test(line)) return words <= 14 && !/[.!?:]$/.test(line) && !moves.test(line)
  if (contactData.test(line)) return words <= 14 && !sentence.test(line)
  return words <= 6 && !/^(?!(ul|al|pl|os|ks|c|av|avda|rue)[./ ])\p{Ll}/u.test(line) && !/\p{L}{3,}[.!?:]$/u.test(line)
}
