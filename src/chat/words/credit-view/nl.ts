import type { CreditViewWords } from './en.ts'

const debtors = (count: number) => (count === 1 ? '1 debiteur' : `${count} debiteuren`)

/** How credit risk is looked at: lists, the company's card, history, coverage and tips, in Dutch. */
export const creditViewNl: CreditViewWords = {
  // the portfolio
  weighed: (value: string, open: string, count: number) => `${value} op het spel van ${open} openstaand, bij ${debtors(count)}`,
  ofOpen: (value: string, open: string) => `${value} van ${open}`,
  insured: (amount: string) => `${amount} verzekerd`,
  limitUsed: (percent: string) => `limiet voor ${percent} gebruikt`,
  noLimit: 'geen krediet geadviseerd',
  unrated: 'geen rating',
  wasRated: (before: string) => `een week geleden ${before}`,
  scoreMoved: (points: string) => `score ${points} in een week`,
  weights: (letters: string, facts: string) => `Op het spel staat wat openstaat en niet verzekerd is, naar gewicht: ${letters}; ${facts}. Het hoogste telt.`,
  weightNames: {
    unrated: 'geen rating',
    judgment: 'vonnis of voorrecht',
    longOverdue: '90 dagen vervallen',
    inactive: 'niet actief',
    insolvency: 'insolventie',
  },
  dataOf: (at: string) => `Gegevens van het kredietbureau van ${at}.`,
  onlyRating: (letter: string) => `Alleen ${letter}`,
  everyRating: 'Elke rating',
  weekly: (administration: string) => `Risico van de week: ${administration}`,
  // one debtor
  bureauSays: (bureau: string, day: string) => `${bureau}, ${day ? `rapport van ${day}` : 'nog geen rapport'}`,
  ledgerSays: (day: string) => `Uw eigen boekhouding, ${day}`,
  weight: 'Risicogewicht',
  since: (value: string, day: string) => `${value} (sinds ${day})`,
  moved: (value: string, points: string, day: string) => `${value} (${points} sinds ${day})`,
  industry: (days: string) => `in de branche ${days}`,
  parentLower: 'De moedermaatschappij staat er slechter voor dan de debiteur zelf',
  aboveContract: 'Open order boven de contractlimiet',
  orderAbove: (order: string, amount: string, limit: string) => `Order ${order}: ${amount}, geadviseerd per contract ${limit}`,
  available: 'Verder bij het bureau',
  sections: {
    financialStatements: 'jaarrekeningen',
    localFinancialStatements: 'lokale jaarrekeningen',
    directors: 'bestuurders',
    shareCapitalStructure: 'aandeelhouders',
    groupStructure: 'concern',
    negativeInformation: 'gerechtelijke gegevens',
    paymentData: 'betaalgegevens',
  },
  used: 'Geadviseerde limiet gebruikt',
  tags: 'Labels',
  company: 'Bedrijf',
  // who the company is
  who: (company: string) => `Bedrijf: ${company}`,
  identity: {
    name: 'Statutaire naam',
    tradeName: 'Handelsnaam',
    registrationNumber: 'Inschrijvingsnummer',
    vatNumber: 'Btw-nummer',
    court: 'Rechtbank',
    legalForm: 'Rechtsvorm',
    founded: 'Opgericht',
    capital: 'Kapitaal',
    activity: 'Activiteit',
    telephone: 'Telefoon',
    website: 'Website',
  },
  // history
  historyOf: (criterion: string, company: string) => `${criterion}: ${company}`,
  timesTold: (count: number, day: string) => `${count} waarden sinds ${day}`,
  pickCriterion: 'Wat veranderde',
  former: (bureau: string) => `Eerder, bij ${bureau}; telt vandaag niet mee`,
  told: (text: string) => `gemeld als “${text}”`,
  day: 'Dag',
  value: 'Waarde',
  from: 'Bron',
  all: 'Alle gegevens',
  // coverage and status
  statusTitle: 'Kredietbureaus',
  state: {
    off: 'Uit: er wordt niets gevraagd. Een beheerder zet het aan in de instellingen (credit.on).',
    no_login: 'Aan, maar er is geen login voor het bureau.',
    refused: 'Het bureau weigert de login; die wordt pas weer geprobeerd als hij verandert.',
    waiting: 'Aan; de eerste ronde is vanavond om 23:00 in Brussel.',
    active: 'Verbonden.',
  },
  activeSince: (at: string) => `Verbonden sinds ${at}.`,
  watched: (monitored, inScope) => `${monitored} van ${inScope} debiteuren bewaakt.`,
  lastRun: 'Laatste ronde',
  reports: 'Rapporten besteld dit jaar',
  reportsLeft: 'Rapporten over',
  quota: (country, left, paid) => `${country} ${left} van ${paid}`,
  coverage: 'Gedekt, van wat openstaat',
  stages: { valid: 'Geldig ondernemingsnummer', identified: 'Bedrijf bekend', monitored: 'Bewaakt', fresh: 'Gegevens van de laatste 24 uur' },
  share: (percent: string, amount: string, open: string) => `${percent} (${amount} van ${open})`,
  nothingOpen: 'Er staat niets open.',
  byAdministration: 'Bewaakt, per administratie',
  helpStatus: 'of kredietbureaus verbonden zijn, wat de laatste ronde bracht, hoeveel van wat openstaat gedekt is',
  helpCompany: 'wie een debiteur is, zoals het kredietbureau hem kent',
  helpTips: 'één tip over uw eigen gegevens van nu',
  // tips
  tipTitle: 'Tip',
  nextTip: 'Nog een tip',
  showDebtors: 'Toon ze',
  noTip: 'Er valt nu niets op: geen tip.',
  rank: (place: number, of: number) => `${place} van ${of}`,
  tips: {
    insolvent: (count: number, open: string) =>
      `Er kunnen nog aanmaningen gaan naar ${debtors(count)} met een gemelde insolventie (${open} open). Zet ze stil en dien uw vordering in.`,
    over_limit: (count: number, open: string) =>
      `Meer dan de geadviseerde limiet gebruiken: ${debtors(count)} (${open} open). Vraag een vooruitbetaling of bepaal een eigen limiet.`,
    falling_promiser: (count: number, open: string) =>
      `Een belofte gebroken terwijl de score daalde: ${debtors(count)}, ${open} open. Bel vóór de volgende aanmaning.`,
    bad_number: (count: number, open: string) => `Niemand bewaakt ${debtors(count)} met ${open} open, omdat het ondernemingsnummer niet klopt. Verbeter het.`,
    no_number: (count: number, open: string) => `Niemand bewaakt ${debtors(count)} met ${open} open, omdat land of ondernemingsnummer ontbreekt. Vul het aan.`,
    ambiguous: (count: number, open: string) =>
      `Niemand bewaakt ${debtors(count)} met ${open} open, omdat niet duidelijk is welk bedrijf het is. Kies het juiste.`,
    bad_rating_undue: (count: number, open: string) =>
      `Rating D of E en nog niets vervallen: ${debtors(count)}, ${open} open. Bekijk de voorwaarden nu het nog kan.`,
    slower_elsewhere: (count: number, open: string) =>
      `Anderen worden meer dan 20 dagen te laat betaald, u nog op tijd: ${debtors(count)}, ${open} open. U kunt de volgende zijn.`,
    unreachable: (count: number, open: string) => `Vervallen, en geen contact dat mail kan krijgen: ${debtors(count)}, ${open} open. Voeg er een toe.`,
    unapplied: (count: number, open: string) =>
      `Vervallen, met betalingen die nog op geen factuur staan: ${debtors(count)}, ${open} open. Boek ze af voordat u aanmaant.`,
    good_but_disputed: (count: number, open: string) =>
      `Rating A, en de betaling wacht op een antwoord op een betwisting: ${debtors(count)}, ${open} open. Antwoord: het geld is er.`,
  },
  // help
  helpTopic: 'Kredietrisico: hoe het werkt',
  helpLines: [
    'Elke nacht om 23:00 vraagt Duncan het kredietbureau wat er veranderd is bij de debiteuren met open posten. Betaalde rapporten worden alleen besteld waar iets gebeurde.',
    'Insolventies, vonnissen en voorrechten staan meteen op een kaart, de rest op de kaart van de nacht. Er verandert niets vanzelf: een keuze op een kaart vraagt eerst om een besluit.',
    'Een debiteur wordt gevonden op het ondernemingsnummer van zijn land. Zonder geldig nummer wordt hij niet bewaakt en staat hij met de reden op een lijst.',
    'Uit wordt er niets gevraagd en niets betaald. Aanmaningen gaan gewoon door, aan of uit.',
  ],
}
