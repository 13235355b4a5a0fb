import { type Database, DuncanError } from '#platform'
import { createSettings, newestVersion, type SettingsOutcome } from '#settings'
import { settingsKinds } from '../../app.ts'
import { describeFaults } from '../settings/report.ts'
import type { Ask } from './ask.ts'

/** What the steps of the setup work with. */
export type Setup = {
  ask: Ask
  say: (text: string) => void
  /** The env file of this folder. */
  envFile: string
  /** Opened by the first step, closed at the end. */
  database: Database
}

export type Step = { name: string; title: string; run: (setup: Setup) => Promise<void> }

/** The items of a kind that are in force. */
export async function itemsInForce(database: Database, kind: string): Promise<Record<string, unknown>> {
  const version = await newestVersion(database.client)
  return { ...(version?.content[kind] as Record<string, unknown> | undefined) }
}

/** Puts sections in force. Throws `setup.settings` with every fault. */
export async function applySections({ database }: Pick<Setup, 'database'>, sections: Record<string, unknown>, note: string): Promise<SettingsOutcome> {
  const settings = createSettings({ client: database.client, kinds: settingsKinds })
  const outcome = await settings.apply({ sections, whole: false, faults: [], placeOf: () => ({ file: 'setup' }) }, { actor: 'cli', note })
  if (outcome.kind === 'refused') throw new DuncanError('setup.settings', describeFaults(outcome.faults), 'Answer these questions again: run `duncan setup`.')
  return outcome
}
