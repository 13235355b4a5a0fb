import { type CellView, debtorsAt, readMatrix, type Stance, stances, viewGrid } from '#credit'
import { sightOf } from '#people'
import { cardFor } from '../../button-rights.ts'
import type { ClickOutcome } from '../../click.ts'
import { pageButtons, pickPageLength } from '../../commands/pick-debtor.ts'
import type { CommandDeps } from '../../commands/registry.ts'
import { cellCard, cellForm, cellKey, previewCard } from './cell-cards.ts'
import { gridCard } from './grid-card.ts'

/** `/duncan matrix`: the decision matrix with the debtors that the asker sees. */
export async function matrixAnswer({ client, staff, context, reportingCurrency, matrix }: CommandDeps): Promise<ClickOutcome> {
  if (!(await matrix?.isOn())) return { kind: 'refused', message: context.words.matrix.off }
  const grid = await viewGrid(client, { sight: sightOf(staff) })
  return { kind: 'private', card: cardFor(staff, gridCard(grid, reportingCurrency(), context)) }
}

/** A page of the debtors in sight that stand in a cell. */
export async function cellAnswer(deps: CommandDeps, { solvency = '', band = '' }: Record<string, string>, page: number): Promise<ClickOutcome> {
  const { client, staff, context } = deps
  const sight = sightOf(staff)
  const cell = (await viewGrid(client, { sight })).cells.find(isAt({ solvency, band }))
  if (!cell) return { kind: 'refused', message: context.words.outcome.gone }
  const { total, debtors } = await debtorsAt(client, { sight }, { solvency, band }, { limit: pickPageLength, offset: page * pickPageLength })
  const pages = pageButtons('matrix.cell', { solvency, band }, { page, last: Math.ceil(total / pickPageLength) - 1 }, context.words.button)
  return { kind: 'private', card: cardFor(staff, cellCard(cell, debtors, pages, context)) }
}

const isAt =
  ({ solvency, band }: { solvency: string; band: string }) =>
  (cell: CellView): boolean =>
    cell.solvency.key === solvency && cell.band.key === band

/** The form that changes a cell, filled in with the one that was pressed, or the first. */
export async function openCell(
  { client, staff, context, workflows }: CommandDeps,
  { solvency = '', band = '' }: Record<string, string>,
): Promise<ClickOutcome> {
  const { cells } = await viewGrid(client, { sight: sightOf(staff) })
  const chosen = cells.find(isAt({ solvency, band })) ?? cells[0]
  if (!chosen) return { kind: 'refused', message: context.words.outcome.gone }
  return { kind: 'form', card: cellForm(cells, chosen, await stancesThatMay(client), workflows(), context) }
}

const stancesThatMay = async (client: CommandDeps['client']): Promise<readonly Stance[]> => {
  const { offerForSale } = await readMatrix(client)
  return stances.filter(stance => stance !== 'offer_for_sale' || offerForSale)
}

/** What the change that somebody filled in would change, and for whom; nothing is written. */
export async function previewCell(deps: CommandDeps, { cell: key = '', stance: wanted = '', workflow = '' }: Record<string, string>): Promise<ClickOutcome> {
  const { client, staff, context, matrix, reportingCurrency } = deps
  const { words, format } = context
  const { matrix: say } = words
  const grid = await viewGrid(client, { sight: sightOf(staff) })
  const cell = grid.cells.find(each => cellKey({ solvency: each.solvency.key, band: each.band.key }) === key)
  const stance = stances.find(each => each === wanted)
  if (!matrix || !cell || !stance) return { kind: 'refused', message: words.outcome.invalid(say.cell) }
  const chosen = { solvency: cell.solvency.key, band: cell.band.key, stance, workflow: workflow === '' ? null : workflow }
  const plan = await matrix.planCell(chosen)
  if (plan.kind === 'refused') return { kind: 'refused', message: plan.faults.map(({ message, remedy }) => `${message} ${remedy}`).join('\n') }
  if (plan.kind === 'unchanged') return { kind: 'refused', message: say.same }
  const amount = format.shortMoney(cell.amount, grid.currency ?? reportingCurrency())
  const asks = workflow !== '' && workflow !== cell.workflow && cell.debtors > 0 ? [say.asks] : []
  const effect = [cell.debtors === 0 ? say.noEffect : say.effect(say.debtors(cell.debtors), amount), ...asks]
  const data = { solvency: chosen.solvency, band: chosen.band, stance, workflow, base: String(plan.base) }
  return { kind: 'private', card: previewCard(cell, { stance, workflow }, plan.changes, effect, data, context) }
}

/** Puts a change that somebody looked at into the settings; another version than they looked at is not changed. */
export async function applyCell(
  deps: CommandDeps,
  { solvency = '', band = '', stance: wanted = '', workflow = '', base = '' }: Record<string, string>,
): Promise<ClickOutcome> {
  const { staff, context, matrix } = deps
  const { words } = context
  const { matrix: say } = words
  const stance = stances.find(each => each === wanted)
  if (!matrix || !stance || !/^\d{1,9}$/.test(base)) return { kind: 'refused', message: words.outcome.gone }
  const change = { solvency, band, stance, workflow: workflow === '' ? null : workflow }
  const outcome = await matrix.changeCell(change, `staff:${staff.id}`, Number(base))
  if (outcome.kind === 'refused') return { kind: 'refused', message: outcome.faults.map(({ message, remedy }) => `${message} ${remedy}`).join('\n') }
  if (outcome.kind === 'overtaken') return { kind: 'refused', message: say.overtaken }
  return { kind: 'done', message: outcome.kind === 'unchanged' ? say.same : say.applied(String(outcome.version)) }
}
