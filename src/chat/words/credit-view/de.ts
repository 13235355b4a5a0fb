import type { CreditViewWords } from './en.ts'

const debtors = (count: number) => (count === 1 ? '1 Debitor' : `${count} Debitoren`)

/** How credit risk is looked at: lists, the company's card, history, coverage and tips, in German. */
export const creditViewDe: CreditViewWords = {
  // the portfolio
  weighed: (value: string, open: string, count: number) => `${value} gefährdet von ${open} offen, bei ${debtors(count)}`,
  ofOpen: (value: string, open: string) => `${value} von ${open}`,
  insured: (amount: string) => `${amount} versichert`,
  limitUsed: (percent: string) => `Limit zu ${percent} ausgeschöpft`,
  noLimit: 'kein Kredit empfohlen',
  unrated: 'ohne Rating',
  wasRated: (before: string) => `vor einer Woche ${before}`,
  scoreMoved: (points: string) => `Score ${points} in einer Woche`,
  weights: (letters: string, facts: string) => `Gefährdet ist, was offen und nicht versichert ist, nach Gewicht: ${letters}; ${facts}. Das höchste zählt.`,
  weightNames: {
    unrated: 'ohne Rating',
    judgment: 'Urteil oder Vorrecht',
    longOverdue: '90 Tage überfällig',
    inactive: 'nicht aktiv',
    insolvency: 'Insolvenz',
  },
  dataOf: (at: string) => `Daten der Auskunftei vom ${at}.`,
  onlyRating: (letter: string) => `Nur ${letter}`,
  everyRating: 'Jedes Rating',
  weekly: (administration: string) => `Risiko der Woche: ${administration}`,
  // one debtor
  bureauSays: (bureau: string, day: string) => `${bureau}, ${day ? `Bericht vom ${day}` : 'noch kein Bericht'}`,
  ledgerSays: (day: string) => `Eigene Buchhaltung, ${day}`,
  weight: 'Risikogewicht',
  since: (value: string, day: string) => `${value} (seit ${day})`,
  moved: (value: string, points: string, day: string) => `${value} (${points} seit ${day})`,
  industry: (days: string) => `in der Branche ${days}`,
  parentLower: 'Die Muttergesellschaft steht schlechter da als der Debitor selbst',
  aboveContract: 'Offener Auftrag über dem Vertragslimit',
  orderAbove: (order: string, amount: string, limit: string) => `Auftrag ${order}: ${amount}, je Vertrag empfohlen ${limit}`,
  available: 'Außerdem bei der Auskunftei',
  sections: {
    financialStatements: 'Jahresabschlüsse',
    localFinancialStatements: 'Abschlüsse nach Landesrecht',
    directors: 'Geschäftsführung',
    shareCapitalStructure: 'Gesellschafter',
    groupStructure: 'Konzern',
    negativeInformation: 'Gerichtsdaten',
    paymentData: 'Zahlungsdaten',
  },
  used: 'Empfohlenes Limit ausgeschöpft',
  tags: 'Merkmale',
  company: 'Unternehmen',
  // who the company is
  who: (company: string) => `Unternehmen: ${company}`,
  identity: {
    name: 'Firma',
    tradeName: 'Handelsname',
    registrationNumber: 'Register-Nr.',
    vatNumber: 'USt-IdNr.',
    court: 'Registergericht',
    legalForm: 'Rechtsform',
    founded: 'Gegründet',
    capital: 'Stammkapital',
    activity: 'Tätigkeit',
    telephone: 'Telefon',
    website: 'Internet',
  },
  // history
  historyOf: (criterion: string, company: string) => `${criterion}: ${company}`,
  timesTold: (count: number, day: string) => `${count} Werte seit ${day}`,
  pickCriterion: 'Was sich bewegt hat',
  former: (bureau: string) => `Früher, bei ${bureau}; zählt heute nicht`,
  told: (text: string) => `gemeldet als „${text}“`,
  day: 'Tag',
  value: 'Wert',
  from: 'Quelle',
  all: 'Alle Angaben',
  // coverage and status
  statusTitle: 'Auskunfteien',
  state: {
    off: 'Aus: es wird nichts gefragt. Ein Administrator schaltet es in den Einstellungen ein (credit.on).',
    no_login: 'Ein, aber es gibt keine Anmeldung bei der Auskunftei.',
    refused: 'Die Auskunftei lehnt die Anmeldung ab; sie wird erst wieder versucht, wenn sie sich ändert.',
    waiting: 'Ein; der erste Lauf ist heute um 23:00 Uhr in Brüssel.',
    active: 'Verbunden.',
  },
  activeSince: (at: string) => `Verbunden seit ${at}.`,
  watched: (monitored, inScope) => `${monitored} von ${inScope} Debitoren überwacht.`,
  lastRun: 'Letzter Lauf',
  reports: 'Berichte bestellt in diesem Jahr',
  reportsLeft: 'Berichte übrig',
  quota: (country, left, paid) => `${country} ${left} von ${paid}`,
  coverage: 'Abgedeckt, vom offenen Betrag',
  stages: { valid: 'Gültige Nummer', identified: 'Unternehmen bekannt', monitored: 'Überwacht', fresh: 'Daten der letzten 24 Stunden' },
  share: (percent: string, amount: string, open: string) => `${percent} (${amount} von ${open})`,
  nothingOpen: 'Nichts ist offen.',
  byAdministration: 'Überwacht, je Mandant',
  helpStatus: 'ob Auskunfteien verbunden sind, was der letzte Lauf brachte, wie viel vom offenen Betrag abgedeckt ist',
  helpCompany: 'wer ein Debitor ist, so wie die Auskunftei ihn kennt',
  helpTips: 'ein Hinweis zu Ihren eigenen Daten, wie sie jetzt sind',
  // tips
  tipTitle: 'Hinweis',
  nextTip: 'Noch ein Hinweis',
  showDebtors: 'Anzeigen',
  noTip: 'Im Moment fällt nichts auf: kein Hinweis.',
  rank: (place: number, of: number) => `${place} von ${of}`,
  tips: {
    insolvent: (count: number, open: string) =>
      `Noch können Mahnungen an ${debtors(count)} mit gemeldeter Insolvenz gehen (${open} offen). Halten Sie sie an und melden Sie die Forderung an.`,
    over_limit: (count: number, open: string) =>
      `Mehr als das empfohlene Limit nutzen: ${debtors(count)} (${open} offen). Verlangen Sie Vorkasse oder entscheiden Sie über ein eigenes Limit.`,
    falling_promiser: (count: number, open: string) =>
      `Zusage gebrochen, während der Score fiel: ${debtors(count)}, ${open} offen. Rufen Sie vor der nächsten Mahnung an.`,
    bad_number: (count: number, open: string) =>
      `Niemand überwacht ${debtors(count)} mit ${open} offen, weil die Registernummer ungültig ist. Berichtigen Sie sie.`,
    no_number: (count: number, open: string) => `Niemand überwacht ${debtors(count)} mit ${open} offen, weil Land oder Registernummer fehlt. Ergänzen Sie sie.`,
    ambiguous: (count: number, open: string) =>
      `Niemand überwacht ${debtors(count)} mit ${open} offen, weil unklar ist, welches Unternehmen es ist. Wählen Sie das richtige.`,
    bad_rating_undue: (count: number, open: string) =>
      `Rating D oder E und noch nichts überfällig: ${debtors(count)}, ${open} offen. Prüfen Sie die Bedingungen, solange es früh ist.`,
    slower_elsewhere: (count: number, open: string) =>
      `Andere werden über 20 Tage zu spät bezahlt, Sie noch pünktlich: ${debtors(count)}, ${open} offen. Sie könnten die Nächsten sein.`,
    unreachable: (count: number, open: string) =>
      `Überfällig, und kein Kontakt, der Mail empfangen kann: ${debtors(count)}, ${open} offen. Legen Sie einen an.`,
    unapplied: (count: number, open: string) =>
      `Überfällig, mit Zahlungen, die auf keiner Rechnung stehen: ${debtors(count)}, ${open} offen. Ordnen Sie sie zu, bevor Sie mahnen.`,
    good_but_disputed: (count: number, open: string) =>
      `Rating A, und die Zahlung wartet auf die Antwort zu einer Reklamation: ${debtors(count)}, ${open} offen. Antworten Sie: das Geld ist da.`,
  },
  // help
  helpTopic: 'Kreditrisiko: wie es geht',
  helpLines: [
    'Jede Nacht um 23:00 Uhr fragt Duncan die Auskunftei, was sich bei den Debitoren mit offenen Posten geändert hat. Bezahlte Berichte werden nur bestellt, wo etwas geschehen ist.',
    'Insolvenzen, Urteile und Vorrechte stehen sofort auf einer Karte, das Übrige auf der Karte der Nacht. Von selbst ändert sich nichts: eine Wahl auf einer Karte fragt erst nach einer Entscheidung.',
    'Ein Debitor wird über die Registernummer seines Landes gefunden. Ohne gültige wird er nicht überwacht und steht mit dem Grund auf einer Liste.',
    'Aus wird nichts gefragt und nichts bezahlt. Mahnungen laufen weiter wie bisher, ein oder aus.',
  ],
}
