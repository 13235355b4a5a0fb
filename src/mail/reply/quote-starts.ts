/** Labels of the header block that mail programs put above quoted history, in nl fr de pl en es it, and da sv pt cs fi. */
const labels = {
  from: 'from|van|de|von|od|da|expéditeur|absender|afzender|nadawca|mittente|remitente|envoyé par|gesendet von|fra|från|lähettäjä',
  sent: `sent|date|verzonden|datum|verstuurd|gestuurd|envoyé|envoyé le|gesendet|wysłano|wysłane|data|enviado|enviado el|fecha|inviato|date sent|sent on|
    verzonden op|gesendet am|data wysłania|datum verzonden|sendt|dato|skickat|enviada|enviado em|enviada em|odesláno|lähetetty`,
  to: 'to|aan|à|a|an|do|para|destinataire|empfänger|destinatario|cc|kopie|dw|pour|naar|til|till|komu|vastaanottaja',
  subject: 'subject|onderwerp|betreft|objet|sujet|betreff|temat|asunto|oggetto|emne|ämne|assunto|předmět|aihe',
}
const roleOf = new Map(Object.entries(labels).flatMap(([role, words]) => words.split(/\|\s*/).map(word => [word, role] as const)))

/** The part that a header-like line plays: "*Van:* Jan" -> from. Undefined when it is no such line. */
function headerRole(line: string): string | undefined {
  const colon = line.indexOf(':')
  if (colon < 1 || colon > 24) return undefined
  const label = line
    .slice(0, colon)
    .replaceAll(/[*_|>\s\u00a0]+/g, ' ')
    .trim()
    .toLowerCase()
  return roleOf.get(label)
}

const longestHeaderBlock = 14

/**
 * Whether a header block (From, Sent, To, Subject, in any order) starts at this line. It needs a sender, two more of
 * them, and a subject, an address or a time of day, so that a sender's own "From: account 1 / To: account 2" stays.
 */
export function startsHeaderBlock(lines: readonly string[], at: number): boolean {
  const first = headerRole(lines[at] ?? '')
  if (first === undefined || first === 'to') return false
  const roles = new Set([first])
  let isOfMail = isMailField(first, lines[at] ?? '')
  let strays = 0
  for (let next = at + 1; next < lines.length && next <= at + longestHeaderBlock; next++) {
    const line = lines[next] ?? ''
    const role = headerRole(line)
    if (role === first) return false
    if (role) {
      roles.add(role)
      isOfMail ||= isMailField(role, line)
    }
    // Long recipient lists wrap, and some programs put a blank line between the fields.
    else if (line.trim() === '' ? first !== 'from' : ++strays > 3) return false
    if (isOfMail && roles.has('from') && roles.size >= 3) return true
  }
  return false
}

const isMailField = (role: string, line: string): boolean =>
  role === 'subject' || line.includes('@') || (role === 'sent' && /\d{1,2}[:.h]\d{2}(?![.\d])/.test(line.slice(0, 200)))

