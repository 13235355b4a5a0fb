import type { TaskWords } from './en.ts'

/** Work for a person that no button finishes, in German. */
export const tasksDe: TaskWords = {
  help: 'offene Aufgaben, etwa Anrufe, mit dem Tag, an dem sie fällig sind',
  title: 'Aufgaben',
  none: 'Hier ist keine Aufgabe offen.',
  count: (count: number, due: number) => `${count} offen, ${due} fällig`,
  due: (day: string) => `fällig am ${day}`,
  task: 'Aufgabe',
  debtor: 'Debitor',
  done: 'Erledigt',
  noAnswer: 'Nicht erreicht → morgen',
  wasDone: 'Erledigt. Sie steht nicht mehr auf der Liste.',
  wasMoved: (day: string) => `Niemand ging ans Telefon: dasselbe noch einmal am ${day}.`,
  changed: 'Diese Aufgabe ist schon erledigt.',
  back: 'Alle Aufgaben',
  onlyDue: 'Nur Fälliges',
  allOpen: 'Alle offenen',
}
