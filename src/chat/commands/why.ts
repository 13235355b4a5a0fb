import { dunningPlaceOf } from '#dunning'
import { may, sightOf } from '#people'
import type { ProposalView } from '#proposals'
import { debtorOverview, lookUp } from '#search'
import { assertedFrom } from '#triage'
import { type Card, type CardElement, cardSchema } from '../card.ts'
import { calledBackText } from '../cards/autonomy-lines.ts'
import { cut, oneLine } from '../cards/cut.ts'
import { describeAction, describeStatus } from '../cards/describe-action.ts'
import { entriesOf, nextLines, pastLines, versionLines } from '../cards/dunning-lines.ts'
import { factQuotes } from '../cards/evidence-quotes.ts'
import { learnedBy, learnedText } from '../cards/learned-lines.ts'
import { isMailAction } from '../cards/mail-action.ts'
import { nextStepText } from '../cards/next-step-line.ts'
import { type CardContext, cardTitle, isWaiting } from '../cards/proposal-card.ts'
import { leftAlone } from '../cards/step-lines.ts'
import { stepName } from '../cards/step-name.ts'
import type { ClickOutcome } from '../click.ts'
import { policyNotices } from '../insurance/policy-notice.ts'
import type { Words } from '../words/index.ts'
import { assignedTo } from '../workflows/click-workflow.ts'
import { assignedText } from '../workflows/workflow-card.ts'
import { oneDebtor } from './debtor.ts'
import type { CommandDeps } from './registry.ts'

/** `/duncan why`: why Duncan proposed this, or why this is the next step for the one debtor that is meant. */
export async function whyCommand(deps: CommandDeps, rest: string): Promise<ClickOutcome> {
  if (rest === '' || /^#?\d{1,9}$/.test(rest)) {
    const answer = await whyAnswer(deps, rest)
    if (answer.kind !== 'refused' || !/^\d/.test(rest)) return answer
    const { meant } = await lookUp(deps.client, sightOf(deps.staff), rest, { limit: 2 }) // debtors have numbers, too
    return meant ? debtorWhyAnswer(deps, meant.id) : answer
  }
  return oneDebtor(deps, rest, 'debtor.why', debtorWhyAnswer)
}

/**
 * Why Duncan proposed this, step by step: the mail and its debtor, what was read in it by which words, what follows from it, why a person is
 * asked or was not, who decided, and what happened.
 */
