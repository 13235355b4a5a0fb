import type { Handler } from './handler.ts'

/** For thanks and for what is no matter of ours: the proposal says that there is nothing to do, and one click files it. */
export const nothingToDo: Handler = () => ({})
