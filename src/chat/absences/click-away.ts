import { Temporal } from 'temporal-polyfill'
import { type Absence, findStaff, listAbsences, planAbsence, type Staff } from '#people'
import { type Db, recordAudit, toPlainDate } from '#platform'
import type { ButtonAction } from '../button-rights.ts'
import { cardSchema } from '../card.ts'
import { type Click, type ClickOutcome, idOf } from '../click.ts'
import type { CommandDeps } from '../commands/registry.ts'
import { type AskAwayDeps, awaySubject, coveredBy, settleAsked } from './ask-about-away.ts'
import { type AwayAnswer, answeredCard } from './away-card.ts'

type AwayAction = Extract<ButtonAction, `away.${string}`>
export const isAwayAction = (action: ButtonAction): action is AwayAction => action.startsWith('away.')

type ClickAwayDeps = CommandDeps & { asking: Pick<AskAwayDeps, 'clock' | 'surface' | 'contextIn'> }

/** Answers whether a colleague is away, on the card that asked this person. Pressed again, or by the next one, it tells what was said. */
export async function clickAway(deps: ClickAwayDeps, { staff, action, data }: Click & { action: AwayAction }): Promise<ClickOutcome> {
  const { client, context, asking, surface } = deps
  const mine = await client.chatPost.findFirst({ where: { surface: asking.surface, subject: awaySubject(data.away ?? ''), privateTo: staff.id } })
  const absent = await findStaff(client, idOf(data.away?.split(':')[0]))
  if (!mine || !absent?.active) return { kind: 'refused', message: context.words.outcome.gone }
  const card = cardSchema.parse(mine.card)
  const [button] = card.buttons
  if (!button) return { kind: 'done', message: card.fallback }
  const covered = (await absencesOf(deps, absent)).find(({ state }) => state === 'away')
  if (covered) return settle(deps, absent, coveredBy(covered))
  if (action === 'away.cover') return cover(deps, absent, staff, Temporal.PlainDate.from(button.data.until ?? ''))
  return settle(deps, absent, { kind: 'works', by: staff.name }, tx =>
    recordAudit(tx, { actor: `staff:${staff.id}`, event: 'absence.denied', subject: `staff:${absent.id}`, detail: { surface } }),
  )
}

/** From today on, up to the day that was shown; not beyond an absence that is planned already. */
async function cover(deps: ClickAwayDeps, absent: Staff, by: Staff, shown: Temporal.PlainDate): Promise<ClickOutcome> {
  const { client, clock, context, surface } = deps
  const timeZone = context.format.timeZone
  const from = clock.today(absent.timeZone ?? timeZone)
  const planned = (await absencesOf(deps, absent)).filter(({ state }) => state === 'to_come').map(absence => toPlainDate(absence.from).subtract({ days: 1 }))
  const until = [shown.since(from).sign < 0 ? from : shown, ...planned].reduce((a, b) => (Temporal.PlainDate.compare(a, b) < 0 ? a : b))
  const outcome = await planAbsence({ client, clock, timeZone }, { staffId: absent.id, coverId: by.id, from, until }, { staffId: by.id, surface })
  if (outcome.kind === 'planned') return settle(deps, absent, { kind: 'covered', cover: by.name, from, until })
  // Somebody else was quicker.
  const running = (await absencesOf(deps, absent)).find(({ state }) => state === 'away')
  return running ? settle(deps, absent, coveredBy(running)) : { kind: 'refused', message: context.words.people.refusal[outcome.why] }
}

async function absencesOf({ client, clock, context }: ClickAwayDeps, { id }: Staff): Promise<Absence[]> {
  return (await listAbsences(client, clock, context.format.timeZone)).filter(({ staffId }) => staffId === id)
}

async function settle(
  { client, context, asking }: ClickAwayDeps,
  absent: Staff,
  answer: AwayAnswer,
  note?: (tx: Db) => Promise<unknown>,
): Promise<ClickOutcome> {
  await client.$transaction(async tx => {
    await settleAsked(asking, tx, absent, answer)
    await note?.(tx)
  })
  return { kind: 'done', message: answeredCard(absent.name, answer, context).fallback }
}
