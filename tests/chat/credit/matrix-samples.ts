import type { CellView, GridView, MoveView, PositionView } from '#credit'
import { Prisma } from '#platform'
import { cardSchema } from '../../../src/chat/card.ts'
import type { CardContext } from '../../../src/chat/cards/proposal-card.ts'
import { cellCard, cellForm, previewCard } from '../../../src/chat/credit/matrix/cell-cards.ts'
import { gridCard } from '../../../src/chat/credit/matrix/grid-card.ts'
import { moveLines } from '../../../src/chat/credit/matrix/moves.ts'
import { scoreCard } from '../../../src/chat/credit/matrix/score-card.ts'
import { cellOf, columnsOf, rowsOf } from '../../../src/credit/matrix/grid.ts'
import { matrixKind } from '../../../src/credit/matrix/matrix-kind.ts'
import { scoreDebtor } from '../../../src/credit/scorecard/score-debtor.ts'
import { scorecardKind, scorecardOf } from '../../../src/credit/scorecard/scorecard-kind.ts'
import type { Sample } from '../sample-cards.ts'

const decimal = (number: string) => new Prisma.Decimal(number)
const matrix = matrixKind.schema.parse({})
const standing: Record<string, [number, string]> = {
  'strong small': [112, '284000'],
  'strong medium': [31, '612300'],
  'strong large': [4, '388000'],
  'good small': [204, '511900'],
  'good large': [6, '702000'],
  'moderate small': [88, '190400'],
  'moderate medium': [17, '301000'],
  'weak small': [23, '61200'],
  'weak large': [3, '240000'],
  'stopped medium': [2, '31900.50'],
  'unknown small': [41, '80100'],
}
const cells = rowsOf(matrix).flatMap(solvency =>
  columnsOf(matrix).map(({ band }): CellView => {
    const [debtors, amount] = standing[`${solvency} ${band}`] ?? [0, '0']
    const { stance } = cellOf(matrix, { solvency, band })
    const workflow = solvency === 'weak' && band === 'large' ? 'short' : null
    return { solvency: { key: solvency }, band: { key: band }, stance, workflow, debtors, amount: decimal(amount) }
  }),
)
const grid: GridView = {
  rows: rowsOf(matrix).map(key => ({ key, title: undefined })),
  columns: columnsOf(matrix).map(({ band, from }) => ({ key: band, title: undefined, from })),
  cells,
  currency: 'EUR',
  placement: { at: new Date('2026-03-02T22:14:00Z'), unplaced: 2, currencies: ['USD'] },
  solvencyBy: 'rating',
}
const place = (solvency: string, band: string) => ({ solvency: { key: solvency }, band: { key: band } })
const moves: MoveView[] = [
  {
    ...place('weak', 'large'),
    id: 1,
    administrationId: 1,
    debtor: { id: 8, number: '10001', name: 'Visser Installatie BV' },
    from: { ...place('moderate', 'large'), stance: 'reinforce' },
    stance: 'stop',
    workflow: 'short',
    amount: decimal('84250.10'),
    currency: 'EUR',
    why: { by: 'rating', value: 'D' },
  }, // prettier-ignore
  {
    ...place('stopped', 'medium'),
    id: 2,
    administrationId: 1,
    debtor: { id: 9, number: '10002', name: 'Möller Fensterbau GmbH' },
    from: { ...place('good', 'medium'), stance: 'maintain' },
    stance: 'pre_litigation',
    workflow: null,
    amount: decimal('31900.50'),
    currency: 'EUR',
    why: { by: 'hard_stop', stops: ['insolvency'] },
  }, // prettier-ignore
  {
    ...place('strong', 'small'),
    id: 3,
    administrationId: 1,
    debtor: { id: 10, number: '10003', name: 'Ateliers Morel SARL' },
    from: undefined,
    stance: 'develop',
    workflow: null,
    amount: decimal('900'),
    currency: 'EUR',
    why: { by: 'rating', value: 'A' },
  }, // prettier-ignore
]
const { score, known, lines } = scoreDebtor(scorecardOf(scorecardKind.schema.parse({})), {
  rating: 'C',
  bureauScore: decimal('44'),
  daysBeyondTerms: undefined,
  judgments: undefined,
  privileges: undefined,
  limitUsed: decimal('140.4'),
  daysLate: decimal('18.5'),
  promisesKept: undefined,
  daysOverdue: decimal('41'),
  overdueShare: decimal('38.2'),
  tags: ['tax_deferral'],
})
const position: PositionView & { score: NonNullable<PositionView['score']> } = {
  ...place('moderate', 'large'),
  stance: 'reinforce',
  workflow: null,
  segment: null,
  exposure: { amount: decimal('84250.10'), currency: 'EUR' },
  why: { by: 'rating', value: 'C' },
  since: new Date('2026-02-20T22:10:00Z'),
  placedAt: new Date('2026-03-02T22:10:00Z'),
  before: { stance: 'maintain', at: new Date('2026-02-20T22:10:00Z') },
  next: { ...place('good', 'large'), stance: 'maintain', on: new Date('2026-03-12T22:10:00Z') },
  score: { score: score ?? null, known, lines, version: 12, at: new Date('2026-03-02T22:10:00Z') },
  tags: [{ key: 'tax_deferral', title: undefined }],
}

/** The cards of the decision matrix, as people meet them. */
export function matrixSamples(context: CardContext): Sample[] {
  const debtors = moves.map(({ debtor, amount, currency }) => ({
    ...debtor,
    administration: 'Harbourlight Trading',
    amount,
    currency,
    since: new Date('2026-02-20T22:10:00Z'),
    stance: 'stop',
  }))
  const weak = cells.find(({ solvency, band }) => solvency.key === 'weak' && band.key === 'large') as CellView
  const changes = [{ path: 'matrix.cells.weak.large.stance', before: 'stop', after: 'compensate' }]
  const steps = [
    {
      name: 'call',
      type: 'call' as const,
      after: { days: 1, from: 'due_date' as const, working: false },
      behaviour: 'ask' as const,
      charges: 'none' as const,
      attachInvoices: false,
      audience: 'external' as const,
    },
  ]
  const workflows = { short: { title: 'High risk, short', administrations: [], patienceDays: 0, absenceDays: 7, branches: [], steps } }
  const { matrix: say } = context.words
  return [
    { name: 'the matrix', on: 'answer', card: gridCard(grid, 'EUR', context) },
    { name: 'a cell of the matrix', on: 'answer', card: cellCard(weak, debtors, [], context) },
    { name: 'changing a cell', on: 'form', card: cellForm(cells, weak, ['stop', 'compensate'], workflows, context) },
    {
      name: 'what changing a cell changes',
      on: 'answer',
      card: previewCard(weak, { stance: 'compensate', workflow: 'short' }, changes, [say.effect(say.debtors(3), '€240,000'), say.asks], {}, context),
    },
    {
      name: 'moves in the matrix',
      on: 'post',
      card: cardSchema.parse({ title: say.firstTitle('Harbourlight'), elements: moveLines(moves, context), fallback: '' }),
    },
    { name: 'an own score', on: 'answer', card: scoreCard({ id: 8, name: 'Visser Installatie BV' }, position, 50, context) },
  ]
}
