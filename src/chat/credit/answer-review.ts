import { chooseCompany, declineCandidates, dropChoice, keepCandidates, type ReviewView, viewReview } from '#credit'
import { asCountry } from '#ledger'
import { sightOf } from '#people'
import { cardSchema } from '../card.ts'
import { oneLine } from '../cards/cut.ts'
import type { Click, ClickOutcome } from '../click.ts'
import type { CommandDeps } from '../commands/registry.ts'
import { textField } from '../forms/text-field.ts'
import { reviewCard } from './review-card.ts'

/** Draws the card of a debtor's company anew where it stands for everybody. */
export type RedrawReview = (debtorId: number) => Promise<unknown>

const reviewOf = ({ client, clock, staff, context }: CommandDeps, debtorId: number): Promise<ReviewView | undefined> =>
  viewReview(client, { sight: sightOf(staff), today: clock.today(context.format.timeZone) }, debtorId)

/** Which company a debtor in sight is or may be. */
export async function reviewAnswer(deps: CommandDeps, debtorId: number): Promise<ClickOutcome> {
  const view = await reviewOf(deps, debtorId)
  return view ? { kind: 'private', card: reviewCard(view, deps.context) } : { kind: 'refused', message: deps.context.words.outcome.gone }
}

/** Carries out what somebody decided about the company of a debtor in sight. */
export async function settleReview(deps: CommandDeps, redraw: RedrawReview, { staff, surface, action, data }: Click, debtorId: number): Promise<ClickOutcome> {
  const { context, credit } = deps
  const { words } = context
  const view = await reviewOf(deps, debtorId)
  if (!view) return { kind: 'refused', message: words.outcome.gone }
  const by = { debtorId, staff, surface }
  const isSettled =
    action === 'review.choose'
      ? await chooseCompany(deps, { ...by, companyId: data.company ?? '' })
      : action === 'review.none'
        ? await declineCandidates(deps, { ...by, shown: data.mark ?? '' })
        : await dropChoice(deps, by)
  if (!isSettled) return { kind: 'refused', message: words.credit.already }
  // What the number tells without a person's word is looked up at once; where it cannot be, the night does it.
  if (action === 'review.reopen') await credit?.identifyDebtor(debtorId)
  await redraw(debtorId)
  const { parties: say } = words
  if (action === 'review.none') return { kind: 'done', message: say.quiet }
  if (action === 'review.reopen') return { kind: 'done', message: say.dropped }
  const after = await reviewOf(deps, debtorId)
  const company = after?.state.kind === 'chosen' ? after.state.company : ''
  return { kind: 'done', message: `${say.linked(oneLine(company, 80))} ${say.firstReport}` }
}

/** The form to look a debtor's company up by its name, or by another number. */
export async function searchForm(deps: CommandDeps, debtorId: number): Promise<ClickOutcome> {
  const { words } = deps.context
  const { parties: say } = words
  const view = await reviewOf(deps, debtorId)
  if (!view) return { kind: 'refused', message: words.outcome.gone }
  const { name, country } = view.debtor
  const title = say.review(oneLine(name, 80))
  const card = cardSchema.parse({
    title,
    elements: [
      textField('text', say.nameOrNumber, oneLine(name, 100), true),
      textField('postalCode', say.postalCode, ''),
      textField('country', say.countryCode, country ?? '', true),
    ].map(field => ({ type: 'field', field })),
    buttons: [{ action: 'review.find', label: say.search, style: 'primary', data: { debtor: String(debtorId) } }],
    fallback: title,
  })
  return { kind: 'form', card }
}

/** Looks a debtor's company up as it was typed, and shows what was found as the candidates. */
export async function searchCompanies(deps: CommandDeps, redraw: RedrawReview, { values }: Click, debtorId: number): Promise<ClickOutcome> {
  const { credit, context } = deps
  const { outcome, parties: say } = context.words
  const view = await reviewOf(deps, debtorId)
  if (!view || !credit) return { kind: 'refused', message: outcome.gone }
  const [text, postalCode] = [values.text, values.postalCode].map(value => (value ?? '').trim().slice(0, 200))
  const country = asCountry(values.country ?? '')
  if (!text) return { kind: 'refused', message: outcome.invalid(say.nameOrNumber) }
  if (!country) return { kind: 'refused', message: outcome.invalid(say.countryCode) }
  // What its own number tells is known first.
  if (view.state.kind === 'unasked') await credit.identifyDebtor(debtorId)
  const found = await credit.findCompanies({ country, text, postalCode })
  if (found.kind !== 'told') return { kind: 'refused', message: say[found.kind] }
  if (found.told.length === 0) return { kind: 'refused', message: say.nothingFound }
  if (!(await keepCandidates(deps, debtorId, found.told))) return { kind: 'refused', message: context.words.credit.already }
  await redraw(debtorId)
  return reviewAnswer(deps, debtorId)
}
