import { debtorsInSight, may, sightOf } from '#people'
import { fromInstant } from '#platform'
import { forgetCorrection, listCorrections, viewLearned } from '#proposals'
import { type CardElement, cardSchema } from '../card.ts'
import { oneLine } from '../cards/cut.ts'
import { learnedBy, learnedText } from '../cards/learned-lines.ts'
import type { ClickOutcome } from '../click.ts'
import type { CommandDeps } from './registry.ts'

const mostLines = 20
const mostLooked = 500

/** `/duncan learned`: what people's corrections taught Duncan of debtors in sight, newest first, each to be forgotten. */
export async function learnedAnswer(deps: CommandDeps): Promise<ClickOutcome> {
  const { client, staff, context } = deps
  const say = context.words.autonomy.learned
  const newest = await listCorrections(client, {}, mostLooked)
  const debtors = await client.debtor.findMany({
    where: { ...debtorsInSight(sightOf(staff)), id: { in: newest.flatMap(({ debtorId }) => debtorId ?? []) } },
    select: { id: true, name: true },
  })
  const people = await client.staff.findMany({ select: { id: true, name: true } })
  const named = (id: number) => people.find(person => person.id === id) ?? { id, name: '–' }
  const found = newest
    .filter(({ debtorId }) => debtors.some(({ id }) => id === debtorId))
    .slice(0, mostLines)
    .map(each => viewLearned(each, named))
  const elements = found.map((each): CardElement => {
    const debtor = debtors.find(({ id }) => id === each.debtorId)?.name ?? ''
    const [text, note] = [`${oneLine(debtor, 60)}: ${learnedText(each, context.words)}`, learnedBy(each, context)]
    if (!may(staff, 'decide')) return { type: 'text', text: `${text} – ${note}`, tone: 'neutral', weight: 'normal' }
    const button = { action: 'correction.forget', label: say.forget, style: 'default' as const, data: { correction: String(each.id) } }
    return { type: 'pick', text, note, verb: say.forget, button }
  })
  const none: CardElement[] = found.length === 0 ? [{ type: 'text', text: say.none, tone: 'neutral', weight: 'normal' }] : []
  return { kind: 'private', card: cardSchema.parse({ title: say.title, elements: [...none, ...elements], fallback: say.title }) }
}

/** Forgets one correction on a debtor in sight; the next proposal is made without it. */
export async function forgetAnswer({ client, clock, staff, context }: CommandDeps, id: number): Promise<ClickOutcome> {
  const gone: ClickOutcome = { kind: 'refused', message: context.words.outcome.gone }
  const [found] = await listCorrections(client, { id }, 1)
  const debtor = found?.debtorId ? await client.debtor.count({ where: { ...debtorsInSight(sightOf(staff)), id: found.debtorId } }) : 0
  if (debtor === 0) return gone
  const isForgotten = await client.$transaction(tx => forgetCorrection(tx, id, staff.id, fromInstant(clock.now())))
  return isForgotten ? { kind: 'done', message: context.words.autonomy.learned.forgotten } : gone
}
