import type { Sight } from '#people'
import type { DbClient } from '#platform'
import { byContact, byName } from './by-name.ts'
import { byExactKey, byStartOfNumber } from './by-number.ts'
import { bySimilarName } from './by-similar-name.ts'
import { mostOfAKind, shownDebtors } from './candidates.ts'
import { isExact, type LookUpHit, ranked } from './hit.ts'

export type LookUp = {
  /** A page of the debtors that could be meant, best first. */
  hits: LookUpHit[]
  total: number
  /** There are more than were looked at: a longer text finds fewer. */
  isCut: boolean
  /**
   * The one that is meant: the only one that fits exactly, or the only one at all unless its name is merely similar. The others
   * may still be told. Null: none, or a person chooses.
   */
  meant: LookUpHit | null
}

const longest = 200

/**
 * The debtors in sight that a text could mean: a debtor's or invoice's number or its beginning, a payment reference, purchase
 * order, company or VAT number, mail address, a contact's or a debtor's name, part of one, or one spelt like it. An exact hit
 * hides none of the others.
 */
export async function lookUp(db: DbClient, sight: Sight, typed: string, { limit = 20, offset = 0 }: { limit?: number; offset?: number } = {}): Promise<LookUp> {
  // A database text holds no NUL.
  const text = typed.trim().replace(/^#/, '').replaceAll('\0', '').toWellFormed().slice(0, longest)
  if (text === '') return { hits: [], total: 0, isCut: false, meant: null }
  const inSight = shownDebtors(sight)
  const [named, ...others] = await Promise.all([
    byName(db, text, inSight),
    byExactKey(db, text, inSight),
    byStartOfNumber(db, text, inSight),
    byContact(db, text, inSight),
  ])
  const found = [named, ...others, named.length < mostOfAKind ? await bySimilarName(db, text, inSight) : []]
  const hits = ranked(found.flat()).map(({ similarity: _similarity, ...hit }) => hit)
  const exact = hits.filter(isExact)
  const [only] = exact.length > 0 ? exact : hits
  const isAlone = exact.length === 1 || (hits.length === 1 && only?.by !== 'similar_name')
  return {
    hits: hits.slice(offset, offset + limit),
    total: hits.length,
    isCut: found.some(kind => kind.length >= mostOfAKind),
    meant: (isAlone && only) || null,
  }
}
