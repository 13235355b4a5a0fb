import { isDeepStrictEqual } from 'node:util'
import type { z } from 'zod'
import { type Db, type DbClient, DuncanError, type Prisma, recordAudit } from '#platform'
import { type CheckedSection, checkAgainstDatabase, checkSettings, type SettingsContent } from './check-settings.ts'
import { compareSettings, type SettingsChange } from './compare.ts'
import { explainIssue } from './explain-issue.ts'
import { sectionSchema } from './json-schema.ts'
import type { SettingsKind } from './kind.ts'
import type { SettingsSource } from './read-files.ts'
import type { SettingsFault } from './settings-file.ts'
import { newestVersion, type SettingsVersion } from './versions.ts'
import { type Watch, watchVersions } from './watch.ts'

export type SettingsPlan =
  | { kind: 'refused'; faults: SettingsFault[] }
  | { kind: 'unchanged'; version: number }
  /** `base`: the version that the changes were counted from, 0 when there is none. */
  | { kind: 'changes'; base: number; changes: SettingsChange[] }

export type SettingsOutcome =
  | Exclude<SettingsPlan, { kind: 'changes' }>
  | { kind: 'applied'; version: number; changes: SettingsChange[] }
  /** Somebody else was first: what was looked at is no longer what stands. */
  | { kind: 'overtaken'; version: number }

export type ApplyOptions = {
  /** `staff:3`, `cli`. */
  actor: string
  note?: string | undefined
  /** The version that somebody looked at before they agreed; without it, whatever stands is changed. */
  base?: number | undefined
}

export type Settings = ReturnType<typeof createSettings>

// Any fixed number: of several processes one applies at a time.
const applyLock = 72_707_372

/** The business settings of a database: reads, compares, applies and watches them. `kinds` in the order in which they are projected. */
export function createSettings({ client, kinds }: { client: DbClient; kinds: SettingsKind[] }) {
  let parsed: { version: number; sections: Map<string, unknown> } | undefined

  /** What the source would change, and what is wrong with it; changes nothing. */
  async function plan(source: SettingsSource): Promise<SettingsPlan> {
    const made = await planOn(client, source)
    return made.kind === 'changes' ? { kind: 'changes', base: made.base, changes: made.changes } : made
  }

  /** Puts the source in force as one new version, with every kind's tables, in one transaction. */
  async function apply(source: SettingsSource, { actor, note, base }: ApplyOptions): Promise<SettingsOutcome> {
    return client.$transaction(
      async (tx): Promise<SettingsOutcome> => {
        await tx.$executeRaw`SELECT pg_advisory_xact_lock(${applyLock})`
        const made = await planOn(tx, source)
        if (made.kind !== 'changes') return made
        if (base !== undefined && base !== made.base) return { kind: 'overtaken', version: made.base }

        const { content, changes, touched } = made
        const { id } = await tx.settingsVersion.create({ data: { actor, note: note ?? null, content: content as Prisma.InputJsonObject } })
        for (const { kind, section } of touched) await kind.project?.(tx, section)
        await recordAudit(tx, {
          actor,
          event: 'settings.applied',
          subject: `settings:${id}`,
          detail: { from: made.base, changes: changes.length, kinds: touched.map(({ kind }) => kind.name) },
          content: { changes: changes as unknown as Prisma.InputJsonArray },
        })
        return { kind: 'applied', version: id, changes }
      },
      { timeout: 60_000, maxWait: 10_000 },
    )
  }

  type Made = Exclude<SettingsPlan, { kind: 'changes' }> | (SettingsPlan & { kind: 'changes'; content: SettingsContent; touched: CheckedSection[] })

  async function planOn(db: Db, source: SettingsSource): Promise<Made> {
    if (source.faults.length > 0) return { kind: 'refused', faults: source.faults }
    const current = await newestVersion(db)
    const before = current?.content ?? {}
    // Kinds that an earlier release knew and this one does not end with the next change, which shows it.
    const knownOf = (stored: SettingsContent) => Object.fromEntries(Object.entries(stored).filter(([name]) => kinds.some(kind => kind.name === name)))
    const content = source.whole ? knownOf(source.sections) : { ...knownOf(before), ...source.sections }
    const wish = { content, placeOf: source.placeOf, inForce: placeInForce(current) }
    const { sections, faults } = checkSettings(kinds, wish)
    if (faults.length === 0) faults.push(...(await checkAgainstDatabase(db, sections, wish)))
    if (faults.length > 0) return { kind: 'refused', faults }
    const changes = compareSettings(before, content)
    if (changes.length === 0) return { kind: 'unchanged', version: current?.version ?? 0 }
    // A kind that is no longer there ends as an empty one does.
    const touched = sections.filter(({ kind: { name } }) => (name in before || name in content) && !isDeepStrictEqual(before[name], content[name]))
    return { kind: 'changes', base: current?.version ?? 0, changes, content, touched }
  }

  /** The section of a kind in force. Throws `settings.outdated` when this release's schema refuses what is stored. */
  async function read<S extends z.ZodType>(kind: SettingsKind<S>): Promise<z.output<S>> {
    const newest = await client.settingsVersion.findFirst({ orderBy: { id: 'desc' }, select: { id: true } })
    const version = newest?.id ?? 0
    if (parsed?.version !== version) parsed = { version, sections: new Map() }
    const { sections } = parsed
    if (!sections.has(kind.name)) sections.set(kind.name, parseStored(kind, await newestVersion(client)))
    return sections.get(kind.name) as z.output<S>
  }

  /**
   * Calls back now and whenever a version is applied, by whatever process. A fault of the first call is thrown; later ones go to
   * `onFault`, and the call is repeated.
   */
  const watch = (onChange: () => Promise<void>, options: { onFault: (error: unknown) => void; everyMilliseconds?: number }): Promise<Watch> =>
    watchVersions(client, onChange, options)

  return { plan, apply, read, watch }
}

const placeInForce = (version: SettingsVersion | undefined): string => (version ? `settings in force (version ${version.version})` : 'settings')

function parseStored<S extends z.ZodType>(kind: SettingsKind<S>, version: SettingsVersion | undefined): z.output<S> {
  const section = version?.content[kind.name] ?? {}
  const result = kind.schema.safeParse(section)
  if (result.success) return result.data
  const [fault] = result.error.issues.flatMap(issue => explainIssue(issue, { section, schema: sectionSchema(kind) }))
  throw new DuncanError(
    'settings.outdated',
    `Version ${version?.version ?? 0} of the settings does not fit this release: ${[kind.name, ...(fault?.path ?? [])].join('.')}: ${fault?.message}.`,
    `${fault?.remedy} Write the section out with \`duncan export --kind ${kind.name}\`, correct it, and apply it again.`,
  )
}
