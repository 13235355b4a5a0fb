import type { SegmentWords } from './en.ts'

/** What is said about segments, in German. */
export const segmentsDe: SegmentWords = {
  help: 'Segmente mit ihren Debitoren, und was eines werden könnte',
  title: 'Segmente',
  none: 'Die Einstellungen haben noch keine Segmente.',
  debtors: count => `Debitoren: ${count}`,
  counted: (count, leading) => `Debitoren: ${count}, führend bei ${leading}`,
  inNone: 'In keinem Segment',
  showDebtors: 'Debitoren zeigen',
  suggest: 'Segmente vorschlagen',
  suggested: 'Vorgeschlagene Segmente',
  suggestedText: 'Drücken Sie auf einen Vorschlag, um ihn in die Einstellungen zu übernehmen. Dort lässt er sich ändern und zurücknehmen.',
  suggestedNone: 'Nichts vorzuschlagen: die Buchhaltung ist leer, oder die Einstellungen haben diese Segmente schon.',
  ofAll: (count, all) => `${count} von ${all} Debitoren`,
  accept: title => `„${title}“ übernehmen`,
  confirm: query => `Die Einstellungen bekommen eine neue Version mit diesem Segment: ${query}`,
  yes: 'In die Einstellungen übernehmen',
  accepted: (title, version) => `„${title}“ steht in den Einstellungen, Version ${version}.`,
  changed: 'Der Bestand oder die Einstellungen haben sich inzwischen geändert; nichts wurde geschrieben.',
  because: {
    balance_share: percent => `zusammen ${percent} % des Saldos`,
    inside: countries => `in ${countries}`,
    outside: countries => `außerhalb von ${countries}`,
    legal_form: forms => `Rechtsform ${forms}`,
    pays_late: 'spät, mit gebrochenen Zusagen oder alten Posten',
  },
}
