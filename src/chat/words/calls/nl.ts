import type { CallWords } from './en.ts'

/** Telefoongesprekken uit workflows, in het Nederlands. */
export const callsNl: CallWords = {
  line: (debtor: string) => `Bellen · ${debtor}`,
  late: (days: number) => (days === 0 ? 'vervalt vandaag' : days === 1 ? '1 dag te laat' : `${days} dagen te laat`),
  tried: (times: number) => (times === 1 ? 'Eén keer gebeld, geen gehoor.' : `${times} keer gebeld, geen gehoor.`),
  why: (step: string, workflow: string, version: string, since: string, days: string) =>
    `Waarom nu: stap ‘${step}’ van de workflow ‘${workflow}’ (instellingen ${version}) is aan de beurt sinds ${since}; de oudste post is ${days} dagen te laat.`,
  phone: 'Telefoon',
  noPhone: 'Geen nummer bekend in de administratie',
  toAsk: 'Te vragen',
  nothingOpen: 'Van dit gesprek staat niets meer open. Het verdwijnt vanzelf van de lijst.',
  reached: 'Gesproken',
  noAnswer: (day: string) => `Geen gehoor → ${day}`,
  skip: 'Gesprek overslaan',
  note: 'Notitie schrijven',
  outcome: 'Wat kwam eruit',
  outcomes: { promise: 'Betaalbelofte', dispute: 'Geschil', paid: 'Zegt betaald te hebben', reached: 'Gesproken, verder niets' },
  amount: (currency: string) => `Toegezegd of betwist bedrag (${currency}), leeg: alles`,
  disputeReason: 'Bij een geschil: waarover',
  said: 'Wat er gezegd is',
  formHint: 'Vul in wat bij de uitkomst hoort. Wat er gezegd is, wordt bewaard als notitie of bij het geschil.',
  skipReasons: { in_contact: 'We hebben al contact', no_number: 'Geen nummer om te bellen', not_useful: 'Bellen helpt hier niet', other: 'Andere reden' },
  skipHint: 'De workflow gaat verder met de volgende stap.',
  amountOfOne: 'Een bedrag hoort bij één debiteur: noem de facturen van één debiteur, of laat het bedrag leeg.',
  over: 'Dit gesprek wacht niet meer.',
  wasDone: (debtor: string) => `Genoteerd: ${debtor} is gebeld. De workflow gaat verder.`,
  wasMoved: (debtor: string, day: string) => `Geen gehoor bij ${debtor}: opnieuw op ${day}.`,
  wasSkipped: (debtor: string) => `Overgeslagen: ${debtor} wordt niet gebeld. De workflow gaat verder.`,
  takeBack: 'Terugnemen',
  tooLate: 'Dit kan niet meer worden teruggenomen: de dag is voorbij, of de workflow is verdergegaan.',
  wasTakenBack: (debtor: string) => `Teruggenomen: ${debtor} moet weer gebeld worden. Wat genoteerd is, blijft staan.`,
}
