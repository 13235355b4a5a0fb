import { duplicateCompanies, type GapReason, gapReasons, viewGaps } from '#credit'
import { correctDebtor, identityOf, type TypedIdentity } from '#ledger'
import { debtorsInSight, sightOf } from '#people'
import { recordAudit } from '#platform'
import { cardSchema } from '../card.ts'
import { oneLine } from '../cards/cut.ts'
import type { Click, ClickOutcome } from '../click.ts'
import { pageButtons } from '../commands/pick-debtor.ts'
import type { CommandDeps } from '../commands/registry.ts'
import { textField } from '../forms/text-field.ts'
import type { RedrawReview } from './answer-review.ts'
import { gapsCard } from './gaps-card.ts'

const pageLength = 15
// With the name of its court.
const longestNumber = 150

export type GapsAsked = { reason?: GapReason | undefined; page: number }

/** What a button of the list asks for; whatever a browser sends. */
export const gapsAskedOf = ({ reason, page = '' }: Record<string, string>): GapsAsked => ({
  reason: gapReasons.find(known => known === reason),
  page: /^\d{1,5}$/.test(page) ? Number(page) : 0,
})

/** `/duncan creditsafe gaps`: a page of the debtors in sight that should be monitored and are not, and why. */
export async function gapsAnswer(deps: CommandDeps, { reason, page }: GapsAsked): Promise<ClickOutcome> {
  const { client, clock, staff, context, credit } = deps
  const { words, format } = context
  const rules = await credit?.rules()
  if (!rules?.on) return { kind: 'refused', message: words.parties.off }
  const scope = { db: client, rules, today: clock.today(format.timeZone), sight: sightOf(staff) }
  const gaps = await viewGaps(scope, { reason, limit: pageLength, offset: page * pageLength })
  const duplicates = (await duplicateCompanies(client, scope.sight)).length
  const last = Math.ceil(gaps.total / pageLength) - 1
  const buttons = pageButtons('gaps.show', reason ? { reason } : {}, { page, last }, words.button)
  return { kind: 'private', card: gapsCard({ title: words.parties.notMonitoredAll, isOfOne: false, gaps, duplicates }, buttons, context) }
}

/** The form to correct the country and the numbers of a debtor in sight. */
export async function fixForm({ client, staff, context }: CommandDeps, debtorId: number): Promise<ClickOutcome> {
  const { outcome, parties: say, button } = context.words
  const debtor = await client.debtor.findFirst({ where: { id: debtorId, ...debtorsInSight(sightOf(staff)) } })
  if (!debtor) return { kind: 'refused', message: outcome.gone }
  const fields: Record<keyof TypedIdentity, string> = { country: say.countryCode, companyNumber: say.withCourt, vatNumber: say.vatNumber }
  const standing = identityOf(debtor)
  const title = say.fixTitle(oneLine(debtor.name, 80))
  const card = cardSchema.parse({
    title,
    subtitle: say.fixText,
    elements: Object.entries(fields).map(([id, label]) => ({ type: 'field', field: textField(id, label, standing[id as keyof TypedIdentity]) })),
    buttons: [{ action: 'gap.correct', label: button.save, style: 'primary', data: { debtor: String(debtorId) } }],
    fallback: title,
  })
  return { kind: 'form', card }
}

/** Writes corrected numbers of a debtor in sight, and asks the bureau for its company at once where it can be asked. */
export async function correctNumbers(deps: CommandDeps, redraw: RedrawReview, { staff, surface, values }: Click, debtorId: number): Promise<ClickOutcome> {
  const { client, context, credit } = deps
  const { outcome: told, parties: say } = context.words
  const [country = '', companyNumber = '', vatNumber = ''] = [values.country, values.companyNumber, values.vatNumber].map(value =>
    value?.slice(0, longestNumber),
  )
  const typed = { country, companyNumber, vatNumber }
  const corrected = await client.$transaction(async tx => {
    if ((await tx.debtor.count({ where: { id: debtorId, ...debtorsInSight(sightOf(staff)) } })) === 0) return { kind: 'not_found' as const }
    const outcome = await correctDebtor(tx, debtorId, typed)
    if (outcome.kind !== 'corrected' || Object.keys(outcome.after).length === 0) return outcome
    const { before, after } = outcome
    const audit = { actor: `staff:${staff.id}`, event: 'debtor.corrected', subject: `debtor:${debtorId}` }
    await recordAudit(tx, { ...audit, detail: { fields: Object.keys(after), surface }, content: { before, after } })
    return outcome
  })
  if (corrected.kind === 'not_found') return { kind: 'refused', message: told.gone }
  if (corrected.kind === 'invalid') {
    const label = { country: say.country, companyNumber: say.companyNumber, vatNumber: say.vatNumber }[corrected.field]
    return { kind: 'refused', message: say.wrong(label, say.fault[corrected.fault]) }
  }
  if (Object.keys(corrected.after).length === 0) return { kind: 'refused', message: say.unchanged }
  const asked = await credit?.identifyDebtor(debtorId)
  await redraw(debtorId)
  return { kind: 'done', message: [say.corrected, await whatCame(deps, asked, debtorId)].filter(Boolean).join(' ') }
}

type AskedDebtor = Awaited<ReturnType<NonNullable<CommandDeps['credit']>['identifyDebtor']>> | undefined

async function whatCame({ client, context }: CommandDeps, asked: AskedDebtor, debtorId: number): Promise<string> {
  const { parties: say } = context.words
  if (asked?.kind === 'away') return say.nextNight
  if (asked?.kind !== 'told' || asked.told === 'unknown') return ''
  if (asked.told !== 'linked') return `${say.reason[asked.told]}.`
  const link = await client.creditLink.findUnique({ where: { debtorId }, include: { company: { select: { name: true } } } })
  return link ? `${say.linked(oneLine(link.company.name, 80))} ${say.firstReport}` : ''
}