export async function whyAnswer({ proposals, context, staff }: CommandDeps, proposal: string): Promise<ClickOutcome> {
  const { words } = context
  const id = Number(proposal.replace(/^#/, ''))
  const view = Number.isInteger(id) && id > 0 ? await proposals.view(id) : undefined
  if (!view) return { kind: 'refused', message: words.command.whyNone(cut(proposal, 40).text) }
  return { kind: 'private', card: whyCard(view, context, { mayReplay: may(staff, 'connect') }) }
}

/** Everything that led to a proposal and followed from it, in its order. */
export function whyCard(view: ProposalView, context: CardContext, { mayReplay }: { mayReplay: boolean }): Card {
  const { words } = context
  const title = words.command.whyTitle(view.id)
  return cardSchema.parse({
    title,
    subtitle: cardTitle(view, words),
    elements: [
      ...mailLines(view, context),
      ...readLines(view, context),
      ...stepLines(view, context),
      ...policyNotices(view.actions, context),
      ...autonomyReasons(view, context),
      ...decisionSteps(view, context),
      ...(mayReplay ? [line(words.autonomy.why.replay(view.id), 'subtle')] : []),
    ],
    ...(view.debtor && { buttons: [{ action: 'debtor.show', label: words.button.debtor, data: { debtor: String(view.debtor.id) } }] }),
    fallback: `${title}: ${view.intents.map(({ intent, confidence }) => `${words.intent[intent]} ${Math.round(confidence * 100)}%`).join(', ')}`,
  })
}

/** Which mail it is, and how its debtor was told. */
function mailLines({ message, debtor }: ProposalView, { words, format }: CardContext): CardElement[] {
  const say = words.autonomy.why
  const came = say.mailCame(format.dateTime(message.receivedAt), oneLine(message.from?.address ?? words.card.unknownDebtor, 80))
  const reason = words.linkReason[debtor?.linkReason as keyof Words['linkReason']] ?? debtor?.linkReason ?? ''
  return [line(say.mail, 'strong'), line(`${came}; ${debtor ? say.linked(oneLine(debtor.name, 80), reason) : say.notLinked}`, 'normal')]
}

/** What was read, how sure, and the literal words behind each fact. */
function readLines(view: ProposalView, context: CardContext): CardElement[] {
  const { words, format } = context
  const intents = view.intents.slice(0, 5).map(({ intent, confidence }) => ({ confidence, text: `${words.intent[intent]} (${format.percent(confidence)})` }))
  const [read, considered] = [intents.filter(({ confidence }) => confidence >= assertedFrom), intents.filter(({ confidence }) => confidence < assertedFrom)]
  const facts = factQuotes(view, words).flatMap(({ facts: said, quote }): CardElement[] => [
    line(said.map(fact => `${words.fact[fact.kind]}: ${saidValue(fact, context)} (${format.percent(fact.confidence)})`).join(' · '), 'normal'),
    quote,
  ])
  const differ = view.disagreements.map(
    (text): CardElement => ({ type: 'text', text: words.warning.engines_disagree(text), tone: 'warning', weight: 'normal' }),
  )
  const say = words.autonomy.why
  const listed = (list: typeof intents) => list.map(({ text }) => text).join(' · ')
  return [
    line(say.read, 'strong'),
    line(read.length > 0 ? listed(read) : say.nothingRead, 'normal'),
    ...(considered.length > 0 ? [line(say.considered(listed(considered)), 'subtle')] : []),
    ...(facts.length > 0 ? [line(words.command.whyFacts, 'strong'), ...facts] : []),
    ...differ,
  ]
}

/** Each step with what it rests on, whose correction shaped it, and why it is to be decided now. */
function stepLines(view: ProposalView, context: CardContext): CardElement[] {
  const { words, format } = context
  const { why: say } = words
  const reasonOf = (action: ProposalView['actions'][number]): string => {
    const { protective, evidence } = action
    if (protective) return say.protective
    if (evidence[0]) return `“${oneLine(evidence[0].text, 120)}”`
    // Not the server that returned a mail is written to, nor the colleague who is away.
    return isMailAction(action) && action.payload.to.some(address => address === view.message.from?.address.toLowerCase()) ? say.reply : say.reading
  }
  const steps = view.actions.filter(({ status }) => status !== 'undone').slice(0, mostSteps)
  const received = format.dateTime(view.message.receivedAt)
  const now = isWaiting(view) ? say.waiting(received) : say.decided(received)
  return [
    ...(steps.length > 0 ? [line(say.steps, 'strong')] : []),
    ...steps.map(action => line(`${describeAction(action, words, format)} – ${reasonOf(action)}`, 'normal')),
    ...view.learned.map(each => line(`${learnedText(each, words)} – ${learnedBy(each, context)}`, 'normal')),
    line(`${say.now}: ${now}`, 'normal'),
  ]
}

/** By which records Duncan decided alone, or every reason why a person is asked. */
function autonomyReasons({ autonomy }: ProposalView, { words, format }: CardContext): CardElement[] {
  if (!autonomy) return []
  const { why: say, reasons, card } = words.autonomy
  if (autonomy.level !== 'ask') {
    const records = autonomy.records.map(({ kind, cases, bound, grantedBy, grantedAt }) => {
      const record = card.records(words.verb[kind], cases, format.bound(bound))
      return `${record}; ${say.granted(grantedBy, format.dayOf(new Date(grantedAt)))}`
    })
    return [line(say.alone, 'strong'), ...records.map(text => line(text, 'normal'))]
  }
  const { calledBack } = autonomy
  const back = calledBack && calledBackText(calledBack.why, words)
  const ungranted = autonomy.ungranted.map(kind => words.verb[kind]).join(', ')
  const reasonOf = (reason: (typeof autonomy.asks)[number]) => (reason === 'not_earned' && ungranted ? say.notGranted(ungranted) : reasons[reason])
  // What is always a person's cannot be granted: nobody is told what is still missing.
  const told = autonomy.asks.includes('always_person') ? autonomy.asks.filter(reason => reason !== 'not_earned') : autonomy.asks
  const asks = [...(back ? [back] : []), ...told.map(reasonOf)]
  return asks.length > 0 ? [line(say.asked, 'strong'), ...asks.map(text => line(`– ${text}`, 'normal'))] : []
}

/** Who decided what and when, in order, and what became of each action. */
function decisionSteps(view: ProposalView, { words, format }: CardContext): CardElement[] {
  const say = words.autonomy.why
  const decided = view.decisions.map(({ kind, by, at, reason }) => {
    const told = say.by(say.decisions[kind] ?? kind, by?.name ?? words.decision.duncan, format.dateTime(at))
    return line(reason ? `${told}: “${oneLine(reason, 120)}”` : told, 'normal')
  })
  const happened = view.actions.flatMap(action => {
    const state = describeStatus(action, words, format)
    const at = action.finishedAt ? `, ${format.dateTime(action.finishedAt)}` : ''
    return state ? [line(`${describeAction(action, words, format)}: ${state}${at}`, 'normal')] : []
  })
  return [
    line(say.decided, 'strong'),
    ...(decided.length > 0 ? decided : [line(say.nobodyYet, 'normal')]),
    ...(happened.length > 0 ? [line(say.happened, 'strong'), ...happened.slice(0, mostSteps)] : []),
  ]
}

const mostSteps = 8
const line = (text: string, weight: 'strong' | 'normal' | 'subtle'): CardElement => ({ type: 'text', text, tone: 'neutral', weight })

/** Why this is the next step for a debtor in sight: what was looked at, in its order, and what of it decided. */
export async function debtorWhyAnswer(deps: CommandDeps, debtorId: number): Promise<ClickOutcome> {
  const { client, clock, staff, context } = deps
  const { words } = context
  const { why: say, debtorCard: label } = words
  const debtor = await debtorOverview(client, { sight: sightOf(staff), clock }, debtorId)
  if (!debtor) return { kind: 'refused', message: words.outcome.gone }
  const counts: [string, number][] = [
    [label.openProposals, debtor.proposals.filter(({ status }) => status !== 'snoozed').length],
    [label.tasks, debtor.tasks.length],
    [label.disputes, debtor.disputes.length],
    [`${label.promises} (${label.promiseStatus.due_passed})`, debtor.promises.filter(({ passed }) => passed).length],
    [label.holds, debtor.holds.length],
    [label.promises, debtor.promises.filter(({ status, passed }) => status === 'open' && !passed).length],
    [words.card.overdue, debtor.overdueCount],
  ]
  const title = say.title(oneLine(debtor.name, 80))
  const card = cardSchema.parse({
    title,
    subtitle: nextStepText(debtor.next, context),
    elements: [
      { type: 'text', text: say.order, weight: 'subtle' },
      { type: 'facts', facts: counts.map(([name, count], index) => ({ label: `${index + 1}. ${name}`, value: String(count) })) },
      ...(await dunningElements(deps, debtorId)),
    ],
    buttons: [{ action: 'debtor.show', label: words.button.debtor, data: { debtor: String(debtor.id) } }],
    fallback: `${title}: ${nextStepText(debtor.next, context)}`,
  })
  return { kind: 'private', card }
}

const section = (title: string, lines: string[]): CardElement[] => (lines.length > 0 ? [line(title, 'strong'), ...lines.map(text => line(text, 'normal'))] : [])

/** What dunning does next and why, what it did last, and for what left alone who allowed it. */
async function dunningElements(deps: CommandDeps, debtorId: number): Promise<CardElement[]> {
  const { client, staff, context } = deps
  const { words, format } = context
  const say = words.dunning
  const place = await dunningPlaceOf(client, debtorId)
  const [entries, assigned] = [await entriesOf(client, staff, place), await assignedTo(deps, debtorId)]
  const grantIds = entries.flatMap(entry => (leftAlone(entry) ? (entry.autonomy?.grantId ?? []) : []))
  const grants = await client.stepGrant.findMany({ where: { id: { in: grantIds } }, orderBy: { id: 'asc' } })
  const people = await client.staff.findMany({ select: { id: true, name: true }, orderBy: { id: 'asc' } })
  const allowed = grants.map(({ actor, grantedAt, step }) => {
    const person = people.find(({ id }) => actor === `staff:${id}`)
    return `${stepName({ name: step }, words)}: ${say.place.allowed(person?.name ?? say.grants.bySettings, format.dayOf(grantedAt))}`
  })
  return [
    ...section(say.place.title, [...(assigned ? [assignedText(assigned, context)] : []), ...versionLines(place, context)]),
    ...section(say.place.next, nextLines(place, context)),
    ...section(say.place.past, [...pastLines(place, entries, context), ...allowed]),
  ]
}

/** A fact's value as a reader knows it: days and amounts in the reader's way, reasons in words. */
function saidValue({ kind, value, currency, evidence }: ProposalView['facts'][number], { words, format }: CardContext): string {
  if (typeof value !== 'string' && value.dates.length > 0) return value.dates.map(day => format.day(day)).join(', ')
  if (typeof value !== 'string' || kind === 'requested_document') return `“${oneLine(evidence.text, 60)}”`
  if (kind === 'dispute_reason') return words.disputeReason[value as keyof Words['disputeReason']] ?? value
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return format.day(value)
  if (currency && /^-?\d+(\.\d+)?$/.test(value)) return format.money(value, currency)
  return cut(value, 200).text
}
