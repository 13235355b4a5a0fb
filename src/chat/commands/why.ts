import { type CardElement, cardSchema } from '../card.ts'
import { cut } from '../cards/cut.ts'
import { factQuote } from '../cards/evidence-quotes.ts'
import { cardTitle } from '../cards/proposal-card.ts'
import type { ClickOutcome } from '../click.ts'
import type { CommandDeps } from './registry.ts'

/** Why Duncan proposed this: what it thinks the mail says and how sure it is, and the literal words behind each fact. */
export async function whyAnswer({ proposals, context }: CommandDeps, proposal: string): Promise<ClickOutcome> {
  const { words } = context
  const id = Number(proposal.replace(/^#/, ''))
  const view = Number.isInteger(id) && id > 0 ? await proposals.view(id) : undefined
  if (!view) return { kind: 'refused', message: words.command.whyNone(cut(proposal, 40).text) }
  const intents = view.intents.slice(0, 5).map(({ intent, confidence }) => [words.intent[intent], `${Math.round(confidence * 100)}%`])
  const facts = view.facts.flatMap((fact): CardElement[] => {
    const value = typeof fact.value === 'string' ? fact.value : fact.value.dates.join(', ')
    const said = `${words.fact[fact.kind]}: ${[cut(value, 200).text, fact.currency].filter(Boolean).join(' ')} (${Math.round(fact.confidence * 100)}%)`
    return [{ type: 'text', text: said, tone: 'neutral', weight: 'normal' }, factQuote(view, fact.evidence, words)]
  })
  const differ = view.disagreements.map(
    (text): CardElement => ({ type: 'text', text: words.warning.engines_disagree(text), tone: 'warning', weight: 'normal' }),
  )
  const title = words.command.whyTitle(view.id)
  const card = cardSchema.parse({
    title,
    subtitle: cardTitle(view, words),
    elements: [
      { type: 'table', columns: [{ title: words.command.whyIntents }, { title: words.command.confidence, align: 'right' }], rows: intents },
      ...(facts.length > 0 ? [{ type: 'text', text: words.command.whyFacts, weight: 'strong' } as const, ...facts] : []),
      ...differ,
    ],
    fallback: `${title}: ${intents.map(pair => pair.join(' ')).join(', ')}`,
  })
  return { kind: 'private', card }
}
