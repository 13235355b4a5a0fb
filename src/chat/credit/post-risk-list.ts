import { creditChannel } from '#credit'
import { fromInstant } from '#platform'
import { portfolioRisk, readSearchContext } from '#search'
import { portfolioRiskCard } from '../cards/risk-card.ts'
import { inReporting } from '../commands/in-reporting.ts'
import { knowsBureau } from '../commands/risk.ts'
import { putPost } from '../posts.ts'
import { creditWeek } from './credit-week.ts'
import type { ReviewPostDeps } from './post-reviews.ts'

const shown = 15

/** Posts the list of debtors by exposure at risk, one card per administration that has any, with the first night of each week. */
export async function postRiskLists({ client, clock, surface, context, credit }: ReviewPostDeps): Promise<void> {
  const rules = await credit?.rules()
  if (!rules?.on || rules.riskList === 'never' || !(await knowsBureau({ client, credit }))) return
  const { words, format } = context
  const unconverted: string[] = []
  for (const { id, code, name } of await client.administration.findMany({ orderBy: { id: 'asc' } })) {
    const subject = `credit-risk:${id}:${creditWeek(clock)}`
    if ((await client.chatPost.count({ where: { surface, subject } })) > 0) continue
    const sight = { administrations: [code], mailboxes: [] }
    const searching = await readSearchContext(client, { sight, clock, timeZone: format.timeZone })
    const risk = await portfolioRisk(client, searching, { byBureau: true }, { limit: shown })
    if (risk.total === 0) continue
    const [value, open] = [risk.amounts, risk.aging.map(({ balance: amount, currency }) => ({ amount, currency }))].map(money =>
      inReporting(money, searching, context),
    )
    const all = { action: 'risk.show', label: words.risk.back, data: { whose: 'team', query: `administration:"${code}"`, page: '0' } }
    const list = {
      ...risk,
      value: value ?? '',
      open: open ?? '',
      title: words.creditView.weekly(name),
      unconverted,
      bureau: { readAt: fromInstant(clock.now()) },
    }
    await putPost(client, clock, { surface, channel: creditChannel, subject, sight }, portfolioRiskCard(list, { buttons: [all] }, context))
  }
}