const dividerWords =
  /original[ -](message|email|appointment)|originalnachricht|original-nachricht|(oorspronkelijke?|origineel) bericht|(message|e-mail) (d['’]origine|original)|ursprüngliche (nachricht|mail)|oryginalna wiadomość|wiadomość (oryginalna|pierwotna)|mensaje original|messaggio originale/
const forwardWords =
  /forwarded (message|mail|by)|begin forwarded|doorgestuurde? (bericht|door)|message (transféré|transmis|réexpédié)|weitergeleitete(n)? nachricht|przekaz(ana|ywana|ywanej) wiadomoś|wiadomość przekazana|mensaje reenviado|messaggio inoltrato/
const appleForward =
  /^(begin forwarded message|begin doorgestuurd bericht|début du message (réexpédié|transféré)|anfang der weitergeleiteten (nachricht|e-mail)|początek (przekazywanej|przesłanej dalej) wiadomości|inicio del mensaje reenviado|inizio messaggio inoltrato) ?:$/

/** Whether a line divides own words from history: "-----Original Message-----", "Begin forwarded message:". */
export function dividerKind(line: string): 'reply' | 'forward' | undefined {
  if (line.length > 160) return undefined
  const bare = line.trim().toLowerCase()
  if (appleForward.test(bare.replaceAll('\u00a0', ' '))) return 'forward'
  if (!/^[-_=*#]{2,}/.test(bare) || !/[-_=*#]{2,}$/.test(bare)) return undefined
  // Zoho: "---- On Fri, 20 Nov 2026 09:58:12 +0100 Jan wrote ----"
  if (dividerWords.test(bare) || /^-+ ?(on|op|am|le|el|il|w dniu) .*(wrote|schreef|schrieb|écrit|escribió|scritto|napisał)/.test(bare)) return 'reply'
  return forwardWords.test(bare) ? 'forward' : undefined
}

const wrote =
  /(\bwrote\b|\bwrites\b|\bschreef\b|\bgeschreven\b|\bschrijft\b|écrit|\bschrieb\b|\bgeschrieben\b|napisał|napisan[ay] przez|\bpisze\b|escribió|\bha scritto\b|\bscrisse\b).{0,160}[:：]$/i
/** Horde and its kin: "Zitat von Jan <jan@acme.example>:". */
const quoting = /^(zitat von|quoting|citeren|citaat van|citando a|citazione da|cytowanie|en citant|citation de) /i
/** Yandex and its kin say it without a verb: "20.11.2026, 09:58, Jan <jan@acme.example>:". */
const dateAndAddress = /^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b.{0,160}<[^\s<>@]{1,200}@[^\s<>@]{1,200}> ?:$/
const opener =
  /^(on|op|le|am|w dniu|dnia|el|il|il giorno|a |van|quoting|citeren|zitat von|\d|mon|tue|wed|thu|fri|sat|sun|ma|di|wo|do|vr|za|zo|pon|wt|śr|czw|pt|sob|niedz|nd|lun|mar|mer|jeu|ven|sam|dim|dom|\*|"|<|\[)/i
const hasMoment = /\d{1,2}[:.h]\d{2}|\b(19|20)\d{2}\b|\d{1,2}[-./]\d{1,2}[-./]\d{2,4}/
const hasAddress = /[^\s<>@]+@[^\s<>@]+/
const longestAttribution = 4

/**
 * How many lines an attribution ("On ... Jan wrote:") takes that starts at this line; 0 when none does. Without a moment
 * or an address it must stand right above a marked quote, so that "last week your colleague wrote:" stays.
 */
export function attributionLength(lines: readonly string[], at: number): number {
  const first = (lines[at] ?? '').trim()
  if (first === '' || first.length > 400) return 0
  let joined = ''
  for (let count = 1; count <= longestAttribution; count++) {
    const line = (lines[at + count - 1] ?? '').trim()
    if (line === '' || line.startsWith('>')) return 0
    joined = joined === '' ? line : `${joined} ${line}`
    if (joined.length > 400) return 0
    if (!/[:：]$/.test(line) || !(wrote.test(joined) || quoting.test(first) || dateAndAddress.test(joined))) continue
    if (count > 1 && startsLater(lines, at, count)) return 0
    const quoteFollows = nextFilled(lines, at + count).startsWith('>')
    const dated = hasMoment.test(joined)
    if (quoteFollows && (dated || hasAddress.test(joined) || count === 1)) return count
    return dated && (opener.test(first) || hasAddress.test(joined)) ? count : 0
  }
  return 0
}

/** Whether the attribution begins further down, right below a line of the sender's own that no blank line parts from it. */
function startsLater(lines: readonly string[], at: number, count: number): boolean {
  const first = (lines[at] ?? '').trim()
  if (opener.test(first) && hasMoment.test(first) && !/[.!?]$/.test(first)) return false
  for (let start = at + 1; start < at + count; start++) {
    const later = lines.slice(start, at + count).map(line => line.trim())
    const joined = later.join(' ')
    if (opener.test(later[0] ?? '') && hasMoment.test(joined) && wrote.test(joined)) return true
  }
  return false
}

/** The next line with text in it, from this one on within a few lines; empty when there is none. */
function nextFilled(lines: readonly string[], from: number): string {
  for (let at = from; at < from + 4 && at < lines.length; at++) {
    const line = (lines[at] ?? '').trim()
    if (line !== '') return line
  }
  return ''
}

/** GroupWise: ">>> Jan <jan@acme.example> 20-11-2026 09:58 >>>", with the history unmarked below. */
export const isArrowDivider = (line: string): boolean =>
  line.startsWith('>>> ') && line.length <= 300 && line.trimEnd().endsWith(' >>>') && (line.includes('@') || hasMoment.test(line))

/** Whether a line is nothing but a rule ("________"). */
export const isRule = (line: string): boolean => /^\s*[-_=*\u2500]{5,}\s*$/.test(line.slice(0, 300))

/** Who wrote a forwarded mail and where its words begin; undefined when no header block stands at this line or right under it. */
export function readForwardedHead(lines: readonly string[], at: number): { from: string; body: number } | undefined {
  let start = at
  while (start < lines.length && start <= at + 4 && !startsHeaderBlock(lines, start)) start++
  if (!startsHeaderBlock(lines, start)) return undefined
  let body = start
  while (body < lines.length && body < start + 2 * longestHeaderBlock && (lines[body] ?? '').trim() !== '') body++
  const from = hasAddress.exec((lines[start] ?? '').replaceAll(/mailto:|[[\]()"']/g, ' '))?.[0] ?? ''
  return { from: from.toLowerCase(), body }
}
