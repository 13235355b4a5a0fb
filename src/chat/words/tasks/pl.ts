import type { TaskWords } from './en.ts'

/** Work for a person that no button finishes, in Polish. */
export const tasksPl: TaskWords = {
  help: 'otwarte zadania, na przykład telefony, z dniem, na który przypadają',
  title: 'Zadania',
  none: 'Nie ma tu otwartych zadań.',
  count: (count: number, due: number) => `otwarte: ${count}, na teraz: ${due}`,
  due: (day: string) => `na dzień ${day}`,
  task: 'Zadanie',
  debtor: 'Dłużnik',
  done: 'Zrobione',
  noAnswer: 'Brak odpowiedzi → jutro',
  wasDone: 'Zrobione. Nie ma go już na liście.',
  wasMoved: (day: string) => `Nikt nie odebrał: to samo ponownie ${day}.`,
  changed: 'To zadanie jest już zrobione.',
  back: 'Wszystkie zadania',
  onlyDue: 'Tylko na teraz',
  allOpen: 'Wszystkie otwarte',
}
