import { type MonitoringView, viewMonitoring } from '#credit'
import type { CardInput } from '../card.ts'
import type { CardContext } from '../cards/proposal-card.ts'
import type { CommandDeps } from '../commands/registry.ts'

/** What a debtor's cards show of its monitoring: a line, and buttons that change it. */
export type MonitoringShown = { line: string; buttons: NonNullable<CardInput['more']> }

/** Whether a debtor is monitored, in words, with what can be done about it; undefined while credit monitoring is off. */
export async function monitoringShown({ client, clock, credit, context }: CommandDeps, debtorId: number): Promise<MonitoringShown | undefined> {
  const rules = await credit?.rules()
  if (!rules?.on) return undefined
  const view = await viewMonitoring(client, rules, clock.today(context.format.timeZone), debtorId)
  if (!view) return undefined
  const { parties: say } = context.words
  const data = { debtor: String(debtorId) }
  const stop = { action: 'monitor.off', label: say.stop, data }
  const wish = view.isWanted ? stop : { action: 'monitor.on', label: say.monitor, data }
  const company = view.company && !view.company.isChosen && !view.gap ? [] : [{ action: 'review.show', label: say.company, data }]
  return { line: lineOf(view, context), buttons: [wish, ...company] }
}

function lineOf({ isWanted, company, gap }: MonitoringView, { words: { parties: say }, format }: CardContext): string {
  const isMonitored = company?.monitoring === 'monitored'
  if (!isWanted) return isMonitored ? say.untilTonight : say.notMonitoredNow
  if (isMonitored) return say.monitoredSince(company.monitoredSince ? format.day(company.monitoredSince.toISOString().slice(0, 10)) : '')
  return gap ? `${say.notMonitoredNow}: ${say.reason[gap]}` : say.fromTonight
}
