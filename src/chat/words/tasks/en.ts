/** Work for a person that no button finishes, in English. */
export const tasksEn = {
  help: 'open tasks, such as calls, with the day on which they are due',
  title: 'Tasks',
  none: 'No task is open here.',
  count: (count: number, due: number) => `${count} open, ${due} due`,
  due: (day: string) => `due ${day}`,
  task: 'Task',
  debtor: 'Debtor',
  done: 'Done',
  noAnswer: 'No answer → tomorrow',
  wasDone: 'Done. It is off the list.',
  wasMoved: (day: string) => `Nobody answered: the same again on ${day}.`,
  changed: 'This task is done already.',
  back: 'All tasks',
  onlyDue: 'Only what is due',
  allOpen: 'All that are open',
}

export type TaskWords = typeof tasksEn
