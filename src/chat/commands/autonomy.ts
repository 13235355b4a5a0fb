import { sightOf } from '#people'
import type { AutonomyRow, Combination, StepRow } from '#proposals'
import { cardFor } from '../button-rights.ts'
import { type Card, type CardElement, cardSchema } from '../card.ts'
import type { CardContext } from '../cards/proposal-card.ts'
import type { Click, ClickOutcome } from '../click.ts'
import type { Words } from '../words/index.ts'
import { stepElements, switchAnswer, switchButton } from './autonomy-steps.ts'
import type { CommandDeps } from './registry.ts'
import { weekAnswer } from './self-audit.ts'

const mostRows = 15

/** `/duncan autonomy [week|stop|go]`: what Duncan decides without asking, the record of every combination, how it judged its last week; or stops all of it. */
export async function autonomyCommand(deps: CommandDeps, rest: string): Promise<ClickOutcome> {
  if (rest === 'stop' || rest === 'go') return switchAnswer(deps, rest === 'go')
  return rest === 'week' ? weekAnswer(deps) : autonomyAnswer(deps)
}

/** Every combination in sight with its record, what it does and why; whoever may grants and takes back here. */
export async function autonomyAnswer(deps: CommandDeps): Promise<ClickOutcome> {
  const { proposals, context } = deps
  const steps = { rows: await proposals.steps(), isOn: proposals.decidesAlone() }
  return { kind: 'private', card: cardFor(deps.staff, autonomyCard(await rowsInSight(deps), context, steps)) }
}

/** The card of some combinations: what is granted first, then what waits for a grant. */
export function autonomyCard(unordered: AutonomyRow[], context: CardContext, steps: { rows: readonly StepRow[]; isOn: boolean } = noSteps): Card {
  const { state, autonomy: say, dunning } = context.words
  const rows = unordered.toSorted((a, b) => rank(a) - rank(b) || b.record.n - a.record.n)
  const all = [...rows, ...steps.rows]
  const [granted, ready] = [all.filter(({ level }) => level !== 'ask').length, all.filter(({ asks }) => asks === 'to_grant').length]
  const shown = rows.slice(0, mostRows)
  const picks = shown.flatMap(row => pickOf(row, context))
  const summary = granted + ready > 0 ? say.summary(granted, ready) : state.asks
  const elements: CardElement[] = [
    ...(steps.isOn ? [] : [{ type: 'notice', tone: 'bad', title: dunning.switch.off, lines: [] } satisfies CardElement]),
    ...(granted === 0 && ready > 0 ? [line(state.asks)] : []),
    line(state.protects),
    ...(granted === 0 ? [line(state.ceilings)] : []),
    ...(shown.length > 0 ? [tableOf(shown, context)] : []),
    ...(rows.length > shown.length ? [line(say.more(rows.length - shown.length), 'subtle')] : []),
    ...picks,
    ...(shown.length > 0 ? [line(say.method, 'subtle')] : []),
    ...stepElements(steps.rows, context),
  ]
  return cardSchema.parse({
    title: state.autonomy,
    subtitle: summary,
    elements,
    buttons: [
      { action: 'autonomy.week', label: say.showWeek },
      { action: 'correction.list', label: say.showLearned },
      ...(granted > 0 || !steps.isOn ? [switchButton(steps.isOn, context)] : []),
    ],
    fallback: `${state.autonomy}: ${summary}`,
  })
}

const noSteps = { rows: [], isOn: true }

/** What is granted, then what waits for a grant, then the rest. */
const rank = ({ level, asks }: AutonomyRow): number => (level !== 'ask' ? 0 : asks === 'to_grant' ? 1 : asks === 'always_person' ? 3 : 2)

async function rowsInSight({ proposals, staff }: CommandDeps): Promise<AutonomyRow[]> {
  const { mailboxes } = sightOf(staff)
  const seen = mailboxes === 'all' ? undefined : new Set([...mailboxes].map(name => name.split('/')[0] ?? ''))
  return (await proposals.autonomy()).filter(({ mailbox }) => mailbox === null || seen === undefined || seen.has(mailbox))
}

const line = (text: string, weight: 'normal' | 'subtle' = 'normal'): CardElement => ({ type: 'text', text, tone: 'neutral', weight })

