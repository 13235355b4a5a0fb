import { type Absence, listAbsences, may, nextWorkingDay, type Staff, sightCovers, sightOf } from '#people'
import { type Db, toPlainDate } from '#platform'
import { type RestDeps, restOf } from '../approvals/rest-of.ts'
import { type Card, cardSchema } from '../card.ts'
import type { CardContext } from '../cards/proposal-card.ts'
import { channelsOf, ownChannel } from '../channels.ts'
import type { SeenStatus } from '../platforms/read-statuses.ts'
import { type Place, putPostIn, redrawPost } from '../posts.ts'
import { workingDaysOf } from '../working-days.ts'
import { countWork } from '../worklist/read-worklist.ts'
import { type AwayAnswer, answeredCard, awayCard } from './away-card.ts'
import { lastDay, saysAway, statusHash, statusLine } from './away-status.ts'

/** `surface`: the one that posts stand on. */
export type AskAwayDeps = RestDeps & { surface: string; contextIn: (language: string) => CardContext }

export const awaySubject = (asked: string): string => `away:${asked}`

/**
 * Asks those who may set covers about colleagues whose status says that they are away, once for each status. Nothing is moved by a status:
 * a person says who covers. What was asked and is not so any more, or was settled elsewhere, asks nothing more.
 */
export async function askAboutAway(deps: AskAwayDeps, seen: readonly SeenStatus[]): Promise<void> {
  const absences = await listAbsences(deps.client, deps.clock, deps.timeZone)
  for (const each of seen) {
    const running = absences.find(({ staffId, state }) => staffId === each.staff.id && state === 'away')
    if (running) await forgetAsked(deps, each, coveredBy(running))
    else if (!each.status || !saysAway(each.status, deps.clock.now())) await forgetAsked(deps, each, { kind: 'over' })
    else if (each.account.awayAsked !== statusHash(each.status)) await ask(deps, each, each.status, absences)
  }
}

async function ask(deps: AskAwayDeps, { account, staff }: SeenStatus, status: NonNullable<SeenStatus['status']>, absences: Absence[]): Promise<void> {
  const { client, clock, surface, contextIn } = deps
  const timeZone = staff.timeZone ?? deps.timeZone
  const today = clock.today(timeZone)
  const worksOn = await workingDaysOf(client, deps.calendars(), staff)
  if (!worksOn(today)) return
  const last = lastDay(status, timeZone)
  const question = {
    absent: staff,
    said: statusLine(status),
    lastDay: last,
    until: last ?? nextWorkingDay(today.add({ days: 1 }), worksOn),
    asked: `${staff.id}:${today.toString()}`,
  }
  const posts: { place: Place; card: Card }[] = []
  for (const reader of await whoMayCover(deps, staff, absences)) {
    const context = contextIn(reader.language)
    const [channel = ownChannel(reader)] = await channelsOf(client, reader)
    const waits = await countWork({ client, clock, context }, reader, { owners: [staff.id], orNobody: false })
    const place = {
      surface,
      channel,
      subject: awaySubject(question.asked),
      privateTo: reader.id,
      sight: sightOf(reader),
      notBefore: await restOf(deps, reader),
    }
    posts.push({ place, card: awayCard({ ...question, waits }, context) })
  }
  if (posts.length === 0) return
  await client.$transaction(async tx => {
    if (!(await markAsked(tx, account, statusHash(status)))) return
    await settleAsked(deps, tx, staff, { kind: 'over' })
    for (const { place, card } of posts) await putPostIn(tx, clock, place, card)
  })
}

/** Who may say that somebody is away, and could do their work themselves. */
async function whoMayCover({ client }: AskAwayDeps, absent: Staff, absences: Absence[]): Promise<Staff[]> {
  const away = new Set(absences.filter(({ state }) => state === 'away').map(({ staffId }) => staffId))
  const people = await client.staff.findMany({ where: { active: true, id: { not: absent.id } }, orderBy: { id: 'asc' } })
  return people.filter(person => may(person, 'configure') && may(person, 'decide') && !away.has(person.id) && sightCovers(sightOf(person), sightOf(absent)))
}

/** Of a status that asks nothing more: should the same come again, it is asked about again. */
async function forgetAsked(deps: AskAwayDeps, { account, staff }: SeenStatus, answer: AwayAnswer): Promise<void> {
  if (account.awayAsked === null) return
  await deps.client.$transaction(async tx => {
    if (await markAsked(tx, account, null)) await settleAsked(deps, tx, staff, answer)
  })
}

/** Notes what is asked about an account now; false when another process did so meanwhile. */
async function markAsked(tx: Db, { awayAsked, ...account }: SeenStatus['account'], hash: string | null): Promise<boolean> {
  const { platform, workspace, userId } = account
  return (await tx.chatAccount.updateMany({ where: { platform, workspace, userId, awayAsked }, data: { awayAsked: hash } })).count === 1
}

/** Has every card that asks about somebody say what became of it. */
export async function settleAsked(
  { clock, surface, contextIn }: Pick<AskAwayDeps, 'clock' | 'surface' | 'contextIn'>,
  tx: Db,
  absent: Staff,
  answer: AwayAnswer,
) {
  const posts = await tx.chatPost.findMany({ where: { surface, subject: { startsWith: awaySubject(`${absent.id}:`) } }, orderBy: { id: 'asc' } })
  for (const { id, privateTo, card } of posts) {
    if (cardSchema.parse(card).buttons.length === 0) continue
    const reader = await tx.staff.findUnique({ where: { id: privateTo ?? 0 } })
    await redrawPost(tx, clock, id, answeredCard(absent.name, answer, contextIn(reader?.language ?? 'en')))
  }
}

export const coveredBy = ({ cover, from, until }: Absence): AwayAnswer => ({
  kind: 'covered',
  cover: cover.name,
  from: toPlainDate(from),
  until: toPlainDate(until),
})
