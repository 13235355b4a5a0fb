import type { EntryWords } from './en.ts'

/** What colleagues enter about a debtor by themselves, in German. */
export const entriesDe: EntryWords = {
  helpPromise: 'eine selbst gehörte Zahlungszusage festhalten',
  helpDispute: 'eine Reklamation eröffnen, von der Sie selbst gehört haben',
  helpHold: 'Mahnungen an einen Debitor bis zu einem Tag anhalten',
  helpEntries: 'was Kollegen eingetragen haben und auf Ihre zweite Stimme wartet',
  kind: { promise: 'Zahlungszusage', dispute: 'Reklamation', hold: 'Mahnstopp' },
  save: { promise: 'Zusage festhalten', dispute: 'Reklamation eröffnen', hold: 'Mahnungen anhalten' },
  said: 'Was der Debitor sagt',
  invoices: 'Rechnungen',
  open: (amount: string, items: number) => `${amount} offen, in ${items} Posten`,
  status: { awaiting_second: 'Braucht eine zweite Stimme', done: 'Erledigt', withdrawn: 'Zurückgezogen', undone: 'Zurückgenommen' },
  entered: (name: string, time: string) => `Eingetragen von ${name}, ${time}`,
  agreed: (name: string, time: string) => `Zweite Stimme von ${name}, ${time}`,
  withdrawn: (name: string, time: string) => `Zurückgezogen von ${name}, ${time}`,
  undone: (name: string, time: string) => `Zurückgenommen von ${name}, ${time}`,
  told: (people: string) => `Dafür braucht es eine zweite Person. Benachrichtigt: ${people}. Nichts geschieht, bevor eine davon zustimmt.`,
  nobody: 'Dafür braucht es eine zweite Person, und niemand sonst, der diesen Debitor sieht, darf die zweite Stimme geben. Fragen Sie einen Manager.',
  unknown: (numbers: string) => `Keine offene Rechnung dieses Debitors: ${numbers}`,
  nothingOpen: 'Nichts ist offen, was zugesagt werden könnte.',
  dayIsOver: 'Wählen Sie heute oder einen späteren Tag.',
  changed: 'Es steht inzwischen anders. Sehen Sie es sich noch einmal an.',
  withdraw: 'Zurückziehen',
  undo: 'Zurücknehmen',
  waiting: 'Von Kollegen eingetragen',
  none: 'Nichts, was ein Kollege eingetragen hat, wartet auf Ihre zweite Stimme.',
}
