import type { RiskWords } from './en.ts'

/** What is at risk, in Dutch. */
export const riskNl: RiskWords = {
  help: 'wat er op het spel staat: bij één debiteur, bij uw klanten of in de hele portefeuille',
  title: 'Risico van de portefeuille',
  ownTitle: 'Risico van uw klanten',
  summary: (value: string, debtors: number) => `${value} op het spel bij ${debtors === 1 ? '1 debiteur' : `${debtors} debiteuren`}`,
  none: 'Niets is vervallen en er loopt geen ernstige zaak: er staat niets op het spel.',
  overdueShare: 'Aandeel vervallen',
  share: (overdue: string, balance: string, percent: string) => `${percent} (${overdue} van ${balance})`,
  over90: 'Meer dan 90 dagen vervallen',
  meaning: 'Op het spel staat wat vervallen is, en alles wat openstaat waar een insolventie of een juridische zaak loopt.',
  noBureau: 'Er is geen kredietbureau verbonden: ratings en kredietlimieten zijn niet bekend.',
  debtorTitle: (name: string) => `Risico van ${name}`,
  atRisk: 'Op het spel',
  oldest: 'Oudste vervallen post',
  days: (count: number) => `${count} dagen te laat`,
  pays: 'Hoe er betaald wordt',
  broken: (count: number) => (count === 1 ? '1 gebroken belofte' : `${count} gebroken beloftes`),
  disputes: (count: number) => (count === 1 ? '1 betwisting' : `${count} betwistingen`),
  grave: 'insolventie of juridische zaak',
  signs: 'Tekenen',
  noSigns: 'geen',
  rating: 'Rating en limiet',
  mine: 'Alleen mijn klanten',
  all: 'Hele portefeuille',
  back: 'Alles wat op het spel staat',
}
