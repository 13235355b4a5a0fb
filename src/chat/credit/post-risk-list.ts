import { creditChannel } from '#credit'
import { fromInstant } from '#platform'
import { portfolioRisk, readSearchContext, unconvertedCurrencies } from '#search'
import { portfolioRiskCard } from '../cards/risk-card.ts'
import { inReporting } from '../commands/in-reporting.ts'
import { putPost } from '../posts.ts'
import { creditWeek } from './credit-week.ts'
import type { ReviewPostDeps } from './post-reviews.ts'

const shown = 15

/** Posts the list of debtors by exposure at risk with the first night of each week, one card for each administration whose debtors are watched. */
export async function postRiskLists({ client, clock, surface, context, credit }: ReviewPostDeps): Promise<void> {
  const rules = await credit?.rules()
  if (!rules?.on || rules.riskList === 'never') return
  const { words, format } = context
  const watched = await client.$queryRaw<{ id: number; code: string; name: string }[]>`
    SELECT DISTINCT a.id, a.code, a.name FROM "CreditCompany" c JOIN "CreditLink" l ON l."companyId" = c.id JOIN "Debtor" d ON d.id = l."debtorId"
    JOIN "Administration" a ON a.id = d."administrationId" WHERE c.monitoring = 'monitored' ORDER BY a.id`
  for (const { id, code, name } of watched) {
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
      unconverted: await unconvertedCurrencies(client, searching),
      bureau: { readAt: fromInstant(clock.now()) },
    }
    await putPost(client, clock, { surface, channel: creditChannel, subject, sight }, portfolioRiskCard(list, { buttons: [all] }, context))
  }
}
