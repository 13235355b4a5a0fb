import type { TaskWords } from './en.ts'

/** Work for a person that no button finishes, in Dutch. */
export const tasksNl: TaskWords = {
  help: 'open taken, zoals telefoontjes, met de dag waarop ze gedaan moeten zijn',
  title: 'Taken',
  none: 'Hier staat geen taak open.',
  count: (count: number, due: number) => `${count} open, ${due} voor nu`,
  due: (day: string) => `te doen op ${day}`,
  task: 'Taak',
  debtor: 'Debiteur',
  done: 'Gedaan',
  noAnswer: 'Geen gehoor → morgen',
  wasDone: 'Gedaan. Ze staat niet meer op de lijst.',
  wasMoved: (day: string) => `Niemand nam op: hetzelfde opnieuw op ${day}.`,
  changed: 'Deze taak is al gedaan.',
  back: 'Alle taken',
  onlyDue: 'Alleen wat nu moet',
  allOpen: 'Alles wat openstaat',
}
