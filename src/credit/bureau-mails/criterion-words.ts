import type { Criterion } from '../values/criteria.ts'

// The words by which alert mails and event rules name a criterion, without accents, in English, Dutch, French, German and Polish. Assumed:
// no list of the bureau's own words is public. What none of them fits is kept without a criterion, and asks for no report.
const words: [Criterion, RegExp][] = [
  ['contract_limit', /contract ?limi|limite (de |du )?contrat|vertragslimit|limit(u)? kontrakt/],
  ['credit_limit', /credit ?limi|limite (de |du )?credit|encours|krediet ?limi|kreditlimit|limit(u)? kredyt/],
  ['international_rating', /international|risk (class|band)|classe de risque|risicoklasse|risikoklasse|klas[ay] ryzyka|miedzynarodow/],
  ['insolvency', /insolv|bankrupt|liquidat|receivership|faillite|redressement judiciaire|sauvegarde|faillissement|surseance|konkurs|upadlosc|niewyplacaln/],
  ['judgments', /judge?ment|court decision|\bccj|jugement|vonnis|rechterlijke uitspraak|urteil|wyrok|nakaz zaplaty/],
  ['privileges', /privileg|preferential right|voorrecht|vorrecht|przywilej/],
  ['days_beyond_terms', /\bdbt\b|days beyond terms|retard de paiement|betalingsachterstand|zahlungsverzug|opoznieni\w* w platno/],
  ['score', /\bscor|kredietscore|bonitat|ocena (kredytow|punktow)/],
  ['parent', /parent|societe mere|maison mere|moeder|mutter|dominujac/],
  ['name', /company name|change of name|trade ?name|denomination|raison sociale|(bedrijfs|handels)?naam\b|naamswijziging|firmenname|namensanderung|nazw[ay]/],
  ['address', /address|adres|anschrift|siedzib/],
  ['status', /status|statut|\betat\b/],
]

/** The criterion that a rule's name or a line of a mail speaks of; the graver and the more exact one where several fit. */
export function criterionIn(text: string): Criterion | undefined {
  const plain = foldText(text)
  return words.find(([, pattern]) => pattern.test(plain))?.[0]
}

/** What is told at once: who may be lost by tomorrow. */
export const hardStops: readonly Criterion[] = ['insolvency', 'judgments', 'privileges', 'status']

/** Small letters without accents, one blank between words. */
export const foldText = (text: string): string =>
  text.normalize('NFKD').replaceAll(/\p{M}/gu, '').replaceAll(/[Łł]/g, 'l').toLowerCase().replaceAll(/\s+/g, ' ').trim()
