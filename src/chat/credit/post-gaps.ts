import { creditChannel, duplicateCompanies, viewGaps } from '#credit'
import type { Sight } from '#people'
import { putPost } from '../posts.ts'
import { creditWeek } from './credit-week.ts'
import { gapsCard } from './gaps-card.ts'
import type { ReviewPostDeps } from './post-reviews.ts'

const shown = 8

/**
 * Posts the list of who is not monitored, one card per administration, with the first night of each week: the one from Sunday to Monday,
 * or the next one that runs. Nothing where everybody is monitored and no company is several debtors.
 */
export async function postGaps({ client, clock, surface, context, credit }: ReviewPostDeps): Promise<void> {
  const rules = await credit?.rules()
  if (!rules?.on || rules.gapList === 'never') return
  const { words, format } = context
  const today = clock.today(format.timeZone)
  const monday = creditWeek(clock)
  for (const { id, code, name } of await client.administration.findMany({ orderBy: { id: 'asc' } })) {
    const subject = `credit-gaps:${id}:${monday}`
    if ((await client.chatPost.count({ where: { surface, subject } })) > 0) continue
    const sight: Sight = { administrations: [code], mailboxes: [] }
    const gaps = await viewGaps({ db: client, rules, today, sight }, { administrationId: id, limit: shown })
    const duplicates = (await duplicateCompanies(client, sight)).length
    if (gaps.total === 0 && duplicates === 0) continue
    const buttons = gaps.total > shown ? [{ action: 'gaps.show', label: words.parties.allGaps, data: { page: '0' } }] : []
    await putPost(
      client,
      clock,
      { surface, channel: creditChannel, subject, sight },
      gapsCard({ title: words.parties.notMonitored(name), isOfOne: true, gaps, duplicates }, buttons, context),
    )
  }
}
