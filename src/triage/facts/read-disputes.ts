import type { DisputeReason, Fact } from '../reading.ts'
import { factOf } from './fact-of.ts'
import type { MarkedText } from './mark-text.ts'
import { disputeHints } from './words/dispute-hints.ts'

// Folded words of all languages together: a Dutch mail says "credit note", a Polish one "PO".
const reasons: readonly (readonly [DisputeReason, RegExp])[] = [
  [
    'credit_note_expected',
    /(?<![a-z])(?:(?:credit\s?(?:note|nota|memo)\w*|creditfactuur|gutschrift\w*|avoirs?|nota credito|abono|(?:faktur\w{1,2}\s)?korekt\w+|korygujac\w*|not\w\skredytow\w|note de credit|nota de credito|nota di credito)(?![a-z]))/,
  ],
  [
    'duplicate',
    /(?<![a-z])(?:dubbel\w*|twee\s?(?:keer|maal)|twice|duplicates?|duplicated|double\s(?:bill|invoic|charg)\w*|invoiced\sdouble|doppelt\w*|zweimal|zweifach|double(?:\sfactur\w+|s)?|deux\sfois|doublon|en double|dwukrotnie|dwa\srazy|podwojn\w+|zdublowan\w+|duplikat(?!\w*\s(?:faktur|rechnung|fv))|duplicad\w|due\svolte|dos\sveces)(?![a-z])/,
  ],
  [
    'wrong_po',
    /(?<![a-z])(?:(?:wrong|incorrect|missing|no|without|invalid|verkeerde?|onjuiste?|foute?|ontbre\w+|geen|zonder|falsche?|fehlende?|fehlt|ohne|keine|mauvais|sans|manque\w*|absence d[eu]|errone\w*|bledn\w+|brak|brakuje|bez|niepraw\w+)\b[^.!?\n]{0,30}(?<![a-z])(?:p\.?o\.?(?:[\s-]?(?:number|nummer|nr|reference))?|purchase\sorder\w*|bestel\w*|inkoop\w*|ordernummer|bestellnummer|bestellung|bon\sde\scommande|numero\sde\scommande|(?:numer\w*\s|nr\s)?zamowieni\w+)(?![a-z])|(?:p\.?o\.?|purchase\sorder|bestellnummer|inkoopnummer|ordernummer|bon\sde\scommande|numer\szamowienia)\b[^.!?\n]{0,25}(?<![a-z])(?:is\s)?(?:wrong|missing|incorrect|ontbreekt|klopt niet|onjuist|fehlt|falsch|stimmt nicht|manquant|errone|incorrect|bledny|niepoprawny))(?![a-z])/,
  ],
  [
    'not_delivered',
    /(?<![a-z])(?:(?:not|never|n't|nooit|niet|nog\sniet|nicht|nie|noch\snicht|jamais|pas|nie\s(?:zostal\w*|dotarl\w*)|no|mai|non)\b[^.!?\n]{0,30}(?<![a-z])(?:deliver\w*|arriv\w*|received\s(?:the\s)?(?:goods|order|parcel|items|delivery|shipment|products?)|geleverd|aangekomen|bezorgd|gelieferte?\w*|angekommen|eingetroffen|zugestellt|livre\w*|recu\s(?:la\s|les\s|cette\s)?(?:marchandise|commande|livraison|colis)\w*|dostarcz\w*|dotar\w*|entregad\w*|consegnat\w*)|(?:goods|delivery|shipment|levering|lieferung|ware|livraison|marchandises?|dostaw\w|towar\w?|przesylk\w)\b[^.!?\n]{0,30}(?<![a-z])(?:never|not|nooit|niet|nicht|nie|jamais|pas|missing|outstanding)(?![a-z])[^.!?\n]{0,20}(?:arriv|receiv|ontvang|angekom|erhalt|eingetr|recu|livre|dotar|otrzym|geleverd|delivered|geliefert|dostarcz)?|non[- ]livr\w*|nichtlieferung|non[- ]delivery)(?![a-z])/,
  ],
  [
    'not_ordered',
    /(?<![a-z])(?:(?:not|never|n't|nooit|niet|nicht|nie|kein\w{0,2}|jamais|pas|no|geen|aucune?|mai|non|zadn\w+)\b[^.!?\n]{0,30}(?<![a-z])(?:order(?:ed)?(?!\s?(?:number|no))|besteld|bestelling\sgeplaatst|bestellt|beauftragt|auftrag\serteilt|command[ee]\w*|passe\s(?:de\s|cette\s)?commande|zamawial\w*|zamowil\w*|pedido|ordinat\w*|opdracht\sgegeven|afgenomen)|unordered|unbestellt)(?![a-z])/,
  ],
  [
    'quantity',
    /(?<![a-z])(?:quantit\w+|aantal(?:len)?|hoeveelheid|te\sweinig|menge\w*|stuckzahl|mengenabweichung|zu\swenig|teillieferung|ilosc\w*|ilosci\w*|sztuk\w?|cantidad\w*|quantita|(?:missing|short|fehlen|ontbreken|ontbreekt|manque\w*|brakuje)\b[^.!?\n]{0,30}(?<![a-z])(?:pieces|units|items|boxes|pallets?|stuks|dozen|stuck|kartons|paletten|pieces|unites|cartons|palettes|sztuk|opakowan|palet\w?)|(?:only|slechts|maar|nur|lediglich|seulement|que|tylko|jedynie)\s(?:\d{1,6}|\w{2,12})\b[^.!?\n]{0,25}(?<![a-z])(?:received|delivered|ontvangen|geleverd|erhalten|geliefert|recu\w*|livre\w*|otrzym\w*|dostarcz\w*)|(?:received|delivered|ontvangen|geleverd|erhalten|geliefert|recu\w*|livre\w*|otrzym\w*|dostarcz\w*)\b[^.!?\n]{0,25}(?<![a-z])(?:only|slechts|maar|nur|lediglich|seulement|tylko|jedynie)\s\d{1,6}|short[- ]?(?:shipped|delivered|delivery))(?![a-z])/,
  ],
  [
    'quality',
    /(?<![a-z])(?:damage[ds]?|defect\w*|broken|faulty|poor\squality|quality|beschadigd\w*|schade|kapot|gebrek\w*|kwaliteit\w*|ondeugdelijk|gebrekkig|mangel(?:haft\w*|s)?|mangelruge|beschadigt\w*|schadhaft|qualitat\w*|kaputt|fehlerhafte?\sware|qualite|abime\w*|endommag\w*|defectueu\w*|casse\w*|non[- ]conforme\w*|uszkodz\w*|wadliw\w*|jakosc\w*|wad\w|zepsut\w*|danad\w+|calidad|difettos\w*|danneggiat\w*|qualita)(?![a-z])/,
  ],
  [
    'price',
    /(?<![a-z])(?:prices?|priced|pricing|overcharged?|overpriced|rate|tariff?|discount\w*|prijs\w*|prijzen|tarie\w+|korting\w*|te\sduur|preis\w*|rabatt\w*|zu\shoch|tarifs?|prix|remise|trop\seleve|surfactur\w*|cen[aey]|ceny|cene|rabat\w*|stawk\w+|zawyzon\w+|precio\w*|descuento|prezz[oi]|sconto|agreed\s(?:amount|price|rate)|(?:amount|bedrag|betrag|montant|kwot\w)\b[^.!?\n]{0,25}(?<![a-z])(?:wrong|incorrect|too\shigh|onjuist|klopt\sniet|te\shoog|falsch|stimmt\snicht|incorrect|errone|niepraw\w+|bledn\w+|nie\szgadza))(?![a-z])/,
  ],
]

const complaint =
  /(?<![a-z])(?:disput\w*|disagree\w*|incorrect|wrong|mistake|error|object(?:ion)?|contest\w*|complain\w*|not\s(?:agree|correct|right|accept)|refuse|reject\w*|betwist\w*|klopt\sniet|kloppen\sniet|niet\s(?:akkoord|eens|correct|juist)|onjuist\w*|fout\w*|bezwaar|klacht|reclam\w*|bestreit\w*|widersprech\w*|widerspruch|reklam\w*|beanstand\w*|stimmt\snicht|nicht\s(?:korrekt|richtig|einverstanden|akzept\w*|anerkennen)|falsch\w*|fehler\w*|pas\sd'accord|desaccord|erreur\w*|errone\w*|litige|refus\w*|incorrect\w*|anomalie|nie\szgadza\w*|niezgodn\w+|kwestion\w*|sprzeciw\w*|bled\w*|bledn\w*|odrzuc\w*|no\sestamos\sde\sacuerdo|incorrect[ao]|contestiamo|errat\w|reclamo)(?![a-z])/
const refusal =
  /(?<![a-z])(?:not|n't|never|niet|geen|nooit|nicht|kein\w{0,2}|pas|jamais|aucune?|nie|brak|instead of|in plaats van|statt|anstatt|au lieu de|zamiast|but|maar|aber|mais|ale|agreed|afgesproken|vereinbart|convenu\w*|ustal\w*|wait\w*|awaiting|wachten|warten|attend\w*|czekamy|before|until|first|eerst|zuerst|d'abord|najpierw|return\w*|retour\w*)(?![a-z])/

/** Why an invoice is disputed, with the words that say so; read when the mail disputes, else from a plain complaint only. */
export function readDisputes(marked: MarkedText, isDispute: boolean): Fact[] {
  const facts: Fact[] = []
  const complaints = marked.sentences.map(({ start, end }) => complaint.test(marked.folded.slice(start, end)))
  if (!isDispute && !complaints.includes(true)) return []
  for (const [at, { start, end }] of marked.sentences.entries()) {
    const sentence = marked.folded.slice(start, end)
    const complains = complaints[at] ?? false
    // The reason often follows the complaint: "We cannot accept the invoice. Only ten were delivered."
    if (!complains && !isDispute && !complaints[at - 1]) continue
    for (const [reason, pattern] of reasons) {
      const match = pattern.exec(sentence)
      if (!match || facts.some(({ value }) => value === reason)) continue
      if (!isDispute && !refusal.test(sentence) && isPlainWord(reason)) continue
      const confidence = isDispute ? (complains ? 0.85 : 0.7) : 0.5
      facts.push(
        factOf('dispute_reason', reason, marked.text, { start: start + match.index, end: start + match.index + match[0].trimEnd().length }, confidence),
      )
    }
  }
  if (facts.length > 0 || !isDispute) return facts
  const hinted = hintedReasons(marked)
  return hinted.length > 0 ? hinted : otherReason(marked)
}

/** Words such as "price" and "credit note" stand in ordinary mails too; the other reasons are complaints by themselves. */
const isPlainWord = (reason: DisputeReason): boolean => reason === 'price' || reason === 'quantity' || reason === 'credit_note_expected'

function otherReason(marked: MarkedText): Fact[] {
  for (const { start, end } of marked.sentences) {
    const match = complaint.exec(marked.folded.slice(start, end))
    if (match) return [factOf('dispute_reason', 'other', marked.text, { start: start + match.index, end: start + match.index + match[0].length }, 0.55)]
  }
  return []
}

function hintedReasons(marked: MarkedText): Fact[] {
  const facts = marked.sentences.flatMap(({ start, end }) =>
    disputeHints.flatMap(([reason, pattern]) => {
      const match = pattern.exec(marked.folded.slice(start, end))
      return match ? [factOf('dispute_reason', reason, marked.text, { start: start + match.index, end: start + match.index + match[0].length }, 0.6)] : []
    }),
  )
  return facts.filter((fact, at) => facts.findIndex(({ value }) => value === fact.value) === at).slice(0, 2)
}
