import type { ProposalView } from '#proposals'
import { type CardElement, cardSchema } from '../card.ts'
import { cut } from '../cards/cut.ts'
import { factQuote } from '../cards/evidence-quotes.ts'
import { type CardContext, cardTitle } from '../cards/proposal-card.ts'
import type { ClickOutcome } from '../click.ts'
import type { Words } from '../words/index.ts'
import type { CommandDeps } from './registry.ts'

/** Why Duncan proposed this: what it thinks the mail says and how sure it is, and the literal words behind each fact. */
export async function whyAnswer({ proposals, context }: CommandDeps, proposal: string): Promise<ClickOutcome> {
  const { words } = context
  const id = Number(proposal.replace(/^#/, ''))
  const view = Number.isInteger(id) && id > 0 ? await proposals.view(id) : undefined
  if (!view) return { kind: 'refused', message: words.command.whyNone(cut(proposal, 40).text) }
  const intents = view.intents.slice(0, 5).map(({ intent, confidence }) => [words.intent[intent], `${Math.round(confidence * 100)}%`])
  const facts = view.facts.flatMap((fact): CardElement[] => {
    const value = saidValue(fact, context)
    const said = `${words.fact[fact.kind]}${value && ':'} ${value} (${Math.round(fact.confidence * 100)}%)`.replaceAll(/ +/g, ' ')
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

/** A fact's value as a reader knows it: days and amounts in the reader's way, reasons in words. */
function saidValue({ kind, value, currency }: ProposalView['facts'][number], { words, format }: CardContext): string {
  if (typeof value !== 'string') return value.dates.map(day => format.day(day)).join(', ')
  if (kind === 'requested_document') return '' // its words in the mail say it
  if (kind === 'dispute_reason') return words.disputeReason[value as keyof Words['disputeReason']] ?? value
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return format.day(value)
  if (currency && /^-?\d+(\.\d+)?$/.test(value)) return format.money(value, currency)
  return cut(value, 200).text
}
