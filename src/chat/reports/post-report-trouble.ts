import type { PostReminderDeps } from '../approvals/post-reminder.ts'
import { restOf } from '../approvals/rest-of.ts'
import { type CardElement, cardSchema } from '../card.ts'
import { oneLine } from '../cards/cut.ts'
import { ownChannel } from '../channels.ts'
import { type Post, putPost } from '../posts.ts'
import { reportNames } from './asked-report.ts'
import type { ReportsPort } from './port.ts'
import { resultText } from './schedule-card.ts'

const mostNamed = 20

/** Tells the owner of a schedule, privately and in their language, who did not get a run of it and why; one post for each run. */
export async function postReportTrouble(
  deps: PostReminderDeps & { reports: Pick<ReportsPort, 'trouble'> },
  scheduleId: number,
  dueAt: string,
): Promise<Post | undefined> {
  const { client, clock, surface, contextIn, reports } = deps
  const trouble = await reports.trouble(scheduleId, dueAt)
  if (!trouble) return undefined
  const { schedule, owner, failed } = trouble
  const { words } = contextIn(owner.language)
  const say = words.reports
  const title = say.trouble(reportNames(schedule.report, owner.language).title)
  const paused = schedule.pausedFor === 'owner_right' ? [say.pausedFor.owner_right] : []
  const lines = [...paused, ...failed.slice(0, mostNamed).map(delivery => `${oneLine(delivery.name, 80)}: ${resultText(delivery, words)}`)]
  const rest = failed.length - mostNamed
  const card = cardSchema.parse({
    title,
    elements: [
      ...lines.map((text): CardElement => ({ type: 'text', text, tone: 'warning', weight: 'normal' })),
      ...(rest > 0 ? [{ type: 'text', text: words.people.andMore(rest), weight: 'subtle' }] : []),
    ],
    buttons: [{ action: 'reports.schedule', label: say.open, style: 'primary', data: { schedule: String(scheduleId) } }],
    fallback: [title, ...lines].join('\n'),
  })
  const place = { surface, channel: ownChannel(owner), subject: `report:${scheduleId}:${dueAt}`, privateTo: owner.id, notBefore: await restOf(deps, owner) }
  return putPost(client, clock, place, card)
}
