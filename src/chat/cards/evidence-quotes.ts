import type { ActionView, ProposalView } from '#proposals'
import type { Evidence } from '#triage'
import type { CardElement } from '../card.ts'
import type { Words } from '../words/index.ts'
import { cut } from './cut.ts'

type Span = { start: number; end: number }
type Quote = Extract<CardElement, { type: 'quote' }>

const longestQuote = 280
const mostSentences = 4

/**
 * For each action the sentences of the mail that it rests on, with the words that count marked; by the action's id. A sentence
 * that several actions rest on stands with the first of them.
 */
export function evidenceQuotes(view: ProposalView, actions: ActionView[], words: Words): Map<number, CardElement[]> {
  const { replyText } = view.message
  const sentences = new Map<number, { sentence: Span; marks: Span[]; actionId: number }>()
  const loose = new Map<number, CardElement[]>()
  for (const action of actions) {
    for (const evidence of action.evidence) {
      if (evidence.text.trim() === '') continue
      if (isIn(replyText, evidence)) {
        const sentence = sentenceAround(replyText, evidence)
        const known = sentences.get(sentence.start)
        if (!known) sentences.set(sentence.start, { sentence, marks: [evidence], actionId: action.id })
        else Object.assign(known, { marks: [...known.marks, evidence], sentence: { ...sentence, end: Math.max(sentence.end, known.sentence.end) } })
        continue
      }
      loose.set(action.id, [...(loose.get(action.id) ?? []), looseQuote(evidence, words)])
    }
  }
  return new Map(
    actions.map(({ id }) => {
      const own = [...sentences.values()].filter(({ actionId }) => actionId === id).toSorted((a, b) => a.sentence.start - b.sentence.start)
      const said = own.slice(0, mostSentences).map(({ sentence, marks }) => markedQuote(replyText, sentence, marks))
      return [id, said.length > 0 ? [joined(said)] : distinct(loose.get(id) ?? [])]
    }),
  )
}

type Fact = ProposalView['facts'][number]

/** The sentences of the mail that facts rest on, each once with its facts, their own words marked. */
export function factQuotes({ message: { replyText }, facts }: ProposalView, words: Words): { facts: Fact[]; quote: CardElement }[] {
  const inOrder = facts.toSorted((a, b) => a.evidence.start - b.evidence.start)
  const bySentence = Map.groupBy(inOrder, ({ evidence }) => (isIn(replyText, evidence) ? sentenceAround(replyText, evidence).start : evidence.text))
  return [...bySentence.values()].flatMap(together => {
    const [first] = together.map(({ evidence }) => evidence)
    if (!first) return []
    const sentences = isIn(replyText, first) ? together.map(({ evidence }) => sentenceAround(replyText, evidence)) : []
    const whole = { start: first.start, end: first.end }
    for (const { start, end } of sentences) Object.assign(whole, { start: Math.min(whole.start, start), end: Math.max(whole.end, end) })
    const marks = together.map(({ evidence }) => evidence)
    return [{ facts: together, quote: sentences.length > 0 ? joined([markedQuote(replyText, whole, marks)]) : looseQuote(first, words) }]
  })
}

// Words of the subject, or of an earlier mail of the conversation, stand alone.
const isIn = (replyText: string, { field, start, end, text }: Evidence): boolean => field === undefined && replyText.slice(start, end) === text

/** The first words of the mail, where no action quotes any: a person has to judge it. */
export function openingWords({ actions, message }: ProposalView): CardElement[] {
  const isQuoted = actions.some(({ evidence }) => evidence.length > 0)
  // Close together: a card is read at a glance, the mail itself stands in the thread.
  const text = cut(message.replyText.trim().replaceAll(/\n\s*\n/g, '\n'), longestQuote)
  if (isQuoted || text.text === '') return []
  return [{ type: 'quote', text: `“${text.text}${text.rest > 0 ? '…' : ''}”`, marks: [] }]
}

function looseQuote({ text, field }: Evidence, words: Words): Quote {
  const kept = cut(text, longestQuote)
  const source = field && words.card.evidenceIn(words.card.fields[field])
  return { type: 'quote', text: `“${kept.text}${kept.rest > 0 ? '…' : ''}”`, marks: [], ...(source && { source }) }
}

const distinct = (quotes: CardElement[]): CardElement[] => [...new Map(quotes.map(quote => [JSON.stringify(quote), quote])).values()].slice(0, mostSentences)

/** The sentence or sentences that a span lies in. A line's end ends a sentence only where a new paragraph begins. */
function sentenceAround(text: string, span: Span): Span {
  const paragraphStart = text.lastIndexOf('\n\n', span.start - 1) + 1
  const nextBreak = text.indexOf('\n\n', span.end)
  const [from, to] = [Math.max(0, paragraphStart), nextBreak < 0 ? text.length : nextBreak]
  // The segmenter takes a line's end for a sentence's end, but mail programs break lines where they like.
  const paragraph = text.slice(from, to).replaceAll('\n', ' ')
  let [start, end] = [span.start, span.end]
  for (const { index, segment } of new Intl.Segmenter(undefined, { granularity: 'sentence' }).segment(paragraph)) {
    const [first, last] = [from + index, from + index + segment.length]
    if (last <= span.start || first >= span.end) continue
    start = Math.min(start, first)
    end = Math.max(end, last)
  }
  while (start < span.start && /\s/.test(text[start] ?? '')) start++
  while (end > span.end && /\s/.test(text[end - 1] ?? '')) end--
  return { start, end }
}

/** A sentence in quotation marks, cut around what counts when it is too long, and where in it the marks lie. */
function markedQuote(text: string, sentence: Span, marks: Span[]): { text: string; marks: Span[] } {
  const first = Math.min(...marks.map(({ start }) => start))
  const start = sentence.end - sentence.start <= longestQuote ? sentence.start : wordStart(text, Math.max(sentence.start, first - longestQuote / 3))
  const kept = cut(text.slice(start, sentence.end), longestQuote)
  const before = start > sentence.start ? '“…' : '“'
  const shift = before.length - start
  const inside = marks.map(mark => ({ start: mark.start + shift, end: Math.min(mark.end + shift, before.length + kept.text.length) }))
  return {
    text: `${before}${kept.text}${kept.rest > 0 ? '…' : ''}”`,
    marks: inside.filter(mark => mark.start >= before.length && mark.start < mark.end),
  }
}

const wordStart = (text: string, at: number): number => {
  const space = text.indexOf(' ', Math.floor(at))
  return space < 0 || space - at > 40 ? Math.floor(at) : space + 1
}

function joined(parts: { text: string; marks: Span[] }[]): Quote {
  const quote: Quote = { type: 'quote', text: '', marks: [] }
  for (const { text, marks } of parts) {
    if (quote.text !== '') quote.text += '\n'
    const shift = quote.text.length
    quote.text += text
    quote.marks.push(...marks.map(({ start, end }) => ({ start: start + shift, end: end + shift })))
  }
  return quote
}
