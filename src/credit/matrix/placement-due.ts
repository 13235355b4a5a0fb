import { lastPlacement, type PlaceDeps } from './place-debtors.ts'
import { readRules } from './rules-in-force.ts'

/**
 * Whether debtors are to be placed anew: the matrix, the scorecard, the ledger or the reporting currency is another one since. For the first time only after a night
 * at the bureau, before which nobody's solvency is known.
 */
export async function placementDue({ client, rules, reporting }: Pick<PlaceDeps, 'client' | 'rules' | 'reporting'>): Promise<boolean> {
  if (!rules.on) return false
  const last = await lastPlacement(client)
  if (!last) return (await client.creditRun.findFirst({ where: { finishedAt: { not: null } }, select: { id: true } })) !== null
  const { matrixVersion, scorecardVersion } = await readRules(client)
  if (last.matrixVersion !== matrixVersion || last.scorecardVersion !== scorecardVersion) return true
  const position = await client.creditPosition.findFirst({ select: { currency: true } }) // all of them have the same
  if (position && position.currency !== reporting.reporting) return true
  const since = last.startedAt
  const imported = await client.importRun.findFirst({ where: { status: 'done', finishedAt: { gt: since } }, select: { id: true } })
  return imported !== null || (await client.bankStatement.findFirst({ where: { createdAt: { gt: since } }, select: { id: true } })) !== null
}
