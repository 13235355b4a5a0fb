import type { Format } from '../format.ts'

/** A bureau as people write its name. */
export const bureauName = (bureau: string): string => bureau.charAt(0).toUpperCase() + bureau.slice(1)

/** The day of a moment of the bureau; reports and lists are of a day in UTC. */
export const dayOf = (at: Date, format: Format): string => format.day(at.toISOString().slice(0, 10))
