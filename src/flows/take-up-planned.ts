import { fromPlainDate } from '#platform'
import type { DunningDeps } from './dunning-day.ts'

const key = 'dunning:refused'

/**
 * Takes up what is planned for today or waits since, but what looks at credit risk (check-risk.ts). One that cannot be written keeps none of the
 * others back; people are told of it as long as it stands, since nothing waits on their lists for it.
 */
export async function takeUpPlanned({ database: { client }, clock, timeZone, log, ops, proposals }: DunningDeps): Promise<void> {
  const today = fromPlainDate(clock.today(timeZone))
  const planned = await client.dunningAction.findMany({
    where: { status: 'planned', type: { not: 'risk_check' }, plannedOn: { lte: today } },
    orderBy: { id: 'asc' },
    select: { id: true, stepName: true, version: { select: { workflow: true } } },
  })
  const refused = new Map<string, number>()
  for (const { id, stepName, version } of planned) {
    const why = await proposals.takeUpDunning(id).catch((error: unknown) => {
      log.error({ err: error, action: id }, 'a step of dunning could not be taken up')
      return 'fault' as const
    })
    if (why === undefined || why === 'stale_ledger') continue // of an old ledger people are told anyway
    const told = `${stepName} of ${version.workflow}: ${reasons[why]}`
    refused.set(told, (refused.get(told) ?? 0) + 1)
  }
  if (refused.size === 0) return ops.resolve(key)
  await ops.raise({
    key,
    problem: `Steps of dunning cannot be written, and nobody is asked about them: ${[...refused].map(([told, count]) => `${told} (${count})`).join('; ')}.`,
    remedy:
      'Correct the texts under `templates`, and let workflows of private persons begin with a step whose text is consumer_notice (docs/dunning.md). They are tried again every minute.',
  })
}

const reasons = {
  consumer_law: 'its text does not say what the law wants said to a private person, or its day is too early',
  mail_refused: 'its text holds what no mail may hold',
  fault: 'a fault, of which the log says more',
}
