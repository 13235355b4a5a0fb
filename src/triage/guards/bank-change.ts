import { findIbans } from '../facts/find-ibans.ts'
import { foldText } from '../facts/fold-text.ts'
import type { MessageToRead, Quarantine } from '../reading.ts'

const maxLength = 100_000
const account = String.raw`(?:bank(?:ing)?\s?(?:details?|accounts?|information|gegevens|rekening\w*|verbindung\w*|daten|konto\w*)|iban|rekening(?:nummer|gegevens)?|konto(?:nummer|verbindung|daten)?|kontoverbindung|bankverbindung|coordonnees bancaires|r\.?i\.?b\.?|compte bancaire|rachun\w+(?:\sbankow\w+)?|(?:numer\w*|nr)\s(?:konta|rachunku)|konta bankow\w+|cuenta(?:\sbancaria)?|datos bancarios|coordinate bancarie|conto (?:bancario|corrente)|account (?:number|details))`
const changed = String.raw`(?:chang\w+|new|updat\w+|switch\w+|moved|no longer|replac\w+|different|nieuw\w*|gewijzigd|wijzig\w*|verander\w*|aangepast|vervang\w*|neue?[nrms]?|geander\w*|gewechselt|ander\w{0,3}t|aktualisier\w*|geandert\w*|nouve\w+|modifi\w+|change[es]?|changement|now[aeyj]\w{0,2}|zmien\w*|zmian\w*|aktualiz\w*|nuev[oa]s?|cambi\w+|nuov[oaie]|modificat\w*)`
const near = String.raw`[^.!?\n]{0,60}`
const announced = new RegExp(`(?<![a-z])(?:${account}${near}(?<![a-z])${changed}|${changed}${near}(?<![a-z])${account})(?![a-z])`)
const confirm = String.raw`(?:confirm\w*|verify|validate|bevestig\w*|verifi\w+|bestatig\w*|controleren|uberpruf\w*|prufen|potwierdz\w*|potwierdzenie|zweryfik\w*|correct|klopt|stimmt|juist|valider|verifier|confirmar|confermare|send|stuur\w*|doorgeven|mitteilen|communiquer|transmettre|envoyer|podac|przesla\w*)`
const asked = new RegExp(
  `(?<![a-z])(?:${confirm}${near}(?<![a-z])(?:your|uw|jullie|votre|vos|ihre?n?|wasz\\w*|panstwa|sua|vostr[oaie]|sus?|the|het|das|die|le|de)?\\s{0,2}${account}|${account}${near}(?<![a-z])${confirm})(?![a-z])`,
)

/** Bank details named, changed or asked for by mail: they are never changed or confirmed that way. */
export function findBankChange(message: MessageToRead): Quarantine[] {
  const words = `${message.subject.slice(0, 1000)}\n${message.replyText}`.slice(0, maxLength)
  const folded = foldText(words)
  const ibans = findIbans(words)
  if (announced.test(folded))
    return [{ kind: 'bank_change', reason: 'The mail speaks of new or changed bank details. Call a number on file before anything changes.' }]
  if (asked.test(folded)) return [{ kind: 'bank_change', reason: 'The mail asks to confirm bank details. They are never confirmed by mail.' }]
  if (ibans.length > 0)
    return [
      {
        kind: 'bank_change',
        reason: `The mail names ${ibans.length === 1 ? 'a bank account' : 'bank accounts'}. Compare with the one on file before using it.`,
      },
    ]
  return []
}
