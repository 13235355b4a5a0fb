import { z } from 'zod'
import { type ExportDeps, type ExportSettings, runExport } from '#ledger'
import { type DbClient, DuncanError, jobKind, type Ops, type Queue, startSchedule } from '#platform'

/** One run of the export of this name. */
export const ledgerExport = jobKind('ledger.export', z.object({ name: z.string() }), { keyed: true, retries: 2 })

type Exports = Record<string, ExportSettings>

const alertPrefix = 'export:'

/** Writes an export as the settings have it now. What a person has to mend is told, until a run succeeds or the settings drop it. */
export async function exportScheduled(deps: ExportDeps, ops: Ops, name: string, settings: ExportSettings | undefined): Promise<void> {
  if (!settings) return // dropped since the job was sent
  const key = `${alertPrefix}${name}`
  try {
    const outcome = await runExport(deps, { name, settings, actor: 'schedule' })
    if (outcome.kind === 'done') await ops.resolve(key)
  } catch (error) {
    if (!(error instanceof DuncanError)) throw error
    deps.log.warn({ export: name, code: error.code }, 'an export was not written')
    await ops.raise({
      key,
      problem: `The export ${name} was not written: ${error.message}`,
      remedy: `${error.remedy} It is tried again at its next time; \`duncan extract run ${name}\` does so now.`,
    })
  }
}

/** Runs the exports of the settings when their schedules say so; `replace` takes other settings up. */
export function createExportSchedule(deps: ExportDeps & { queue: Queue; ops: Pick<Ops, 'resolve'>; timeZone: string }) {
  const { database, clock, log, queue, ops } = deps
  let running: { stop: () => Promise<void> } | undefined
  let written = ''

  return {
    replace: async (exports: Exports): Promise<void> => {
      await closeAlertsOfOthers(database.client, ops, exports)
      const wanted = Object.entries(exports).flatMap(([name, { schedule, timeZone = deps.timeZone }]) => (schedule ? [{ name, cron: schedule, timeZone }] : []))
      if (JSON.stringify(wanted) === written) return
      await running?.stop()
      written = JSON.stringify(wanted)
      running = startSchedule(
        database,
        clock,
        log,
        wanted.map(({ name, cron, timeZone }) => ({
          name: `${ledgerExport.name}:${name}`,
          cron,
          timeZone,
          enqueue: tx => queue.send(tx, ledgerExport, { name }, { key: name }),
        })),
      )
    },
    stop: async (): Promise<void> => running?.stop(),
  }
}

/** An export that the settings dropped never runs again, and so would never close its own alert. */
async function closeAlertsOfOthers(client: DbClient, ops: Pick<Ops, 'resolve'>, exports: Exports): Promise<void> {
  const open = await client.opsAlert.findMany({ where: { key: { startsWith: alertPrefix }, resolvedAt: null }, select: { key: true } })
  for (const { key } of open) if (!Object.hasOwn(exports, key.slice(alertPrefix.length))) await ops.resolve(key)
}
