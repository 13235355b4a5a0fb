/** VAT numbers of the countries that debtors are in, with their prefix. */
const vat =
  /\b(BE ?0?[01]?\d{3}[ .]?\d{3}[ .]?\d{3}|NL ?\d{9} ?B ?\d{2}|FR ?[A-Z0-9]{2} ?\d{3} ?\d{3} ?\d{3}|DE ?\d{3} ?\d{3} ?\d{3}|PL ?\d{3}[ -]?\d{3}[ -]?\d{2}[ -]?\d{2}|GB ?\d{3} ?\d{4} ?\d{2}|ATU ?\d{8}|LU ?\d{8}|ES ?[A-Z0-9]\d{7}[A-Z0-9]|IT ?\d{11}|CHE[- ]?\d{3}[. ]?\d{3}[. ]?\d{3})\b/gi
const labelled =
  /\b(?:kvk|k\.v\.k\.?|handelsregister|siren|siret|rcs|r\.c\.s\.?|nip|regon|krs|kbo|bce|rpr|rpm|btw|tva|vat|ust-?id\.?(?:-?nr)?|company (?:no|number|reg\w*)|registered (?:no|number)|ondernemingsnummer|num[eé]ro d['’]entreprise|hr[ab])(?:[\s.:#°-]{0,4}(?:nr|no|numm?er|id|number|in england(?: and wales)?|[A-Z][\p{L}-]{2,20})[\s.:#°-]{0,4}|[\s.:#°-]{1,5})((?:[A-Z]{2})?\d(?:[\s.-]?\d){5,13})/giu

/** Every number that counts has seven digits in a row, whatever stands between them. */
const sevenDigits = /\d(?:[\s.-]?\d){6}/

/** Company and VAT numbers, each with and without its country's prefix; keys have letters and digits only. */
export function findCompanyNumbers(text: string): { key: string; weak: boolean }[] {
  if (!sevenDigits.test(text)) return []
  const written = [...[...text.matchAll(vat)].map(([whole]) => whole), ...[...text.matchAll(labelled)].map(match => match[1] ?? '')]
  const keys = written.flatMap(number => {
    const bare = number.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')
    const local = bare.replace(/^(BE|NL|FR|DE|PL|GB|LU|ES|IT)(?=[A-Z]?\d)/, '')
    // The first two characters of a French VAT number are a key of its own; the company number follows.
    return bare.startsWith('FR') && bare.length === 13 ? [bare, bare.slice(4)] : [bare, local]
  })
  return [...new Set(keys)].filter(key => key.replaceAll(/\D/g, '').length >= 7).map(key => ({ key, weak: false }))
}
