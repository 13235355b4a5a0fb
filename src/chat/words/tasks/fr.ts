import type { TaskWords } from './en.ts'

/** Work for a person that no button finishes, in French. */
export const tasksFr: TaskWords = {
  help: 'les tâches ouvertes, comme les appels, avec le jour où elles sont dues',
  title: 'Tâches',
  none: 'Aucune tâche n’est ouverte ici.',
  count: (count: number, due: number) => `${count} ouvertes, ${due} à faire maintenant`,
  due: (day: string) => `à faire le ${day}`,
  task: 'Tâche',
  debtor: 'Débiteur',
  done: 'Faite',
  noAnswer: 'Sans réponse → demain',
  wasDone: 'Faite. Elle n’est plus sur la liste.',
  wasMoved: (day: string) => `Personne n’a répondu : la même tâche le ${day}.`,
  changed: 'Cette tâche est déjà faite.',
  back: 'Toutes les tâches',
  onlyDue: 'Seulement les tâches dues',
  allOpen: 'Toutes les tâches ouvertes',
}
