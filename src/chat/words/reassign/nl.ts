import type { reassignEn } from './en.ts'

/** What is said of work that is moved to a colleague, in Dutch. */
export const reassignNl: typeof reassignEn = {
  help: 'het werk van een collega aan een andere geven',
  usage:
    'Zeg wiens werk naar wie gaat: /duncan reassign @jan to @eva, met een zoekopdracht erachter voor alleen sommige debiteuren: /duncan reassign @jan to @eva country:BE.',
  open: 'Dit werk aan een collega geven',
  title: (from, to) => `Het werk van ${from} aan ${to} geven`,
  to: 'Aan',
  search: 'Alleen debiteuren die bij deze zoekopdracht passen; leeg: alle',
  preview: 'Bekijken wat er zou overgaan',
  debtors: 'Debiteuren',
  proposals: 'Mails die op een beslissing wachten',
  tasks: 'Open taken',
  follows:
    'Herinneringen, gesprekken en andere posten gaan met hun debiteur mee. Een import wijzigt de behandelaar pas weer als hij een andere brengt dan voorheen.',
  unseen: (count, name) => `Debiteuren die blijven, omdat ${name} ze niet ziet: ${count}`,
  nothing: 'Er is niets om over te geven.',
  move: 'Overgeven',
  changed: 'Het is niet meer hetzelfde. Dit zou nu overgaan.',
  moved: (from, to) => `Overgegeven van ${from} aan ${to}`,
  undo: 'Teruggeven',
  movedBack: (from, to) => `Teruggegeven van ${from} aan ${to}`,
  gone: 'Dit is al teruggegeven.',
  notThem: 'Kies twee actieve collega’s; wie het werk krijgt, mag over voorstellen beslissen.',
}
