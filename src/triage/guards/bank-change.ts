import { findIbans } from '../facts/find-ibans.ts'
import { foldText } from '../facts/fold-text.ts'
import type { MessageToRead, Quarantine } from '../reading.ts'

const maxLength = 100_000
const account = String.raw`(?:bank(?:ing)?\s?(?:details?|accounts?|information|gegevens|rekening\w*|verbindung\w*|daten|konto\w*)|iban|rekening(?:nummer|gegevens)|(?:betal\w*|overma\w*|stort\w*|overboek\w*)[^.!?\n]{0,40}(?<![a-z])(?:op|naar)\s(?:[a-z]{1,10}\s){0,3}rekening|konto(?:nummer|verbindung|daten)?|kontoverbindung|bankverbindung|coordonnees bancaires|r\.?i\.?b\.?|compte bancaire|rachun\w+\sbankow\w+|na\s(?:[a-z]{1,14}\s){0,3}rachunek|(?:numer\w*|nr)\s(?:konta|rachunku)|konta bankow\w+|cuenta(?:\sbancaria)?|datos bancarios|coordinate bancarie|conto (?:bancario|corrente)|account (?:number|details))`
const changed = String.raw`(?:chang\w+|new|updat\w+|switch\w+|moved|no longer|replac\w+|different|nieuw\w*|gewijzigd|wijzig\w*|verander\w*|aangepast|vervang\w*|neue?[nrms]?|geander\w*|gewechselt|ander\w{0,3}t|aktualisier\w*|geandert\w*|nouve\w+|modifi\w+|change[es]?|changement|now[aeyj]\w{0,2}|zmien\w*|zmian\w*|aktualiz\w*|nuev[oa]s?|cambi\w+|nuov[oaie]|modificat\w*)`
const near = String.raw`[^.!?\n]{0,60}`
const announced = new RegExp(`(?<![a-z])(?:${account}${near}(?<![a-z])${changed}|${changed}${near}(?<![a-z])${account})(?![a-z])`)
const confirm = String.raw`(?:confirm\w*|verify|validate|bevestig\w*|verifi\w+|bestatig\w*|controleren|uberpruf\w*|prufen|potwierdz\w*|potwierdzenie|zweryfik\w*|correct|klopt|stimmt|juist|valider|verifier|confirmar|confermare|send|stuur\w*|doorgeven|mitteilen|communiquer|transmettre|envoyer|podac|przesla\w*)`
const asked = new RegExp(
  `(?<![a-z])(?:${confirm}${near}(?<![a-z])(?:your|uw|jullie|votre|vos|ihre?n?|wasz\\w*|panstwa|sua|vostr[oaie]|sus?|the|het|das|die|le|de)?\\s{0,2}${account}|${account}${near}(?<![a-z])${confirm})(?![a-z])`,
)

/** Where money is to go: said of an account number, these are what a fraud needs. Folded words of all languages. */
const instruction = new RegExp(
  String.raw`(?<![a-z])(?:pay|transfer|remit|wire|deposit|refund|use|using|make\s(?:the|all|your)\s(?:transfer|payment)s?|payable\sto|in\sfavou?r\sof|betalen|betaal|overmaken|overschrijven|overboeken|storten|gebruik\w*|terugstorten|ten\sname\svan|t\.n\.v\.|(?:be)?zahlen|uberweisen|uberweist|einzahlen|verwenden|nutzen|erstatten|zugunsten|payer|payez|regler|reglez|virer|virez|verser|versez|utiliser|utilisez|rembours\w*|en\sfaveur\sde|zaplacic|placic|wplat\w*|wplac\w*|przelac|przelew\w*\s(?:na|prosimy|prosze)|przelewac|kierowac|uzyw\w*|zwrocic|pagare|versare|bonificare|usare|utilizzare|pagar|transferir|ingresar|usar|utilizar|from\snow\son|henceforth|effective|going\sforward|voortaan|vanaf\s(?:nu|heden|vandaag)|met\singang|ab\s(?:sofort|jetzt|heute)|kunftig|zukunftig|desormais|dorenavant|od\s(?:teraz|dzis|dzisiaj)|${changed})(?![a-z])`,
)
/** Asked of an account number: "is this still right?" */
const isRight =
  /(?<![a-z])(?:correct|right|valid|up\sto\sdate|klopt|kloppen|juiste?|geldig|stimmt|richtig|korrekt|gultig|aktuell|exacte?|valable|bon|poprawn\w+|prawidlow\w+|aktualn\w+|corrett\w|giust\w|correct[oa])(?![a-z])/
const own =
  /(?<![a-z])(?:our|my|ons|onze|mijn|unser\w{0,2}|mein\w{0,2}|notre|nos|mon|nasz\w{0,3}|moj\w{0,2}|nostr\w|mio|nuestr\w|mi)\s(?:[a-z]{1,12}\s){0,2}(?:iban|bank\w*|account|rekening\w*|konto\w*|compte|rib|rachunek|rachunku|numer|conto|cuenta)(?![a-z])/
/** A transfer that was made: the account that it came from or went to is told, not given. */
const wasPaid =
  /(?<![a-z])(?:paid|transferred|remitted|settled|debited|wired|sent|left|betaald|overgemaakt|overgeboekt|overgeschreven|afgeschreven|voldaan|gestort|bezahlt|gezahlt|uberwiesen|abgebucht|angewiesen|beglichen|paye\w{0,2}|regle\w{0,2}|vire\w{0,2}|debite\w{0,2}|verse\w{0,2}|zaplac(?:on\w*|il\w*)|oplac(?:on\w*|il\w*)|przela(?:n\w*|l\w*)|wplac(?:on\w*|il\w*)|pobran\w*|pagat\w|pagad\w|versat\w|bonificat\w|transferid\w|cargad\w)(?![a-z])/
const windowLength = 160

/** Bank details given, changed or asked for by mail: they are never changed or confirmed that way. */
export function findBankChange(message: MessageToRead): Quarantine[] {
  const words = `${message.subject.slice(0, 1000)}\n${message.replyText}`.slice(0, maxLength)
  const folded = foldText(words)
  if (announced.test(folded))
    return [{ kind: 'bank_change', reason: 'The mail speaks of new or changed bank details. Call a number on file before anything changes.' }]
  if (asked.test(folded)) return [{ kind: 'bank_change', reason: 'The mail asks to confirm bank details. They are never confirmed by mail.' }]
  if (findIbans(words).some(iban => saysWhereToPay(folded, iban)))
    return [{ kind: 'bank_change', reason: 'The mail says to which bank account to pay. Compare with the one on file before using it.' }]
  return []
}

/** Whether the words around an account number say that money is to go there, or ask whether it is the right one. */
function saysWhereToPay(folded: string, { start, end }: { start: number; end: number }): boolean {
  const from = Math.max(folded.lastIndexOf('\n\n', start) + 1, start - windowLength)
  const close = folded.indexOf('\n\n', end)
  const before = folded.slice(from, start)
  const after = folded.slice(end, Math.min(close === -1 ? folded.length : close, end + windowLength))
  const sentence = `${before.split(/[.!?](?=\s)/).at(-1) ?? ''} ${after.split(/[.!](?=\s|$)/)[0] ?? ''}`
  if (isRight.test(sentence) || instruction.test(sentence)) return true
  if (wasPaid.test(sentence)) return false
  return own.test(sentence) || instruction.test(before) || /^[\s.]{0,3}[^.?!\n]{0,60}\?/.test(after)
}
