import { type Staff, sightOf } from '#people'
import type { Db } from '#platform'
import { aloneFigures } from '#proposals'
import type { CardContext } from './proposal-card.ts'

/** How many reminders left alone since the beginning of a day (ISO), and how many were stopped or failed; undefined where there were none. */
export async function aloneLine(db: Db, staff: Staff, since: { day: string; from: Date }, { words, format }: CardContext): Promise<string | undefined> {
  const { sent, waiting, stopped, failed } = await aloneFigures(db, sightOf(staff), since.from)
  if (sent + waiting + stopped + failed === 0) return undefined
  return words.dunning.day.line(format.day(since.day), ...([sent, waiting, stopped, failed].map(String) as [string, string, string, string]))
}
