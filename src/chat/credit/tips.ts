import type { Money } from '#ledger'
import { Prisma } from '#platform'
import { owedBy, readQuery, type SearchContext } from '#search'
import { cardSchema } from '../card.ts'
import type { ClickOutcome } from '../click.ts'
import { inReporting } from '../commands/in-reporting.ts'
import type { CommandDeps } from '../commands/registry.ts'
import { searchingOf } from '../commands/risk.ts'
import type { Words } from '../words/index.ts'

type TipName = keyof Words['creditView']['tips']

/** What a tip is about, as a search that anybody can type, and how much an amount counts there beside the same amount elsewhere. */
const tips: readonly { name: TipName; query: string; weight: number }[] = [
  { name: 'insolvent', query: 'insolvency balance:>0 -hold', weight: 10 },
  { name: 'over_limit', query: 'limit_used:>100', weight: 3 },
  { name: 'falling_promiser', query: 'broken_promise score_drop:>0 balance:>0', weight: 3 },
  { name: 'bad_rating_undue', query: 'rating:D,E balance:>0 -overdue -insolvency', weight: 2 },
  { name: 'bad_number', query: 'not_monitored:bad_number balance:>0', weight: 2 },
  { name: 'no_number', query: 'not_monitored:no_number,no_country balance:>0', weight: 1.5 },
  { name: 'ambiguous', query: 'not_monitored:several,not_found balance:>0', weight: 1.5 },
  { name: 'slower_elsewhere', query: 'dbt:>20 balance:>0 -overdue', weight: 1 },
  { name: 'unreachable', query: 'overdue unreachable -hold', weight: 1 },
  { name: 'unapplied', query: 'overdue unapplied', weight: 1 },
  { name: 'good_but_disputed', query: 'rating:A dispute overdue', weight: 0.5 },
]

type Tip = { name: TipName; query: string; weight: number; count: number; open: Money[] }

/** `/duncan tips`: one tip about what is so now in the asker's sight, the one that most money hangs on first; `place` counts from 0. */
export async function tipAnswer(deps: CommandDeps, place: number): Promise<ClickOutcome> {
  const { words } = deps.context
  const { creditView: say } = words
  const searching = await searchingOf(deps)
  const found = await tipsNow(deps, searching)
  const current = found.length === 0 ? 0 : place % found.length
  const tip = found[current]
  const text = tip ? say.tips[tip.name](tip.count, inReporting(tip.open, searching, deps.context)) : say.noTip
  const next = { action: 'tip.show', label: say.nextTip, data: { place: String(current + 1) } }
  const card = cardSchema.parse({
    title: say.tipTitle,
    ...(tip && found.length > 1 && { subtitle: say.rank(current + 1, found.length) }),
    elements: [{ type: 'text', text }],
    buttons: tip
      ? [{ action: 'find.show', label: say.showDebtors, style: 'primary', data: { query: tip.query, page: '0' } }, ...(found.length > 1 ? [next] : [])]
      : [],
    fallback: text,
  })
  return { kind: 'private', card }
}

async function tipsNow({ client }: CommandDeps, searching: SearchContext): Promise<Tip[]> {
  const all = await Promise.all(
    tips.map(async (tip): Promise<Tip[]> => {
      const read = await readQuery(client, tip.query, searching)
      if (read.kind === 'problem') throw new Error(`the search of the tip ${tip.name} cannot be read`)
      const owed = await owedBy(client, read.query, read.context)
      return owed.open.length > 0 ? [{ ...tip, ...owed }] : []
    }),
  )
  return inOrder(all.flat(), searching.rates?.currency)
}

/** Most money first; amounts of several currencies that no rate joins say nothing beside each other, so there the number of debtors counts. */
function inOrder(found: Tip[], reporting: string | undefined): Tip[] {
  const currencies = new Set(found.flatMap(({ open }) => open.map(({ currency }) => currency)))
  const common = reporting ?? (currencies.size === 1 ? [...currencies][0] : undefined)
  const rank = ({ open, count, weight }: Tip) =>
    (common ? (open.find(({ currency }) => currency === common)?.amount ?? new Prisma.Decimal(0)) : new Prisma.Decimal(count)).mul(weight)
  return found.toSorted((one, other) => rank(other).comparedTo(rank(one)))
}
