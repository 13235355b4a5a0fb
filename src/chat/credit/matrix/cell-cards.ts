import type { CellView, DebtorInCell } from '#credit'
import type { Workflows } from '#dunning'
import type { SettingsChange } from '#settings'
import { type Card, type CardElement, type CardInput, cardSchema } from '../../card.ts'
import { oneLine } from '../../cards/cut.ts'
import type { CardContext } from '../../cards/proposal-card.ts'
import { sayPlace, sayStance } from './say-place.ts'

/** Key of a cell in a form: `weak large`. */
export const cellKey = ({ solvency, band }: { solvency: string; band: string }): string => `${solvency} ${band}`

/** A cell and its debtors that the asker sees, the largest exposure first. */
export function cellCard(cell: CellView, debtors: readonly DebtorInCell[], pages: CardInput['buttons'], context: CardContext): Card {
  const { words, format } = context
  const { matrix: say } = words
  const title = `${sayPlace(cell, words)}: ${sayStance(cell.stance, words)}`
  const currency = debtors[0]?.currency
  const summary = [
    cell.debtors === 0 ? say.emptyCell : [say.debtors(cell.debtors), currency && format.shortMoney(cell.amount, currency)].filter(Boolean).join(' · '),
    cell.workflow !== null && say.workflow(oneLine(cell.workflow, 60)),
  ]
  const data = { solvency: cell.solvency.key, band: cell.band.key }
  return cardSchema.parse({
    title,
    subtitle: summary.filter(Boolean).join(' · '),
    elements: [{ type: 'text', text: say.meaning[cell.stance], weight: 'subtle' }, ...debtors.map(debtor => debtorPick(debtor, context))],
    buttons: [...(pages ?? []), { action: 'matrix.show', label: say.back }],
    more: [{ action: 'matrix.edit', label: say.edit, data }],
    fallback: [title, ...debtors.map(({ number, name }) => `${number} ${name}`)].join('\n'),
  })
}

function debtorPick({ id, number, name, administration, amount, currency, since }: DebtorInCell, { words, format }: CardContext): CardElement {
  const note = [format.money(amount, currency), words.matrix.since(format.day(since.toISOString().slice(0, 10))), number, administration].join(' · ')
  const data = { debtor: String(id) }
  return { type: 'pick', text: oneLine(name, 80), note, button: { action: 'risk.debtor', label: oneLine(name, 60), style: 'default', data } }
}

type Choice = { stance: string; workflow: string }

/** Asks what a cell is to say: which one, its stance, and the workflow that is proposed there. */
export function cellForm(
  cells: readonly CellView[],
  chosen: CellView,
  stances: readonly CellView['stance'][],
  workflows: Workflows,
  { words }: CardContext,
): Card {
  const { matrix: say } = words
  const options = cells.map(cell => ({ value: keyOf(cell), label: oneLine(`${sayPlace(cell, words)}: ${sayStance(cell.stance, words)}`, 70) }))
  const none = { value: '', label: say.noWorkflow }
  return cardSchema.parse({
    title: say.edit,
    elements: [
      choiceField('cell', say.cell, keyOf(chosen), options),
      choiceField(
        'stance',
        say.stance,
        chosen.stance,
        stances.map(stance => ({ value: stance, label: sayStance(stance, words) })),
      ),
      choiceField('workflow', say.workflowField, chosen.workflow ?? '', [
        none,
        ...Object.entries(workflows).map(([value, { title }]) => ({ value, label: oneLine(title, 70) })),
      ]),
    ],
    buttons: [{ action: 'matrix.preview', label: say.preview, style: 'primary' }],
    fallback: say.edit,
  })
}

const choiceField = (id: string, label: string, value: string, options: { value: string; label: string }[]) => ({
  type: 'field' as const,
  field: { type: 'choice' as const, id, label, value, options },
})

const keyOf = ({ solvency, band }: CellView): string => cellKey({ solvency: solvency.key, band: band.key })

/** What changing a cell would change: of the settings, value by value, and for whom. `data`: what the button carries. */
export function previewCard(
  cell: CellView,
  chosen: Choice,
  changes: readonly SettingsChange[],
  effect: string[],
  data: Record<string, string>,
  context: CardContext,
): Card {
  const { words } = context
  const { matrix: say } = words
  const title = say.previewTitle(sayPlace(cell, words))
  const now = say.stances[chosen.stance as CellView['stance']]
  return cardSchema.parse({
    title,
    elements: [
      {
        type: 'table',
        columns: [{ title: '' }, { title: say.was }, { title: say.will }],
        rows: [
          [say.stance, sayStance(cell.stance, words), now],
          [say.workflowField, cell.workflow ?? say.noWorkflow, chosen.workflow || say.noWorkflow],
        ],
      },
      ...effect.map(text => ({ type: 'text' as const, text })),
      { type: 'text', text: changes.map(({ path, before, after }) => `${path}: ${written(before)} → ${written(after)}`).join('\n'), weight: 'subtle' },
    ],
    buttons: [
      { action: 'matrix.apply', label: say.apply, style: 'primary', confirm: { title: say.apply, text: say.confirm, yes: say.yes }, data },
      { action: 'matrix.show', label: say.back },
    ],
    fallback: title,
  })
}

const written = (value: unknown): string => (value === undefined ? '–' : oneLine(typeof value === 'string' ? value : JSON.stringify(value), 120))
