import type { reassignEn } from './en.ts'

/** What is said of work that is moved to a colleague, in Polish. */
export const reassignPl: typeof reassignEn = {
  help: 'przekazanie pracy jednej osoby innej',
  usage:
    'Napisz, czyja praca do kogo przechodzi: /duncan reassign @jan to @eva, a dla niektórych dłużników dodaj wyszukiwanie: /duncan reassign @jan to @eva country:BE.',
  open: 'Przekaż tę pracę innej osobie',
  title: (from, to) => `Przekazanie pracy: ${from} → ${to}`,
  to: 'Do kogo',
  search: 'Tylko dłużnicy pasujący do wyszukiwania; puste: wszyscy',
  preview: 'Zobacz, co zostanie przekazane',
  debtors: 'Dłużnicy',
  proposals: 'Wiadomości czekające na decyzję',
  tasks: 'Otwarte zadania',
  follows: 'Przypomnienia, telefony i inne wpisy idą za dłużnikiem. Import zmieni opiekuna dopiero, gdy przyniesie innego niż wcześniej.',
  unseen: (count, name) => `Dłużnicy, którzy zostają, bo ${name} ich nie widzi: ${count}`,
  nothing: 'Nie ma czego przekazać.',
  move: 'Przekaż',
  changed: 'To już nie to samo. Teraz zostałoby przekazane to.',
  moved: (from, to) => `Przekazano: ${from} → ${to}`,
  undo: 'Oddaj z powrotem',
  movedBack: (from, to) => `Oddano: ${from} → ${to}`,
  gone: 'To już oddano.',
  notThem: 'Wybierz dwie aktywne osoby; ta, która przejmuje pracę, może decydować o propozycjach.',
}