type Named = Pick<AutonomyRow, 'combination' | 'mailbox'>

/** What a combination is about: "send reply · promise to pay · Dutch", and its mailbox where it is of one alone. */
const shortName = ({ combination: { kind, intent, language }, mailbox }: Named, { words, format }: CardContext): string => {
  const verb = words.verb[kind as keyof typeof words.verb] ?? kind
  const about = words.intent[intent as keyof typeof words.intent] ?? intent
  return [verb, about, format.languageName(language), mailbox].filter(Boolean).join(' · ')
}

/** The same, also saying where it is of all mailboxes together. */
export const combinationName = (named: Named, context: CardContext): string =>
  shortName({ ...named, mailbox: named.mailbox ?? context.words.autonomy.allMailboxes }, context)

function tableOf(rows: AutonomyRow[], context: CardContext): CardElement {
  const { words, format } = context
  const { columns, of } = words.autonomy
  return {
    type: 'table',
    columns: [
      { title: columns.what, align: 'left' },
      { title: columns.record, align: 'right' },
      { title: columns.bound, align: 'right' },
      { title: columns.now, align: 'left' },
    ],
    rows: rows.map(row => [shortName(row, context), of(row.record.unchanged, row.record.n), format.bound(row.record.bound), stateOf(row, context)]),
  }
}

/** What a combination does now, since when by whom, or why it asks and when it is looked at next. */
function stateOf({ level, since, grantedBy, asks, ended, record }: AutonomyRow, { words: { autonomy: say }, format }: CardContext): string {
  if (level !== 'ask' && since) return say.since(say.level[level], format.dayOf(since), grantedBy?.name ?? '–')
  const next = asks === 'not_earned' && record.nextLook !== null ? say.nextLook(record.nextLook) : ''
  const last = ended && endedText(ended, say, format.dayOf(ended.at))
  return [asks ? say.asks[asks] : say.level.ask, next, last].filter(Boolean).join(', ')
}

function endedText({ why, by }: NonNullable<AutonomyRow['ended']>, say: Words['autonomy'], day: string): string {
  if (why === 'restored') return say.endedRestored(day)
  return why === 'bad_case' ? say.endedBad(day) : say.endedBy(day, by?.name ?? '–')
}

/** The line that grants or takes back, where one of both can be done. */
function pickOf(row: AutonomyRow, context: CardContext): CardElement[] {
  const { autonomy: say } = context.words
  const isGranted = row.since !== null
  if (!isGranted && row.asks !== 'to_grant') return []
  const { kind, intent, language, mailboxId } = row.combination
  const data = { kind, intent, language, mailbox: mailboxId === null ? '' : String(mailboxId) }
  const [action, label, text] = isGranted ? ['autonomy.revoke', say.revoke, say.revokeText] : ['autonomy.grant', say.grant, say.method]
  const button = { action, label, style: 'default' as const, data, confirm: { title: combinationName(row, context), text, yes: label } }
  return [{ type: 'pick', text: shortName(row, context), verb: label, note: say.of(row.record.unchanged, row.record.n), button }]
}

/** Grants a combination or takes it back, for who may; the answer says what it comes to. */
export async function grantClick(deps: CommandDeps, { action, data, staff }: Click): Promise<ClickOutcome> {
  const { proposals, context } = deps
  const { autonomy: say, outcome: told } = context.words
  const { kind = '', intent = '', language = '', mailbox = '' } = data
  const combination: Combination = { kind, intent, language, mailboxId: /^[1-9]\d{0,8}$/.test(mailbox) ? Number(mailbox) : null }
  const row = (await rowsInSight(deps)).find(each => JSON.stringify(each.combination) === JSON.stringify(combination))
  if (!row) return { kind: 'refused', message: told.gone }
  const outcome = await proposals.decideGrant({ staffId: staff.id, combination, give: action === 'autonomy.grant' })
  switch (outcome.kind) {
    case 'granted':
      return { kind: 'done', message: say.granted(combinationName(row, context)) }
    case 'revoked':
      return { kind: 'done', message: say.revoked(combinationName(row, context)) }
    case 'not_allowed':
      return { kind: 'refused', message: told.notAllowed }
    case 'refused':
      return { kind: 'refused', message: say.refused[outcome.why] }
    default:
      return outcome satisfies never
  }
}
