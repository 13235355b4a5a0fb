import type { EntryWords } from './en.ts'

/** What colleagues enter about a debtor by themselves, in Dutch. */
export const entriesNl: EntryWords = {
  helpPromise: 'een betaalbelofte vastleggen die u zelf hoorde',
  helpDispute: 'een betwisting openen waarvan u zelf hoorde',
  helpHold: 'aanmaningen aan een debiteur tot een dag stilzetten',
  helpEntries: 'wat collega’s invoerden en op uw tweede stem wacht',
  kind: { promise: 'Betaalbelofte', dispute: 'Betwisting', hold: 'Aanmaanstop' },
  save: { promise: 'Belofte vastleggen', dispute: 'Betwisting openen', hold: 'Aanmaningen stilzetten' },
  said: 'Wat de debiteur zegt',
  invoices: 'Facturen',
  open: (amount: string, items: number) => `${amount} open, in ${items === 1 ? '1 post' : `${items} posten`}`,
  status: { awaiting_second: 'Vraagt een tweede stem', done: 'Gedaan', withdrawn: 'Ingetrokken', undone: 'Teruggenomen' },
  entered: (name: string, time: string) => `Ingevoerd door ${name}, ${time}`,
  agreed: (name: string, time: string) => `Tweede stem van ${name}, ${time}`,
  withdrawn: (name: string, time: string) => `Ingetrokken door ${name}, ${time}`,
  undone: (name: string, time: string) => `Teruggenomen door ${name}, ${time}`,
  told: (people: string) => `Hier is een tweede persoon voor nodig. Verwittigd: ${people}. Er gebeurt niets voor een van hen instemt.`,
  nobody: 'Hier is een tweede persoon voor nodig, en niemand anders die deze debiteur ziet mag de tweede stem geven. Vraag een manager.',
  unknown: (numbers: string) => `Geen open factuur van deze debiteur: ${numbers}`,
  nothingOpen: 'Er staat niets open dat beloofd kan worden.',
  dayIsOver: 'Kies vandaag of een latere dag.',
  changed: 'Het staat er intussen anders voor. Kijk er opnieuw naar.',
  withdraw: 'Intrekken',
  undo: 'Terugnemen',
  waiting: 'Ingevoerd door collega’s',
  none: 'Niets wat een collega invoerde wacht op uw tweede stem.',
}
