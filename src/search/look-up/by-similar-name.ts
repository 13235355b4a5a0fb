import { searchName } from '#ledger'
import { type Db, Prisma } from '#platform'
import { anywhere } from '../like-pattern.ts'
import { debtors, hasWord, hitColumns, type InSight, mostOfAKind } from './candidates.ts'
import type { RankedHit } from './hit.ts'

/**
 * Debtors whose name is spelt like this, the most alike first, without those whose name holds it: one word has a letter wrong,
 * missing or too many, or two of them swapped; or much of it is the same. Only words have spellings, numbers are right or wrong.
 */
export async function bySimilarName(db: Db, text: string, inSight: InSight): Promise<RankedHit[]> {
  const name = searchName(text)
  if (!hasWord(name)) return []
  const words = await tellingWords(db, name)
  // Every word is common, so none is misspelt: what is meant has nearly all of them.
  if (words.length === 0) return withMuchOf(db, { name, part: name, threshold: 0.7 }, inSight)
  // Where one mistake explains a name, names that are merely alike are not what was meant.
  const mistakes = await withOneMistake(db, { name, words }, inSight)
  if (mistakes.length > 0) return mistakes
  const part = words.join(' ')
  return withMuchOf(db, { name, part, threshold: part.length < shortPart ? 0.4 : 0.5 }, inSight)
}

const shortPart = 7
const mostWords = 5

/**
 * The words that tell a name apart. In a large ledger every tenth name may have the word "transport", and of those that share
 * nothing else with the text none is meant. A word that many names hold is spelt right: a mistake is in the others.
 */
async function tellingWords(db: Db, name: string): Promise<string[]> {
  const words = [...new Set(name.split(' '))].filter(word => word.length >= 3)
  const rows = await db.$queryRaw<{ word: string }[]>`
    SELECT w.word FROM unnest(${words}::text[], ${words.map(anywhere)}::text[]) AS w(word, pattern) WHERE (
      SELECT count(*) FROM (SELECT FROM "Debtor" d WHERE d."searchName" LIKE w.pattern LIMIT ${mostOfAKind}) AS few) < ${mostOfAKind}`
  const telling = new Set(rows.map(({ word }) => word))
  return words.filter(word => telling.has(word)).slice(0, mostWords)
}

// By an array of ids: in a join the planner expects thousands of names and reads all debtors.
const withOneMistake = (db: Db, { name, words }: { name: string; words: string[] }, inSight: InSight): Promise<RankedHit[]> =>
  db.$queryRaw<RankedHit[]>`
    SELECT ${hitColumns('similar_name', Prisma.sql`NULL`, Prisma.sql`1 + word_similarity(${name}, d."searchName")`)} FROM ${debtors} WHERE d.id = ANY(ARRAY(
      SELECT n.id FROM unnest(${words.flatMap(oneMistake)}::text[]) AS w(pattern) JOIN "Debtor" n ON n."searchName" LIKE w.pattern))
      AND d."searchName" NOT LIKE ${anywhere(name)} AND ${inSight}
    ORDER BY similarity DESC, d.name, d.id LIMIT ${mostOfAKind}`

/** Patterns of LIKE for a word as it may have been meant; _ is any letter. In shorter words too much would fit, longer ones are no words. */
function oneMistake(word: string): string[] {
  const letters = Array.from(word)
  if (letters.length < 4 || letters.length > 30) return []
  const swapped = letters.slice(1).map((letter, at) => letters.with(at, letter).with(at + 1, letters[at] ?? ''))
  const tooMany = letters.map((_, at) => letters.toSpliced(at, 1))
  const wrong = letters.map((_, at) => letters.with(at, '_'))
  const missing = letters.slice(1).map((_, at) => letters.toSpliced(at + 1, 0, '_'))
  return [...new Set([...swapped, ...tooMany, ...wrong, ...missing].map(each => `%${each.join('')}%`))]
}

// Word similarity looks at the best part of the name, so that one misspelt word of several still finds it. The index looks at the
// session's threshold: set for this statement only, before the names are read.
const withMuchOf = (db: Db, { name, part, threshold }: { name: string; part: string; threshold: number }, inSight: InSight): Promise<RankedHit[]> =>
  db.$queryRaw<RankedHit[]>`
    WITH wanted AS MATERIALIZED (SELECT ${part}::text AS part, set_config('pg_trgm.word_similarity_threshold', ${String(threshold)}, true))
    SELECT found.* FROM wanted CROSS JOIN LATERAL (
      SELECT ${hitColumns('similar_name', Prisma.sql`NULL`, Prisma.sql`word_similarity(${name}, d."searchName")`)}
      FROM ${debtors} WHERE d."searchName" NOT LIKE ${anywhere(name)} AND wanted.part <% d."searchName" AND ${inSight}
      ORDER BY similarity DESC, d.name, d.id LIMIT ${mostOfAKind}) AS found`
