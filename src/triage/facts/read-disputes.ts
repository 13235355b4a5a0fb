import { classifyDispute } from '../local/classify-dispute.ts'
import { assertedFrom, type DisputeReason, type Fact } from '../reading.ts'
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
    /(?<![a-z])(?:dubbel\w*|twee\s?(?:keer|maal)|twice|duplicates?|duplicated|double\s(?:bill|invoic|charg)\w*|invoiced\sdouble|doppelt\w*|zweimal|zweifach|double(?:\sfactur\w+|s)?|deux\sfois|doublon|en\sdouble|en double|dwukrotnie|dwa\srazy|podwojn\w+|zdublowan\w+|duplikat(?!\w*\s(?:faktur|rechnung|fv))|duplicad\w|due\svolte|dos\sveces)(?![a-z])/,
  ],
  [
    'wrong_po',
    /(?<![a-z])(?:(?:wrong|incorrect|missing|no|without|invalid|verkeerde?|onjuiste?|foute?|ontbre\w+|geen|zonder|falsche?|fehlende?|fehlt|ohne|keine|mauvais|sans|manque\w*|absence d[eu]|errone\w*|bledn\w+|brak|brakuje|bez|niepraw\w+)\b[^.!?\n]{0,30}(?<![a-z])(?:p\.?o\.?(?:[\s-]?(?:number|nummer|nr|reference))?|purchase\sorder\w*|bestel\w*|inkoop\w*|ordernummer|bestellnummer|bestellung|bon\sde\scommande|numero\sde\scommande|(?:numer\w*\s|nr\s)?zamowieni\w+)(?![a-z])|(?:p\.?o\.?|purchase\sorder|bestellnummer|inkoopnummer|bestelnummer|ordernummer|(?:bon|numero)\sde\scommande|numer\szamowienia|order\snumber)\b[^.!?\n]{0,25}(?<![a-z])(?:is\s)?(?:wrong|missing|incorrect|ontbreekt|klopt niet|onjuist|fout|verkeerd|fehlt|falsch|stimmt nicht|manquant|errone|incorrect|faux|pas (?:le )?bon|bledny|niepoprawny|nie zgadza))(?![a-z])/,
  ],
  [
    'not_delivered',
    /(?<![a-z])(?:(?:not|never|[a-z]{2,6}n't|nooit|niet|nog\sniet|nicht|nie|noch\snicht|jamais|pas|nie\s(?:zostal\w*|dotarl\w*)|no|nunca|mai|non)\b[^.!?\n]{0,30}(?<![a-z])(?:deliver\w*|arriv\w*|received\s(?:the\s)?(?:goods|order|parcel|items|delivery|shipment|products?)|geleverd|aangekomen|bezorgd|gelieferte?\w*|angekommen|eingetroffen|zugestellt|livre\w*|recu\s(?:la\s|les\s|cette\s)?(?:marchandise|commande|livraison|colis)\w*|dostarcz\w*|dotar\w*|entregad\w*|consegnat\w*)|(?:goods|delivery|shipment|levering|lieferung|ware|livraison|marchandises?|dostaw\w|towar\w?|przesylk\w|merce|mercancia|pedido)\b[^.!?\n]{0,30}(?<![a-z])(?:never|not|[a-z]{2,6}n't|non|no|nooit|niet|nicht|nie|jamais|pas|missing|outstanding)(?![a-z])[^.!?\n]{0,20}(?:arriv|receiv|ontvang|angekom|erhalt|eingetr|recu|livre|dotar|otrzym|geleverd|delivered|geliefert|dostarcz)?|non[- ]livr\w*|nichtlieferung|non[- ]delivery)(?![a-z])/,
  ],
  [
    'not_ordered',
    /(?<![a-z])(?:(?:not|never|n't|nooit|niet|nicht|nie|kein\w{0,2}|jamais|pas|no|nunca|geen|aucune?|mai|non|zadn\w+)\b[^.!?\n]{0,30}(?<![a-z])(?:order(?:ed)?(?!\s?(?:number|no))|asked\sfor\s(?:this|these|that|it)|requested|pedimos|pedi|solicitamos|besteld|bestelling\sgeplaatst|bestellt|beauftragt|auftrag\serteilt|command[ee]\w*|passe\s(?:de\s|cette\s)?commande|zamawial\w*|zamowil\w*|pedido|ordinat\w*|opdracht\sgegeven|afgenomen)|bestelling\s[^.!?\n]{0,20}(?:nooit|niet)\s(?:geplaatst|gedaan)|[a-z]{2,6}n't\s(?:order|request)(?:ed)?\s(?:this|these|that|it|any)|unordered|unbestellt)(?![a-z])/,
  ],
  [
    'quantity',
    /(?<![a-z])(?:quantit\w+|aantal(?:len)?|hoeveelheid|te\sweinig|menge\w*|stuckzahl|mengenabweichung|zu\swenig|teillieferung|ilosc\w*|ilosci\w*|sztuk\w?|cantidad\w*|quantita|(?:missing|short|fehlen|ontbreken|ontbreekt|manque\w*|brakuje)\b[^.!?\n]{0,30}(?<![a-z])(?:pieces|units|items|boxes|cartons?|pallets?|stuks|dozen|kartonow|kartony|pudel\w*|stuck|kartons|paletten|pieces|unites|cartons|palettes|sztuk|opakowan|palet\w?)|(?:only|slechts|maar|nur|lediglich|seulement|que|tylko|jedynie)\s(?:\d{1,6}|\w{2,12})\b[^.!?\n]{0,25}(?<![a-z])(?:received|delivered|ontvangen|geleverd|erhalten|geliefert|recu\w*|livre\w*|otrzym\w*|dostarcz\w*|binnen\w*|aangekomen|arrive\w*|angekommen|dotar\w*)|(?:received|delivered|ontvangen|geleverd|erhalten|geliefert|recu\w*|livre\w*|otrzym\w*|dostarcz\w*)\b[^.!?\n]{0,25}(?<![a-z])(?:only|slechts|maar|nur|lediglich|seulement|tylko|jedynie)\s\d{1,6}|short[- ]?(?:shipped|delivered|delivery))(?![a-z])/,
  ],
  [
    'quality',
    /(?<![a-z])(?:damage[ds]?|defect\w*|broken|faulty|poor\squality|quality|beschadigd\w*|schade|kapotte?|gebrek\w*|kwaliteit\w*|ondeugdelijk|gebrekkig|mangel(?:haft\w*|s)?|mangelruge|beschadigt\w*|schadhaft|qualitat\w*|kaputt|fehlerhafte?\sware|qualite|abime\w*|endommag\w*|defectueu\w*|casse\w*|non[- ]conforme\w*|uszkodz\w*|wadliw\w*|jakosc\w*|wad\w|zepsut\w*|danad\w+|calidad|difettos\w*|danneggiat\w*|qualita)(?![a-z])/,
  ],
  [
    'price',
    /(?<![a-z])(?:prices?|priced|pricing|overcharged?|overpriced|rate|tariff?|discount\w*|prijs\w*|prijzen|tarie\w+|korting\w*|te\sduur|preis\w*|rabatt\w*|zu\shoch|tarifs?|prix|remise|trop\seleve|surfactur\w*|cen[aey]|ceny|cene|rabat\w*|stawk\w+|zawyzon\w+|precio\w*|descuento|prezz[oi]|sconto|agreed\s(?:amount|price|rate)|(?:amount|bedrag|betrag|montant|kwot\w)\b[^.!?\n]{0,25}(?<![a-z])(?:wrong|incorrect|too\shigh|onjuist|klopt\sniet|te\shoog|falsch|stimmt\snicht|incorrect|errone|niepraw\w+|bledn\w+|nie\szgadza))(?![a-z])/,
  ],
]

