import { type AmountMention, toDecimal } from './find-amounts.ts'

const number = /(?<![\w.,/'-])(?:\d{1,3}(?:[ .,']\d{3}(?!\d)){1,2}|\d{2,6})(?![\w%°]|[.,:/-]\d|-[a-z])/g
/** What stands before a number that counts or names something else. */
const naming =
  /(?:(?<![a-z])(?:invoices?|inv|bills?|factu(?:ur|ren)|fact|rechnung(?:en)?|factures?|faktur\w*|fv|facturas?|fattur[ae]|nr|nrs|no|num(?:mer|ber|ero)\w*|order\w*|bestel\w*|zamowieni\w*|commande|pedido|ordine|po|ref|reference|referentie|kenmerk|kunde\w*|klant\w*|client|customer|account|konto|dossier|ticket|case|contract|vertrag|umow\w+|position|pos|regel|line|week|wk|kw|semaine|art|artikel|article|room|kamer|zimmer|unit|building|since|sinds|seit|depuis|year|jaar|jahr|annee|rok\w?|tel|phone|vat|btw|kvk|nip|plot|page|pagina|seite)[\s.:°#]{0,3}|#\s?|[a-z]-\s?)$/
/** What stands behind a number that counts something else than money. */
export const counted =
  /^\s?(?:%|percent|procent|prozent|pour\scent|x(?![a-z])|(?:st(?:uks?|uck|k)?|pcs|pieces?|units?|items?|boxes|pallets?|cartons?|kartons?|dozen|kisten|bottles|flessen|flaschen|bouteilles|butelek|palet\w*|szt\w*|sztuk\w*|dagen|dag|days?|tage?n?|jours?|dni|dias?|giorni|werkdagen|working|business|weken|weeks?|wochen?|semaines?|tygodni[aeu]?|months?|maanden|monate?n?|mois|miesiac\w*|miesiecy|years?|jaar|jahre?n?|ans|lat|hours?|hrs?|uur|uren|stunden?|heures?|godzin\w*|minut\w*|invoices?|facturen|rechnungen|factures|faktur\w*|raten|rates?|termijnen|instalments?|installments?|mensualites|rat(?:y|ach)?|keer|mal|times|fois|razy|veces|volte|km|kg|ton\w*|m2|m3|liters?|litres?|stopni|people|man|persons?|mensen|leute|osob\w*)(?![a-z]))/

/**
 * Numbers that may be money said without a currency ("I can pay 200 now"), in a folded text, in order. Only who knows
 * that the words around one speak of paying may take it for an amount.
 */
export function findPlainNumbers(folded: string, language: string): AmountMention[] {
  const found: AmountMention[] = []
  for (const match of folded.matchAll(number)) {
    const [start, end] = [match.index, match.index + match[0].length]
    const before = folded.slice(Math.max(0, start - 24), start)
    // Polish "po 310" is "310 each".
    const isNamed = naming.test(before) && !(language === 'pl' && before.endsWith(' po '))
    if (isNamed || counted.test(folded.slice(end, end + 24))) continue
    const value = toDecimal(match[0], false)
    if (value === undefined || Number(value) < smallest || isYear(match[0])) continue
    found.push({ start, end, value, currency: undefined })
    if (found.length === 100) break
  }
  return found
}

/** Smaller numbers count days and pieces more often than money. */
const smallest = 20
const isYear = (written: string): boolean => /^20[12]\d$/.test(written)
