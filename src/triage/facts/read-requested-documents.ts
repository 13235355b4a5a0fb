import type { Fact } from '../reading.ts'
import { factOf } from './fact-of.ts'
import type { MarkedText } from './mark-text.ts'

const invoice = String.raw`(?:invoices?|factu(?:ur|ren)|factures?|rechnung(?:en|s)?|faktur\w{0,3}|fv|facturas?|fattur[ae]|rechnungs\w*)`
const documents: readonly (readonly [string, RegExp])[] = [
  [
    'proof_of_delivery',
    /(?<![a-z])(?:pods?|proofs?\sof\sdelivery|delivery\s(?:notes?|proof|slips?|receipt)|pakbon\w*|afleverbon\w*|leverbon\w*|vrachtbri\w+|afleverbewijs|cmr|lieferschein\w*|liefernachweis\w*|ablieferungs\w*|bons?\sde\slivraison|preuve\sde\slivraison|dow\w+\sdostawy|potwierdzeni\w\sdostawy|list\w?\sprzewozow\w+|dokument\w*\swz|wz(?:tk\w)?|albaran\w*|bolla|ddt)(?![a-z])/,
  ],
  [
    'credit_note',
    /(?<![a-z])(?:credit\s?(?:notes?|nota'?s?|memo)|creditfactuur|gutschrift\w*|avoirs?|notes?\sde\scredit|faktur\w{1,2}\skorygujac\w+|korekt\w{1,2}(?:\sfaktur\w*)?|not\w\skredytow\w+|nota\sdi\scredito|abono)(?![a-z])/,
  ],
  [
    'statement',
    /(?<![a-z])(?:statements?(?:\sof\saccounts?)?|account\soverview|list\sof\s(?:all\s)?(?:open|outstanding)\s\w+|overview\sof\s[^.!?\n]{0,40}(?:open|outstanding|invoices)|rekeningoverzicht\w*|openstaande\sposten\w*|saldo(?:lijst|opgave|overzicht)|overzicht(?:je)?\svan|facturenoverzicht|openstaand\soverzicht|postenlijst|releves?(?:\sde\scomptes?)?|etat\sdes?\s(?:comptes?|factures)|extrait\sde\scompte|kontoauszug\w*|op-?liste|saldenliste|saldenbestatigung|offene[nr]?[\s-]posten\w*|offene-?posten-?liste|aufstellung|zestawieni\w+|wyciag\w*|potwierdzeni\w\ssalda|saldo|estado\sde\scuenta|estratto\sconto)(?![a-z])/,
  ],
  ['contract', /(?<![a-z])(?:contract\w*|agreements?|overeenkomst|vertrag\w*|contrat|umow\w+|contratto)(?![a-z])/],
  [
    'order_confirmation',
    /(?<![a-z])(?:order\sconfirmations?|orderbevestiging|auftragsbestatigung\w*|confirmation\sde\scommande|potwierdzeni\w\szamowienia)(?![a-z])/,
  ],
  [
    'timesheet',
    /(?<![a-z])(?:time\s?sheets?|urenstaat|urenstaten|urenbriefje|stundenzettel|stundennachweis\w*|feuilles?\sd'heures|kart\w\sczasu\spracy)(?![a-z])/,
  ],
  [
    'invoice_copy',
    new RegExp(
      String.raw`(?<![a-z])(?:(?:cop(?:y|ies)|kopie\w*|kopi[aei]\w?|copie?s?|dupli[ck]a\w*|zweitschrift|rechnungskopie\w*|afschrift|factuurkopie\w*|wtornik|duplikat\w*|pdf(?:-?(?:version|versie|datei|file))?)[^.!?\n]{0,50}(?<![a-z])${invoice}|${invoice}[^.!?\n]{0,40}(?<![a-z])(?:copy|copies|kopie\w*|kopi[aei]\w?|copie|duplicata?|duplikat\w*|again|opnieuw|nogmaals|noch\s?mals?|erneut|a\snouveau|ponownie|jeszcze\sraz|pdf|resend)|rechnungskopie\w*|factuurkopie\w*|kopiefactu\w*|invoice\scop(?:y|ies)|(?:re-?send|send|stuur|sturen|mailen|zend\w*|zusend\w*|schick\w*|sende\w*|ubersend\w*|envoy\w*|renvoy\w*|transmett\w*|parvenir|przesl\w*|wysl\w*|dosl\w*|przeslac)[^.!?\n]{0,50}(?<![a-z])${invoice}|${invoice}[^.!?\n]{0,50}(?<![a-z])(?:re-?send|toe(?:sturen|zenden)|sturen|mailen|zusenden|schicken|zuschicken|ubersenden|senden|envoyer|renvoyer|transmettre|przeslac|przeslanie|wyslac|doslac)|(?:not|niet|nooit|never|nicht|nie|pas|jamais|haven't|can't|cannot|no|kein\w{0,2}|geen|brak|nie mamy)\b[^.!?\n]{0,30}(?<![a-z])(?:(?:received|have|find|locate|ontvangen|vinden|hebben|erhalten|vorliegend|liegt|recu\w*|trouv\w*|otrzyma\w*|dotar\w*|mamy|znalez\w*)[^.!?\n]{0,30}(?<![a-z])${invoice})|${invoice}[^.!?\n]{0,40}(?<![a-z])(?:not|niet|nooit|never|nicht|nie|pas|jamais|n't)\b[^.!?\n]{0,20}(?<![a-z])(?:received|find|found|ontvangen|vinden|erhalten|vor|recu\w*|dotar\w*|otrzyma\w*))(?![a-z])`,
    ),
  ],
]
const asking =
  /(?<![a-z])(?:please|pls|kindly|could\syou|can\syou|would\syou|need|send|resend|forward|provide|request\w*|receive|missing|graag|kunt?\s(?:u|je|jullie)|kan\sik|gelieve|verzoek\w*|sturen|stuur|mailen|toe(?:zenden|sturen)|ontvangen|nodig|ontbreekt|bitte|bitten|konnen\ssie|konnten\ssie|senden|schicken|zukommen|benotig\w*|brauchen|erhalten|fehl\w*|merci\sde|veuillez|pourriez|pouvez|envoy\w*|transmettre|parvenir|besoin|recevoir|recu|souhait\w*|prosze|prosimy|czy\s(?:moz\w+|mog\w+)|przesl\w*|wysl\w*|potrzeb\w*|otrzym\w*|por\sfavor|podria\w*|enviar|per\sfavore|potete|inviare|cortesemente)(?![a-z])/

/** The documents that a mail asks for, with the words that name them. */
export function readRequestedDocuments(marked: MarkedText, expected: { copy: boolean; statement: boolean; dispute: boolean }): Fact[] {
  const facts: Fact[] = []
  for (const { start, end } of marked.sentences) {
    const sentence = marked.folded.slice(start, end)
    if (!asking.test(sentence)) continue
    for (const [document, pattern] of documents) {
      const match = pattern.exec(sentence)
      if (!match || facts.some(({ value }) => value === document)) continue
      const isExpected = (document === 'invoice_copy' && expected.copy) || (document === 'statement' && expected.statement)
      const isOther = expected.dispute || facts.some(({ value }) => value === 'statement')
      if (document === 'invoice_copy' && isOther && !expected.copy) continue
      const span = { start: start + match.index, end: start + match.index + match[0].trimEnd().length }
      facts.push(factOf('requested_document', document, marked.text, span, isExpected ? 0.9 : 0.6))
    }
  }
  return expected.copy && !facts.some(({ value }) => value === 'invoice_copy') ? [...facts, ...loneCopy(marked)] : facts
}

const copyWord =
  /(?<![a-z])(?:cop(?:y|ies)|kopie\w*|kopi[aei]\w?|copies?|duplicat\w*|duplikat\w*|pdf|re-?send|nog\s?mals|noch\s?mals?|erneut|opnieuw|a\snouveau|ponownie|again)(?![a-z])/

/** "We miss invoice 1001. Could you send us a copy?" */
function loneCopy(marked: MarkedText): Fact[] {
  for (const { start, end } of marked.sentences) {
    const sentence = marked.folded.slice(start, end)
    const match = asking.test(sentence) ? copyWord.exec(sentence) : null
    if (match)
      return [factOf('requested_document', 'invoice_copy', marked.text, { start: start + match.index, end: start + match.index + match[0].length }, 0.8)]
  }
  return []
}