/**
 * Why an invoice is disputed, with the words that say so. In a mail that disputes, the classifier and the words decide
 * together on the reason that fits best; in any other only a complaint in so many words counts.
 */
export function readDisputes(marked: MarkedText, isDispute: boolean, subject: string): Fact[] {
  if (!isDispute) return plainComplaints(marked)
  const named = new Map<Fact['value'], { fact: Fact; weight: number }>()
  for (const fact of hintedReasons(marked)) named.set(fact.value, { fact, weight: weights.hint })
  for (const fact of namedReasons(marked)) named.set(fact.value, { fact, weight: isPlainWord(fact.value) ? weights.hint : weights.word })
  for (const fact of plainComplaints(marked)) named.set(fact.value, { fact, weight: weights.complaint })
  const told = classifyDispute({ subject, replyText: marked.text, language: marked.language })
    .filter(({ reason }) => !(reason === 'not_delivered' && isAboutPaper(marked)) && !(reason === 'quantity' && isAboutTax(marked)))
    .map(held => ({ ...held, fact: named.get(held.reason)?.fact, weight: held.score + (named.get(held.reason)?.weight ?? 0) }))
    .toSorted((a, b) => b.weight - a.weight)
  return told.flatMap(({ reason, confidence, evidence, fact }, place) => {
    const span = fact?.evidence ?? evidence
    if (span === undefined || (place > 0 && (fact === undefined || confidence < second))) return []
    return [factOf('dispute_reason', reason, marked.text, span, Math.min(Math.max(confidence, assertedFrom), 0.9))]
  })
}

