import type { EntryWords } from './en.ts'

/** What colleagues enter about a debtor by themselves, in Polish. */
export const entriesPl: EntryWords = {
  helpPromise: 'zapisać obietnicę zapłaty usłyszaną osobiście',
  helpDispute: 'otworzyć spór, o którym dowiedziano się osobiście',
  helpHold: 'wstrzymać monity do dłużnika do podanego dnia',
  helpEntries: 'co wpisali współpracownicy i co czeka na drugi głos',
  kind: { promise: 'Obietnica zapłaty', dispute: 'Spór', hold: 'Wstrzymanie monitów' },
  save: { promise: 'Zapisz obietnicę', dispute: 'Otwórz spór', hold: 'Wstrzymaj monity' },
  said: 'Co mówi dłużnik',
  invoices: 'Faktury',
  open: (amount: string, items: number) => `${amount} otwarte, pozycji: ${items}`,
  status: { awaiting_second: 'Wymaga drugiego głosu', done: 'Wykonano', withdrawn: 'Wycofano', undone: 'Cofnięto' },
  entered: (name: string, time: string) => `Wpis: ${name}, ${time}`,
  agreed: (name: string, time: string) => `Drugi głos: ${name}, ${time}`,
  withdrawn: (name: string, time: string) => `Wycofanie: ${name}, ${time}`,
  undone: (name: string, time: string) => `Cofnięcie: ${name}, ${time}`,
  told: (people: string) => `Potrzebna jest druga osoba. Powiadomiono: ${people}. Nic się nie stanie bez zgody jednej z nich.`,
  nobody: 'Potrzebna jest druga osoba, a nikt inny, kto widzi tego dłużnika, nie może oddać drugiego głosu. Proszę zapytać menedżera.',
  unknown: (numbers: string) => `To nie jest otwarta faktura tego dłużnika: ${numbers}`,
  nothingOpen: 'Nie ma nic otwartego, co można by obiecać.',
  dayIsOver: 'Proszę wybrać dziś lub dzień późniejszy.',
  changed: 'Stan jest już inny. Proszę spojrzeć ponownie.',
  withdraw: 'Wycofaj',
  undo: 'Cofnij',
  waiting: 'Wpisane przez współpracowników',
  none: 'Nic z wpisów współpracowników nie czeka na drugi głos.',
}
