const closers =
  /^(met (vriendelijke|hartelijke|beste) groet(en)?|vriendelijke groet(en)?|hartelijke groet(en)?|groet(en|jes)?|mvg|m\.v\.g\.?|hoogachtend|alvast bedankt|bedankt|(bien )?cordialement|bien à vous|salutations( distinguées)?|sincères salutations|meilleures salutations|(avec )?mes salutations|merci( d['’]avance)?|(mit )?(freundlichen|freundliche|besten|beste|herzlichen|viele|vielen|schöne|liebe) grü(ß|ss)(en|e)?|mfg|hochachtungsvoll|gru(ß|ss)|vielen dank|danke|(z )?(poważaniem|pozdrowieniami|wyrazami szacunku)|pozdrawiam|pozdrowienia|dziękuję|(kind|best|warm|kindest|with kind|with best) regards|regards|yours (sincerely|faithfully|truly)|sincerely|best wishes|many thanks|thanks( and regards)?|thank you|cheers|best|(un )?(cordial )?saludos?( cordiales)?|atentamente|gracias|(cordiali|distinti) saluti|saluti|cordialmente|grazie)\b.{0,40}$/iu

const contactData =
  /(\+|\b00)?\(?\d[\d\s()./-]{6,}\d|[^\s<>@]+@[^\s<>@]+\.\w|\bwww\.|https?:|\b(tel|telefoon|téléphone|telefon|phone|mob|mobile|gsm|fax|kvk|btw|tva|ust|vat|nip|regon|krs|siret|siren|rcs|hrb|iban|bic|amtsgericht)\b/iu
const announces =
  /\b(new|nieuwe?|gewijzigd|changed|update|let op|please note|nouvelle?|nouveau|attention|neue?|achtung|geändert|now[yae]|uwaga|zmian\w*|nuev[oa]|nuov[oa]|attenzione|p\.?\s?s\.?)\b/iu
const sentence = /\p{Ll}{2,}[^.!?]*\s[^.!?]*[.!?]["')]?$/u

/** Whether a line is a closing phrase ("Met vriendelijke groet,") that a signature follows. */
export const isCloser = (line: string): boolean => line.length <= 60 && closers.test(line.trim())

/** Lines that a phone adds under a mail, in nl fr de pl en es it. */
const mobileLine =
  /^(sent from (my|outlook|mail|yahoo|samsung|proton)|get outlook for|verstuurd vanaf|verzonden vanaf|verzonden met|verstuurd met|outlook voor (ios|android)|download outlook voor|envoyé (de|depuis|à partir)|obtenez outlook|télécharger outlook|von mein\w* .{1,40} gesendet|gesendet (von|mit|aus)|outlook für (ios|android)|holen sie sich outlook|wysłan[eo] z|pobierz (aplikację )?outlook|enviado desde|obtener outlook|inviato da|scarica outlook|ottieni outlook|outlook per)\b.{0,120}$/iu

/** Whether a line is a mobile client's own ("Sent from my iPhone"). */
export const isMobileLine = (line: string): boolean => line.length <= 160 && mobileLine.test(line.trim().replace(/^[[<(*_-]+\s*/, ''))

/**
 * Marks the contact block that follows a closing phrase. The phrase itself, a name right under it, whole sentences and
 * lines that announce something stay: a new phone number may stand there.
 */
export function markContactBlock(lines: readonly string[], own: boolean[], from: number, to: number): void {
  const closer = lastCloser(lines, own, from, to)
  if (closer < 0) return
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

function isSignatureLine(line: string): boolean {
  if (line.length > 120 || announces.test(line)) return false
  const words = line.split(/\s+/).length
  if (contactData.test(line)) return words <= 14 && !sentence.test(line)
  return words <= 6 && !/\p{L}{3,}[.!?:]$/u.test(line)
}
