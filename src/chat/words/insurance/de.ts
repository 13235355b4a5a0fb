import type { InsuranceWords } from './en.ts'

export const insuranceDe: InsuranceWords = {
  help: 'festhalten, dass überfällige Posten dem Kreditversicherer gemeldet wurden',
  title: 'Kreditversicherung',
  reported: 'Gemeldet',
  reportedOn: 'Gemeldet am',
  reference: 'Schadennummer des Versicherers',
  invoices: 'Rechnungen (Nummern, mit Kommas; leer: alle überfälligen, die nicht gemeldet sind)',
  dayToCome: 'Dieser Tag kommt erst noch.',
  nothingToReport: 'Keiner dieser Posten ist versichert und überfällig, oder alle sind schon gemeldet.',
  policy: (insurer, number) => `Kreditversicherung: ${insurer}, Police ${number}`,
  beyondExtension: (moneyOn, until, invoices) =>
    `Das Geld soll am ${moneyOn} kommen. Ohne Zustimmung des Versicherers ist eine Stundung nur bis ${until} gedeckt (${invoices}): Eine Freigabe kann die Deckung kosten.`,
  mustReport: (by, invoices) => `Überfällig und nicht gemeldet: ${invoices}. Der Versicherer muss es bis ${by} erfahren, bevor dieses Geld kommt.`,
  hadToReport: (by, invoices) => `Überfällig und nicht gemeldet: ${invoices}. Der Versicherer hätte es bis ${by} erfahren müssen.`,
  beyond:
    'Das geht über die Versicherungspolice hinaus. Noch ist nichts geschehen: Lesen Sie, was es bedeutet, und geben Sie es dann frei oder lehnen Sie es ab.',
  atMost: (insurer, day) => `${insurer} deckt eine Stundung bis höchstens ${day}`,
  reportBy: (day, items) => `melden bis ${day} (${items})`,
  lateReport: (day, items) => `nicht gemeldet bis ${day} (${items})`,
  handOverBy: (day, items) => `zum Inkasso geben bis ${day} (${items})`,
  lateHandOver: (day, items) => `nicht zum Inkasso gegeben bis ${day} (${items})`,
  reportedItems: (day, items) => `gemeldet am ${day} (${items})`,
  inTime: 'keine Frist',
  discretionary: amount => `Selbstprüfungsgrenze ${amount}`,
  mustHear: tasks => (tasks === 1 ? '1 Aufgabe für den Kreditversicherer hat eine Frist' : `${tasks} Aufgaben für den Kreditversicherer haben eine Frist`),
  toReport: 'Versicherer muss es erfahren',
}