/** What words weigh beside the score of the classifier (0 to 1): the plainer they say it, the more. */
const weights = { hint: 0.05, word: 0.15, complaint: 0.3 }
/** From this confidence on a reason stands beside the best one. */
const second = 0.7
/** Words such as "price" and "credit note" stand in ordinary mails too; the other reasons are complaints by themselves. */
const isPlainWord = (reason: Fact['value']): boolean => reason === 'price' || reason === 'quantity' || reason === 'credit_note_expected'

function namedReasons(marked: MarkedText): Fact[] {
  return marked.sentences.flatMap(({ start, end }) => {
    const sentence = marked.folded.slice(start, end)
    return reasons.flatMap(([reason, pattern]) => {
      const match = pattern.exec(sentence)
      const span = match && { start: start + match.index, end: start + match.index + match[0].trimEnd().length }
      return span ? [factOf('dispute_reason', reason, marked.text, span, assertedFrom)] : []
    })
  })
}

const goods =
  /(?<![a-z])(?:goods|parcel|shipment|items?|pallets?|delivery|deliveries|order|goederen|pakket\w*|zending|levering\w*|bestelling|spullen|ware|waren|paket\w*|lieferung\w*|sendung|bestellung|marchandises?|colis|livraisons?|commande|towar\w*|paczk\w+|przesylk\w+|dostaw\w+|zamowieni\w+|merce|pedido|mercancia)(?![a-z])/
