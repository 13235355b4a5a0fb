import type { z } from 'zod'
import type { Db } from '#platform'
import type { SettingsKind } from '#settings'
import { creditKind } from '../rules.ts'
import { type Scorecard, scorecardKind, scorecardOf } from '../scorecard/scorecard-kind.ts'
import { matrixKind } from './matrix-kind.ts'
import type { Matrix } from './matrix-schema.ts'

/** The decision matrix as the settings stand now. */
export const readMatrix = async (db: Db): Promise<Matrix> => (await readSection(db, matrixKind)).section

/** The scorecard as the settings stand now, whole. */
export const readScorecard = async (db: Db): Promise<Scorecard> => scorecardOf((await readSection(db, scorecardKind)).section)

/** Whether credit risk is on: off, what was placed before is not shown. */
export const isCreditOn = async (db: Db): Promise<boolean> => (await readSection(db, creditKind)).section.on

/** Both, each with the version of the settings in which it came into force; 0: the one that Duncan comes with. */
export async function readRules(db: Db): Promise<{ matrix: Matrix; matrixVersion: number; scorecard: Scorecard; scorecardVersion: number }> {
  const [matrix, scorecard] = [await readSection(db, matrixKind), await readSection(db, scorecardKind)]
  return {
    matrix: matrix.section,
    matrixVersion: await versionOf(db, matrixKind.name, matrix.isWritten),
    scorecard: scorecardOf(scorecard.section),
    scorecardVersion: await versionOf(db, scorecardKind.name, scorecard.isWritten),
  }
}

async function readSection<S extends z.ZodType>(db: Db, { name, schema }: SettingsKind<S>): Promise<{ section: z.output<S>; isWritten: boolean }> {
  const [newest] = await db.$queryRaw<{ section: unknown }[]>`SELECT content -> ${name} AS section FROM "SettingsVersion" ORDER BY id DESC LIMIT 1`
  const section = newest?.section ?? undefined
  return { section: schema.parse(section ?? {}), isWritten: section !== undefined }
}

/** The first of the newest versions in a row that have the section as it is now. */
async function versionOf(db: Db, name: string, isWritten: boolean): Promise<number> {
  if (!isWritten) return 0
  const [row] = await db.$queryRaw<{ id: number }[]>`
    SELECT min(id) AS id FROM "SettingsVersion" WHERE id > COALESCE((
      SELECT before.id FROM "SettingsVersion" before
      WHERE (before.content -> ${name})::jsonb IS DISTINCT FROM (SELECT (newest.content -> ${name})::jsonb FROM "SettingsVersion" newest ORDER BY newest.id DESC LIMIT 1)
      ORDER BY before.id DESC LIMIT 1), 0)`
  return row?.id ?? 0
}
