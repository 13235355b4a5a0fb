import { readdir, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Temporal } from 'temporal-polyfill'
import { type DbClient, fromInstant, recordAudit } from '#platform'
import type { ProposalsConfig } from '../deps.ts'
import type { DispatchChannel } from './dispatch.ts'
import { partEnding } from './outbox-file.ts'

export type OutboxConfig = Pick<ProposalsConfig, 'DUNCAN_DATA_DIR' | 'DUNCAN_PRINT_OUTBOX' | 'DUNCAN_HAND_OVER_FOLDER'>

const dispatchChannels = ['letter', 'sms', 'hand_over'] as const satisfies DispatchChannel[]

/** The folder that other programs take letters, SMS or files for collection from. */
export function outboxFolder({ DUNCAN_DATA_DIR, DUNCAN_PRINT_OUTBOX, DUNCAN_HAND_OVER_FOLDER }: OutboxConfig, channel: DispatchChannel): string {
  if (channel === 'letter') return DUNCAN_PRINT_OUTBOX ?? join(DUNCAN_DATA_DIR, 'outbox', 'print')
  if (channel === 'hand_over') return DUNCAN_HAND_OVER_FOLDER ?? join(DUNCAN_DATA_DIR, 'outbox', 'hand-over')
  return join(DUNCAN_DATA_DIR, 'outbox', 'sms')
}

/** The name of the file of a dispatch within its folder; an SMS is called by its key alone. */
export const outboxFileName = ({ channel, name }: { channel: string; name: string }): string => (channel === 'sms' ? `${name}.json` : name)

/** Paths of the files that were written before an instant and that nobody took from their folder; whatever else lies there is not Duncan's. */
export async function leftInOutbox(client: DbClient, config: OutboxConfig, channel: DispatchChannel, before: Temporal.Instant): Promise<string[]> {
  const folder = outboxFolder(config, channel)
  const lying = new Set(await readdir(folder).catch(noneWhereMissing))
  if (lying.size === 0) return []
  const written = await client.dispatch.findMany({
    where: { channel, state: 'sent', sentAt: { lt: fromInstant(before) } },
    select: { channel: true, name: true },
    orderBy: { id: 'asc' },
  })
  return written
    .map(outboxFileName)
    .filter(name => lying.has(name))
    .map(name => join(folder, name))
}

/** Paths of half files that a crash left before an instant, beside the name of something that Duncan writes there: nobody takes them, and they hold names and debts. */
async function halvesInOutbox(client: DbClient, config: OutboxConfig, channel: DispatchChannel, before: Temporal.Instant): Promise<string[]> {
  const folder = outboxFolder(config, channel)
  const lying = (await readdir(folder).catch(noneWhereMissing)).filter(name => name.endsWith(partEnding))
  if (lying.length === 0) return []
  const wholeNames = lying.map(name => name.slice(0, -partEnding.length))
  const names = wholeNames.flatMap(name => [name, basename(name, '.json')]) // an SMS is called by its key
  const known = new Set(
    (await client.dispatch.findMany({ where: { channel, name: { in: names } }, select: { channel: true, name: true } })).map(outboxFileName),
  )
  const paths = wholeNames.filter(name => known.has(name)).map(name => join(folder, name + partEnding))
  const old = await Promise.all(paths.map(async path => ((await stat(path).catch(() => undefined))?.mtimeMs ?? Infinity) < before.epochMilliseconds))
  return paths.filter((_, index) => old[index])
}

/** Deletes what was `written` before an instant, and half files of before another, in every folder; returns how many. `dryRun` only counts. */
export async function clearOutboxes(
  client: DbClient,
  config: OutboxConfig,
  { written, halves }: { written: Temporal.Instant | undefined; halves: Temporal.Instant },
  dryRun: boolean,
): Promise<number> {
  let total = 0
  for (const channel of dispatchChannels) {
    const paths = [...(written ? await leftInOutbox(client, config, channel, written) : []), ...(await halvesInOutbox(client, config, channel, halves))]
    total += paths.length
    if (dryRun || paths.length === 0) continue
    for (const path of paths) await rm(path, { force: true })
    await recordAudit(client, { actor: 'duncan', event: 'outbox.cleared', subject: 'duncan', detail: { channel, files: paths.length } })
  }
  return total
}

function noneWhereMissing(error: unknown): string[] {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
  throw error
}