const paperMissing =
  /(?<![a-z])(?:factu(?:ur|ren)|rekening\w*|invoices?|bills?|rechnung\w*|factures?|faktur\w*|fatture?|facturas?|mails?|e-mails?|pdf)\s(?:[a-z0-9/-]{1,14}\s){0,4}(?:not|never|[a-z]{2,6}n't|nooit|niet|nicht|nie|jamais|pas|non|no|nunca|mai)\s(?:[a-z]{1,12}\s){0,3}(?:arriv|receiv|deliver|ontvang|aangekomen|bezorgd|binnen|angekommen|erhalten|eingegangen|recue?|arrivee?|parvenue?|dotarl|dostarcz|otrzyma|llegado|recibid|arrivat|ricevut)/
const paper = /(?<![a-z])(?:factu(?:ur|ren)|invoices?|rechnung(?:en)?|factures?|faktur\w{1,3}|e-?mails?|pdf|copy|copie|kopi[ae])(?![a-z])/
/** "Faktura nie dotarła": the invoice did not arrive, not what it is for. */
const isAboutPaper = ({ folded }: MarkedText): boolean => paperMissing.test(folded) && !goods.test(folded)

/** "19 % statt 7 % MwSt": the numbers are no pieces. */
const isAboutTax = ({ folded }: MarkedText): boolean =>
  /\d\s?%/.test(folded) && /(?<![a-z])(?:vat|btw|tva|mwst|mehrwertsteuer|umsatzsteuer|iva)(?![a-z])/.test(folded)

/** A count of pieces, no day: "40 cartons", not "le 10 avril". */
const pieces = String.raw`(?:(?!(?:le|du|on|op|am|vom|van|dnia|of|von|z)\s)[a-z]{1,8}\s){0,2}\d{1,5}(?!\d|[.,/-]\d|\s?(?:%|eur|€)|\.?\s?(?:jan|fe[bv]|m[a]?rz|mar|avr|apr|ma[iyj]|mei|jui|jun|jul|lip|aou|aug|sie|sep|wrz|o[ck]t|paz|nov|lis|de[cz]|gru))`
const billed =
  '(?:billed|charged|invoiced|berekend|gefactureerd|berechnet|abgerechnet|(?:nous|avez|a|est)\\sfacture[z]?|^facture|(?<=[,:]\\s)facture|facturee?s|zafakturowano|policzono|naliczono)'
const got =
  '(?:received|delivered|got|arrived|kregen|ontvangen|geleverd|erhalten|geliefert|bekommen|recue?s?|livree?s?|dostalismy|otrzymalismy|przyszlo|dotarlo)'
/** "Billed for 40, 32 received." */
const billedOtherwise = new RegExp(
  `(?<![a-z])(?:${billed}\\s${pieces}[^.!?\\n]{0,50}(?<![a-z])${got}\\s${pieces}|${got}\\s${pieces}[^.!?\\n]{0,40}(?<![a-z])${billed}\\s${pieces})`,
)

/** Complaints in so many words, believed even in a mail that is not taken for a dispute. */
const plain: readonly (readonly [DisputeReason, RegExp])[] = [
  [
    'not_delivered',
    /(?<![a-z])(?:(?:was|were|has|have)\s(?:never|not|n't)\s(?:been\s)?delivered|(?:is|zijn|werd|werden)\snooit\s(?:bij\sons\s)?(?:geleverd|aangekomen|bezorgd)|(?:wurden?|ist|sind)\snie(?:mals)?\s(?:bei\suns\s)?(?:geliefert|angekommen|zugestellt)|n'(?:a|ont)\sjamais\sete\s(?:livree?s?|recue?s?)|n'(?:est|sont)\sjamais\sarrivee?s?|nigdy\s(?:nam\s)?nie\s(?:zostal\w{0,2}\s)?(?:dostarczon\w|dotar\w{1,3}|dostarczono))(?![a-z])/,
  ],
  ['quantity', billedOtherwise],
  [
    'other',
    /(?<![a-z])(?:(?:we|i)\s(?:hereby\s|must\s|do\s)?(?:dispute|contest)|(?:wij|we|ik)\s(?:betwist(?:en)?|reclameren)|betwist(?:en)?\s(?:wij|we|ik)|(?:wir|ich)\s(?:reklamieren?|bestreiten?|beanstanden?)|(?:reklamieren?|bestreiten?|beanstanden?)\s(?:wir|ich)|(?:nous|je)\s(?:la\s|le\s|les\s)?conteste(?:ns)?|nous\s(?:la\s|le\s|les\s)?contestons|(?<!nie\s)(?:reklamujemy|reklamuje|kwestionujemy|kwestionuje)|(?:skladam(?:y)?|zglaszam(?:y)?)\sreklamacje|(?:contestiamo|impugnamos|reclamamos))(?![a-z])(?![^,.;!?\n]{0,40}(?<![a-z])(?:not|niet|nicht|pas|nie|non)(?![a-z]))/,
  ],
  [
    'not_delivered',
    /(?<![a-z])(?:(?:goods|delivery|parcel|shipment|order|goederen|levering|bestelling|zending|ware|lieferung|sendung|marchandises?|colis|livraison|commande|towar\w?|przesylk\w|dostaw\w|merce|mercancia|pedido)\s(?:[a-z]{1,10}\s){0,4}(?:never|not|[a-z]{2,6}n't|nooit|niet|nicht|nie|jamais|pas|non|no)\s(?:[a-z]{1,10}\s){0,3}(?:arrived?|delivered|received|aangekomen|geleverd|ontvangen|bezorgd|eingetroffen|angekommen|geliefert|erhalten|arrivee?s?|livree?s?|recue?s?|dotar\w{1,3}|dostarczon\w|arrivat\w|consegnat\w|llegado|recibido)|(?:no|non)\s(?:hemos|abbiamo)\s(?:[a-z]{1,8}\s)?(?:recibido|ricevuto)\s(?:la|el|il)\s(?:mercancia|pedido|merce)|(?:not|[a-z]{2,6}n't)\s(?:yet\s)?(?:received|had)\s(?:the|our|any|these|those)\s(?:goods|order|parcel|delivery|items|shipment)|pas\s(?:encore\s)?recu\s(?:la|les|notre|le)\s(?:marchandises?|commande|colis|livraison)|nie\s(?:otrzyma\w+|dosta\w+)\s(?:jeszcze\s|do\sdzis\s)?(?:towaru|przesylki|dostawy|zamowienia)|(?:delivery|order|levering|bestelling|lieferung|livraison|commande|dostaw\w)\sis\sstill\smissing)(?![a-z])/,
  ],
  [
    'quality',
    /(?<![a-z])(?:(?:arrived|delivered|came|was|were|geleverd|aangekomen|kwam(?:en)?|kam(?:en)?|geliefert|war(?:en)?|arrivee?s?|livree?s?|przysz\w{1,4}|dotar\w{1,3}|dostarczon\w|llego|arrivat\w)\s(?:[a-z]{1,10}\s){0,2}(?:damaged|broken|cracked|defective|smashed|crushed|dented|torn|stained|soaked|mouldy|beschadigd|kapot|stuk|gescheurd|gebroken|bevlekt|verbogen|nat|beschadigt|kaputt|defekt|zerbrochen|zerrissen|verfleckt|verbogen|verkratzt|nass|dechiree?s?|tachee?s?|brisee?s?|ecrasee?s?|mouillee?s?|poplamion\w|podart\w|polaman\w|porysowan\w|zgniecion\w|zniszczon\w|zalan\w|endommagee?s?|cassee?s?|abimee?s?|uszkodzon\w|zepsut\w|peknit\w|danad\w|danneggiat\w|rott[aoie])|(?:beschadigd|kapot|beschadigt|defekt|uszkodzon\w)\s(?:geleverd|aangekomen|binnengekomen|angekommen|geliefert|eingetroffen|dostarczon\w))(?![a-z])/,
  ],
  [
    'quantity',
    /(?<![a-z0-9])(?:(?:only|maar|slechts|nur|lediglich|seulement|tylko|jedynie|solo)\s\d{1,6}\s(?:of\sthe|van\sde|von(?:\sden)?|sur\s(?:les\s)?|z)\s?\d{1,6}|(?:van\sde|of\sthe|von(?:\sden)?|sur\sles|z)\s\d{1,6}\s[a-z]{2,14}\s[^.!?\n]{0,20}(?:only|maar|slechts|nur|lediglich|seulement|tylko|jedynie)\s\d{1,6})(?![a-z0-9])/,
  ],
  [
    'duplicate',
    /(?<![a-z])(?:(?:rekening|factuur|rechnung|facture|invoice|faktur\w)\s[^.!?\n]{0,40}(?:dubbel\s(?:gekregen|ontvangen|gefactureerd|gestuurd)|twice|doppelt\s(?:erhalten|bekommen|gestellt|berechnet)|deux\sfois|en\sdouble|dwukrotnie|dwa\srazy)|(?:billed|invoiced|charged)\s(?:us\s)?twice)(?![a-z])/,
  ],
  [
    'not_ordered',
    /(?<![a-z])(?:order|bestelling|opdracht|abonnement|auftrag|bestellung|abo|commande|abonnement|zamowieni\w|subscription|contract)\s(?:[a-z0-9-]{1,12}\s){0,5}(?:cancel+ed|geannuleerd|opgezegd|storniert|gekundigt|widerrufen|annulee?|resiliee?|anulowan\w|odwolan\w)(?![a-z])/,
  ],
  ['price', /\d\s?%\s[^.!?\n\d]{0,25}(?<![a-z])(?:statt|anstatt|instead\sof|in\splaats\svan|au\slieu\sde|zamiast|not|nicht|niet|nie)\s\d{1,2}\s?%/],
  [
    'price',
    /(?<![a-z])(?:agreed|afgesproken|overeengekomen|vereinbart|abgemacht|convenu\w*|umowi\w+|ustali\w+|concordat\w|acordad\w)\s[^.!?\n]{0,40}\d[^.!?\n]{0,40}(?<![a-z])(?:not|niet|nicht|(?:et\s)?(?:pas|non)|nie|no|a\sna\sfakturze\sjest|en\su\srekent|and\syou)\s(?:[a-z]{1,10}\s){0,2}[€£$]?\s?\d/,
  ],
  [
    'price',
    /(?<![a-z])(?:quote[ds]?|quotation|agreed|offerte|afgesproken|angebot|vereinbart|devis|convenu|ofert\w{1,2}|ustalon\w{1,2})\s[^.!?\n]{0,60}\d[^.!?\n]{0,60}(?<![a-z])(?:billed|charged|invoiced|berekend|gefactureerd|berechnet|in\srechnung|facturee?s?|naliczon\w|zafakturowan\w)(?![a-z])/,
  ],
]
const plainConfidence = 0.55

/** "Where is our credit note?", "we have been waiting for it since March": one that is owed, asked for or told; not "once it is in". */
const creditOwed =
  /(?<![a-z])(?:where(?:'s|\sis)\s(?:the|our|my|that)\scredit(?:\snote)?|(?:still|been)\s(?:waiting|awaiting)\s(?:for|on)?\s?(?:the|our|your|a|that)\scredit(?:\snote)?|when\s(?:can|will|do)\s(?:we|i|you)\s(?:[a-z]{1,8}\s){0,3}(?:the|our|a|that)\scredit(?:\snote)?|waar\sblijft\s(?:de|onze|uw|mijn|die)\scredit\w*|wacht(?:en)?\s(?:wij\s|we\s|ik\s)?(?:nog\s)?(?:(?:steeds|altijd|al|sinds)\s(?:[a-z]{2,12}\s){0,3})?op\s(?:de|een|uw|onze|die|jullie)\scredit\w*|wanneer\s(?:komt|krijg\w*|ontvang\w*)\s(?:wij\s|we\s|ik\s)?(?:de|een|onze|die|uw)\scredit\w*|wo\sbleibt\s(?:die|unsere|ihre|meine)\sgutschrift\w*|(?:warten?|warte)\s(?:wir\s|ich\s)?(?:[a-z]{2,10}\s){0,4}auf\s(?:die|eine|ihre|unsere|meine|eure)\sgutschrift\w*|wann\s(?:kommt|bekommen|erhalten)\s(?:wir\s)?(?:die|unsere|eine|ihre)\sgutschrift\w*|ou\s(?:en\s)?est\s(?:notre|l'|mon|votre|cet\s)\s?avoir|(?:attend(?:s|ons)?)\s(?:toujours|encore|depuis\s[^.!?\n]{2,20})\s(?:l'|votre|notre|un|mon)\s?avoir|quand\s(?:recevrons|aurons|recevrai|aurai)[- ](?:nous|je)\s(?:l'|notre|un|mon)\s?avoir|gdzie\s(?:jest\s)?(?:nasza\s|moja\s|ta\s)?(?:faktura\skorygujaca|korekta)|(?:czekam(?:y)?)\s(?:[a-z]{1,12}\s){0,4}na\s(?:[a-z]{2,9}\s)?(?:korekte|fakture\skorygujaca)|kiedy\s(?:[a-z]{2,12}\s){0,2}(?:korekte|fakture\skorygujaca|korekta))(?![a-z])/

function plainComplaints(marked: MarkedText): Fact[] {
  return marked.sentences.flatMap(({ start, end }) => {
    const sentence = marked.folded.slice(start, end)
    const owed = creditOwed.exec(sentence)
    const span = owed && { start: start + owed.index, end: start + owed.index + owed[0].length }
    if (span) return [factOf('dispute_reason', 'credit_note_expected', marked.text, span, plainConfidence)]
    if (sentence.endsWith('?')) return []
    const isOfPaper = paper.test(sentence) && !goods.test(sentence)
    return plain.flatMap(([reason, pattern]) => {
      const match = reason === 'not_delivered' && isOfPaper ? null : pattern.exec(sentence)
      return match
        ? [factOf('dispute_reason', reason, marked.text, { start: start + match.index, end: start + match.index + match[0].length }, plainConfidence)]
        : []
    })
  })
}

function hintedReasons(marked: MarkedText): Fact[] {
  return marked.sentences.flatMap(({ start, end }) =>
    disputeHints.flatMap(([reason, pattern]) => {
      const match = pattern.exec(marked.folded.slice(start, end))
      return match ? [factOf('dispute_reason', reason, marked.text, { start: start + match.index, end: start + match.index + match[0].length }, 0.6)] : []
    }),
  )
}
