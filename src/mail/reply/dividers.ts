const original = `original[ -]?(message|email|e-mail|appointment)|original|originalnachricht|original-?nachricht|oorspronkelijke? (bericht|e-mail|afspraak)|
  origine(e|le?)l?e? (bericht|e-mail)|(message|e-?mail|courriel) (d['’]origine|original|initial)|mail original|message original|
  ursprüngliche (nachricht|mail|e-mail)|urspr. (nachricht|mail)|oryginalna wiadomość|wiadomość (oryginalna|pierwotna)|mensaje original|correo original|
  messaggio originale?|messaggio original|e-mail originale|oprindelig meddelelse|ursprungligt meddelande|opprinnelig melding|mensagem original|původní zpráva|
  alkuperäinen viesti|eredeti üzenet|mesaj original|исходное сообщение`.replaceAll(/\|\s+/g, '|')
const dividerWords = new RegExp(`^(${original})(?!\\p{L}).{0,60}$`, 'iu')
const bareDivider = new RegExp(`^(${original})$`, 'iu')
const forwardWords =
  /^(forwarded (message|mail|e-mail)|forwarded by .+|doorgestuurde? (bericht|e-mail|mail)|doorgestuurd door .+|(message|e-mail|mail|courriel) (transféré|transmis|réexpédié)( par .+)?|weitergeleitete(n)? (nachricht|e-?mail)|weitergeleitet von .+|przekaz(ana|ywana|ywanej) wiadomoś\p{L}+|wiadomość przekazana|przesłana wiadomość|(mensaje|correo) reenviado|reenviado por .+|(messaggio|e-mail) inoltrat[oa]|inoltrato da .+)(?!\p{L}).{0,60}$/iu
const appleForward =
  /^(begin forwarded message|begin doorgestuurd bericht|(début du )?(message|e-mail) (réexpédié|transféré)|anfang der weitergeleiteten (nachricht|e-mail)|początek (przekazywanej|przesłanej dalej|przekazanej) wiadomości|inicio del mensaje reenviado|inizio (del )?messaggio inoltrato) ?:$/iu
/** Zoho and Notes: "---- On Fri, 20 Nov 2026 09:58:12 +0100 Jan wrote ----", "-----Jan <jan@acme.example> wrote: -----". */
const wroteWords = /(?<!\p{L})(wrote|schreef|geschreven|schrieb|geschrieben|écrit|napisał\p{L}*(\(a\))?|escribió|scritto|scrisse)(?!\p{L}).{0,60}$/iu
/** Notes, above what it quotes: "Jan Bakker---20-11-2026 09:58:12---Reminder 2026-0412". */
const notesLine = /^[\p{L}"'][\p{L}\p{M} .,'"/()-]{1,80}? ?-{2,3} ?\d{1,4}[-./]\d{1,2}[-./]\d{2,4},? \d{1,2}[:.]\d{2}[^-\n]{0,12}-{2,3}/u
const rule = /^[-_=*#~+\u2010-\u2015\u2500\u2501\s]{2,}|[-_=*#~+\u2010-\u2015\u2500\u2501\s]{2,}$/g

/** Whether a line divides own words from history: "-----Original Message-----", "Begin forwarded message:". */
export function dividerKind(line: string): 'reply' | 'forward' | undefined {
  if (line.length > 160) return undefined
  const said = line.replaceAll(/[\u00a0\u200b-\u200f\ufeff]/g, ' ').trim()
  if (said.endsWith(':') && appleForward.test(said)) return 'forward'
  if (notesLine.test(said)) return 'reply'
  if (!/^[-_=*#~+\u2010-\u2015\u2500\u2501]{2,}/.test(said) || !/[-_=*#~+\u2010-\u2015\u2500\u2501]{2,}$/.test(said)) return undefined
  const words = said.replaceAll(rule, '').replace(/ ?:$/, '')
  if (words === '') return undefined
  if (dividerWords.test(words) || (wroteWords.test(words) && /[\d@]/.test(words))) return 'reply'
  return forwardWords.test(words) ? 'forward' : undefined
}

/** Whether a line says "Original Message" without a rule around it, as some phones write it: it counts only above a header block. */
export const isBareDivider = (line: string): boolean => line.length <= 60 && bareDivider.test(line.trim().replace(/ ?:$/, ''))

const above =
  /(repl(y|ies)|antwoord|reactie|répon|antwort|odpowied|odpowied[zź]|respuesta|respond|risposta|rispond).{0,60}(above|boven|au-dessus|oberhalb|über dies|powyżej|nad (tą|tym)|encima|sopra|arriba)|(above|boven|au-dessus|oberhalb|powyżej|encima|sopra) .{0,40}(antwoord|reply|repl|répon|antwort|odpow|respon|rispo)/iu

/** The same without a rule around it, and nothing else in its line: "Reply above this line". */
const aboveAlone =
  /^(((please )?(type|write|enter) )?(your )?(reply|response|answer) above this line|(please )?reply above this line|((typ|schrijf) )?(uw |je )?(antwoord|reactie) boven deze (regel|lijn)|(bitte )?(antworten sie|(ihre )?antwort) (bitte )?(oberhalb|über) dieser? (zeile|linie)|(veuillez |merci de )?(répondre|répondez|(votre )?réponse) au-dessus de cette ligne|(prosimy |proszę )?(odpowie(dz|dź|dzieć)|(twoja |państwa )?odpowiedź) (powyżej tej|nad tą) lini(i|ą)|(escriba su |su )?respuesta (por )?encima de esta línea|(la tua |la sua )?risposta sopra questa riga)\W*$/iu

/** Whether a ticket system wrote this line: "##- Please type your reply above this line -##". */
export function isTicketLine(line: string): boolean {
  const said = line.trim()
  if (said.length <= 80 && aboveAlone.test(said)) return true
  return said.length <= 160 && /^[-#=_*~+<[{ ]{2,}/.test(said) && /[-#=_*~+>\]} ]{2,}$/.test(said) && above.test(said)
}

/** GroupWise: ">>> Jan <jan@acme.example> 20-11-2026 09:58 >>>", with the history unmarked below. */
export const isArrowDivider = (line: string): boolean =>
  line.startsWith('>>> ') &&
  line.length <= 300 &&
  line.trimEnd().endsWith(' >>>') &&
  (line.includes('@') || /\d{1,2}[:.h]\d{2}|\d{1,2}[-./]\d{1,2}[-./]\d{2,4}|\b20\d{2}\b/.test(line))

/** Whether a line is nothing but a rule ("________"). */
export const isRule = (line: string): boolean => /^\s*[-_=*\u2010-\u2015\u2500\u2501]{5,}\s*$/.test(line.slice(0, 300))
