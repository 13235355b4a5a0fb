import { type PositionView, positionOf, readScorecard } from '#credit'
import { debtorsInSight, sightOf } from '#people'
import { cardFor } from '../../button-rights.ts'
import { type Card, cardSchema } from '../../card.ts'
import { oneLine } from '../../cards/cut.ts'
import type { CardContext } from '../../cards/proposal-card.ts'
import type { ClickOutcome } from '../../click.ts'
import type { CommandDeps } from '../../commands/registry.ts'
import { sayTag } from './say-place.ts'

/** How a debtor in sight came to its own score, line by line. */
export async function scoreAnswer({ client, staff, context }: CommandDeps, debtorId: number): Promise<ClickOutcome> {
  const position = await positionOf(client, sightOf(staff), debtorId)
  const debtor = await client.debtor.findFirst({ where: { id: debtorId, ...debtorsInSight(sightOf(staff)) }, select: { id: true, name: true } })
  if (!position?.score || !debtor) return { kind: 'refused', message: context.words.outcome.gone }
  const { minimumKnown } = await readScorecard(client)
  return { kind: 'private', card: cardFor(staff, scoreCard(debtor, { ...position, score: position.score }, minimumKnown, context)) }
}

type Scored = PositionView & { score: NonNullable<PositionView['score']> }
type Line = Scored['score']['lines'][number]

/** Every line of a debtor's own score, what is not known, and the version that it came from. */
export function scoreCard(debtor: { id: number; name: string }, position: Scored, minimumKnown: number, context: CardContext): Card {
  const { words, format } = context
  const { matrix: say } = words
  const { score, version, known, at, lines } = position.score
  const name = oneLine(debtor.name, 60)
  const title = score ? say.scoreTitle(name, format.number(score.toNumber())) : say.noScoreTitle(name)
  const day = format.day(at.toISOString().slice(0, 10))
  const share = format.percent(known / 100)
  const [terms, tags] = [lines.filter(({ of }) => of === 'term'), lines.filter(({ of }) => of === 'tag')]
  const weight = terms.reduce((sum, line) => sum + (line.points === undefined ? 0 : (line.weight ?? 0)), 0)
  // Of how many points a term could bring: who sees 12 of 26 knows what it weighs and what is lost.
  const brings = (line: Line): string =>
    line.points === undefined ? '–' : say.of(format.number(Number(line.contribution)), format.number((100 * (line.weight ?? 0)) / weight))
  return cardSchema.parse({
    title,
    subtitle: version === 0 ? say.ownVersion(day) : say.version(String(version), day),
    elements: [
      {
        type: 'table',
        columns: [{ title: say.term }, { title: say.value }, { title: say.points, align: 'right' }],
        rows: terms.map(line => [sayLine(line, context), sayValue(line, context), score ? brings(line) : '–']),
      },
      ...(tags.length > 0
        ? [{ type: 'facts', facts: tags.map(line => ({ label: sayLine(line, context), value: format.number(Number(line.contribution)) })) }]
        : []),
      { type: 'text', text: score ? say.known(share) : say.noScore(share, format.percent(minimumKnown / 100)), weight: 'subtle' },
    ],
    buttons: [
      { action: 'risk.debtor', label: words.matrix.stance, data: { debtor: String(debtor.id) } },
      { action: 'tag.open', label: say.tagButton, data: { debtor: String(debtor.id) } },
    ],
    fallback: title,
  })
}

const sayLine = ({ key, of, measure, title }: Line, { words }: CardContext): string => {
  if (of === 'tag') return sayTag({ key, title }, words)
  return oneLine(title ?? words.matrix.terms[measure as keyof typeof words.matrix.terms] ?? key, 60)
}

/** A term's value with its unit. */
function sayValue({ measure, value }: Line, { words: { matrix: say }, format }: CardContext): string {
  if (value === undefined) return say.notKnown
  if (measure === 'rating') return value
  const number = Number(value)
  if (measure === 'limit_used' || measure === 'promises_kept' || measure === 'overdue_share') return format.percent(number / 100)
  return measure?.startsWith('days_') ? say.days(format.number(number)) : format.number(number)
}
