import type { Prisma } from '#platform'
import { owedBy, readQuery } from '#search'
import { cardSchema } from '../card.ts'
import type { ClickOutcome } from '../click.ts'
import { inReporting } from '../commands/in-reporting.ts'
import type { CommandDeps } from '../commands/registry.ts'
import { searchingOf } from '../commands/risk.ts'
import type { Words } from '../words/index.ts'

type TipName = keyof Words['creditView']['tips']

/** What a tip is about, as a search that anybody can type; the first ones weigh more than any amount of the later ones of their kind. */
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

type Tip = { name: TipName; query: string; count: number; open: string; rank: Prisma.Decimal }

/** `/duncan tips`: one tip about what is so now in the asker's sight, the one that most money hangs on first; `place` counts from 0. */
export async function tipAnswer(deps: CommandDeps, place: number): Promise<ClickOutcome> {
  const { words } = deps.context
  const { creditView: say } = words
  const found = await tipsNow(deps)
  const current = found.length === 0 ? 0 : place % found.length
  const tip = found[current]
  const text = tip ? say.tips[tip.name](tip.count, tip.open) : say.noTip
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

async function tipsNow(deps: CommandDeps): Promise<Tip[]> {
  const { client, context } = deps
  const searching = await searchingOf(deps)
  const all = await Promise.all(
    tips.map(async ({ name, query, weight }): Promise<Tip[]> => {
      const read = await readQuery(client, query, searching)
      if (read.kind === 'problem') throw new Error(`the search of the tip ${name} cannot be read`)
      const { count, open } = await owedBy(client, read.query, read.context)
      const [largest] = open
      return largest ? [{ name, query, count, open: inReporting(open, searching, context), rank: largest.amount.mul(weight) }] : []
    }),
  )
  return all.flat().toSorted((one, other) => other.rank.comparedTo(one.rank))
}
