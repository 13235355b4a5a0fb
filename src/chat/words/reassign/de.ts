import type { reassignEn } from './en.ts'

/** What is said of work that is moved to a colleague, in German. */
export const reassignDe: typeof reassignEn = {
  help: 'die Arbeit einer Person an eine andere übergeben',
  usage:
    'Sagen Sie, wessen Arbeit an wen geht: /duncan reassign @jan to @eva, mit einer Suche dahinter nur für einige Debitoren: /duncan reassign @jan to @eva country:BE.',
  open: 'Diese Arbeit übergeben',
  title: (from, to) => `Arbeit von ${from} an ${to} übergeben`,
  to: 'An',
  search: 'Nur Debitoren, auf die diese Suche passt; leer: alle',
  preview: 'Ansehen, was übergeben würde',
  debtors: 'Debitoren',
  proposals: 'Mails, die auf eine Entscheidung warten',
  tasks: 'Offene Aufgaben',
  follows:
    'Mahnungen, Anrufe und andere Einträge gehen mit ihrem Debitor. Ein Import ändert die Zuständigkeit erst wieder, wenn er eine andere bringt als zuvor.',
  unseen: (count, name) => `Debitoren, die bleiben, weil ${name} sie nicht sieht: ${count}`,
  nothing: 'Es gibt nichts zu übergeben.',
  move: 'Übergeben',
  changed: 'Es ist nicht mehr dasselbe. Das würde jetzt übergeben.',
  moved: (from, to) => `Übergeben von ${from} an ${to}`,
  undo: 'Zurückgeben',
  movedBack: (from, to) => `Zurückgegeben von ${from} an ${to}`,
  gone: 'Das wurde schon zurückgegeben.',
  notThem: 'Wählen Sie zwei aktive Personen; wer die Arbeit bekommt, darf über Vorschläge entscheiden.',
}
