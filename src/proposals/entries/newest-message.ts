import type { Db } from '#platform'

/** The newest mail that is known, by its id; 0 without any. */
export const newestMessage = async (db: Db): Promise<number> => (await db.message.aggregate({ _max: { id: true } }))._max.id ?? 0
