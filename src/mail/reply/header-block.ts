/** Labels of the header block that mail programs put above quoted history: nl fr de pl en es it, and da sv no pt cs sk fi hu ro tr ru. */
const labels = {
  from: `from|van|de|von|od|da|expéditeur|absender|afzender|nadawca|mittente|remitente|envoyé par|gesendet von|verzonden door|sent by|wysłane przez|enviado por|
    inviato da|fra|från|lähettäjä|feladó|de la|expeditor|kimden|gönderen|от|odosielateľ|odesílatel`,
  sent: `sent|date|verzonden|datum|verstuurd|gestuurd|envoyé|envoyé le|gesendet|gesendet am|wysłano|wysłane|data|enviado|enviado el|fecha|inviato|inviato il|
    date sent|sent on|sent at|verzonden op|datum verzonden|verzenddatum|sendedatum|data wysłania|data invio|date d’envoi|date d'envoi|fecha de envío|sendt|dato|
    skickat|enviada|enviado em|enviada em|odesláno|lähetetty|elküldve|dátum|trimis|gönderildi|tarih|отправлено|дата|odoslané`,
  to: 'to|aan|à|a|an|do|para|destinataire|destinataires|empfänger|destinatario|adresat|pour|naar|til|till|komu|vastaanottaja|címzett|către|kime|кому',
  copy: 'cc|bcc|copie|copie à|kopie|kopia|kopie an|dw|udw|копия|reply-to|reply to|antwort an|répondre à|odpowiedź do|rispondi a|responder a',
  subject: 'subject|onderwerp|betreft|objet|sujet|betreff|temat|asunto|oggetto|emne|ämne|assunto|předmět|predmet|aihe|tárgy|subiect|konu|тема',
}
type Role = keyof typeof labels
const roleOf = new Map((Object.keys(labels) as Role[]).flatMap(role => labels[role].split(/\|\s*/).map(word => [word.trim(), role] as const)))
const longestLabel = 28

/** What is invisible, and what bold or quoted text leaves around a label. */
const bare = (text: string): string =>
  text
    .replaceAll(/[*_|>\s\u00a0\u200b-\u200f\u202f\ufeff]+/g, ' ')
    .trim()
    .toLowerCase()

/** The part that a header-like line plays ("*Van:* Jan" -> from), with what it says. Undefined when it is no such line. */
function headerField(line: string): { role: Role; value: string } | undefined {
  const colon = line.indexOf(':')
  if (colon < 1 || colon > longestLabel) return undefined
  const role = roleOf.get(bare(line.slice(0, colon)))
  return role && { role, value: line.slice(colon + 1, colon + 400) }
}

const longestBlock = 16
const clock = /(?<!\d)\d{1,2}[:.h]\d{2}(?![.\d])/
/** Long lists of recipients wrap, and so may a name or an address. */
const continues = (line: string): boolean => (/[@;<>]/.test(line.slice(0, 400)) || /^\s+\S/.test(line)) && !line.startsWith('--')

/**
 * Whether a header block (From, Sent, To, Subject, in any order) starts at this line. It needs a sender, two more of
 * them, and a subject, an address or a time of day, so that a sender's own "From: account 1 / To: account 2" stays.
 */
export function startsHeaderBlock(lines: readonly string[], at: number): boolean {
  const first = headerField(lines[at] ?? '')
  if (!first || first.role === 'copy') return false
  const roles = new Set([first.role])
  let isOfMail = isMailField(first)
  for (let next = at + 1; next < lines.length && next <= at + longestBlock; next++) {
    const line = lines[next] ?? ''
    const field = headerField(line)
    if (!field && roles.size === 4 && line.trim() !== '') break
    // What is said twice was the sender's own the first time: "Subject: our order", and a block below.
    if (field?.role === first.role) return false
    if (field) {
      if (field.role !== 'copy') roles.add(field.role)
      isOfMail ||= isMailField(field)
    } else if (line.trim() !== '' && !continues(line)) break
  }
  // "To" is the first of few programs, and of many a person's own line.
  return isOfMail && roles.has('from') && roles.size >= (first.role === 'to' ? 4 : 3)
}

const isMailField = ({ role, value }: { role: Role; value: string }): boolean =>
  role === 'subject' || value.includes('@') || (role === 'sent' && clock.test(value.slice(0, 200)))

/**
 * Notes: a name as its directory writes it ("Jan Bakker/Debtors/Acme"), the moment, and then labels on lines of their own, without
 * colons. Returns whether such a head starts at this line.
 */
export function startsNotesHead(lines: readonly string[], at: number): boolean {
  const name = (lines[at] ?? '').trim()
  if (name.length > 120 || !/^[^/:<>]+(\/[^/:<>]+){1,4}$/.test(name)) return false
  const below = lines
    .slice(at + 1, at + 14)
    .map(line => line.trim())
    .filter(Boolean)
  if (!clock.test(below[0] ?? '')) return false
  const roles = new Set(below.slice(1).map(line => roleOf.get(bare(line.replace(/:$/, '')))))
  return roles.has('to') && roles.has('subject')
}

/** Who wrote a forwarded mail and where its words begin; undefined when no header block stands at this line or right under it. */
export function readForwardedHead(lines: readonly string[], at: number): { from: string; body: number } | undefined {
  let start = at
  while (start < lines.length && start <= at + 4 && !startsHeaderBlock(lines, start)) start++
  if (!startsHeaderBlock(lines, start)) return undefined
  let from = ''
  let body = start
  for (; body < lines.length && body < start + 2 * longestBlock; body++) {
    const line = lines[body] ?? ''
    const field = headerField(line)
    if (field?.role === 'from' && from === '') from = addressIn(field.value)
    if (field || (line.trim() !== '' && continues(line))) continue
    // Some programs put a blank line between the fields.
    if (line.trim() === '' && headerField(lines[body + 1] ?? '')) continue
    if (line.trim() === '' || !['to', 'copy'].includes(headerField(lines[body - 1] ?? '')?.role ?? '')) break
  }
  return { from: from.toLowerCase(), body }
}

const addressIn = (value: string): string => /[^\s<>@]+@[^\s<>@]+/.exec(value.replaceAll(/mailto:|[[\]()"']/g, ' '))?.[0] ?? ''
