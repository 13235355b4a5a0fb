import { debtorInSight, listAbsences, may, readPreference, type Staff, savePreference, sightOf } from '#people'
import { fromPlainDate, Prisma, toPlainDate } from '#platform'
import { proposalInSight } from '#proposals'
import { type Card, type CardElement, cardSchema } from '../card.ts'
import { cardTitle } from '../cards/proposal-card.ts'
import type { Click, ClickOutcome } from '../click.ts'
import { preferencesForm, readPreferences } from '../forms/preferences-form.ts'
import type { CommandDeps } from './registry.ts'
import { ownersActedFor, waitingFor } from './waiting.ts'

const shownOfQueue = 8

/** A person's own page: what waits for them, what is due today, who covers whom, and their settings. */
export async function homeCard(deps: CommandDeps, staff: Staff): Promise<Card> {
  const { client, proposals, context } = deps
  const { home: say, button, card: label } = context.words
  const owners = await ownersActedFor(deps, staff)
  const queue = await client.$queryRaw<{ id: number }[]>`SELECT p.id FROM "Proposal" p WHERE ${waitingFor(staff, owners)} ORDER BY p.id LIMIT ${shownOfQueue}`
  const views = (await Promise.all(queue.map(({ id }) => proposals.view(id)))).filter(view => view !== undefined)
  const counts = await countsOf(deps, staff, owners)
  const picks = views.map((view): CardElement => {
    const data = { proposal: String(view.id), list: 'mine' }
    return { type: 'pick', text: cardTitle(view, context.words), button: { action: 'proposal.show', label: button.openProposal, style: 'default', data } }
  })
  const facts = [
    { label: say.mine, value: String(counts.mine) },
    ...(may(staff, 'second_vote') ? [{ label: say.second, value: String(counts.second) }] : []),
    { label: say.promised, value: String(counts.promised) },
    { label: say.snoozed, value: String(counts.snoozed) },
    { label: say.coverage, value: (await coverLines(deps)).join('\n') || label.none },
    { label: say.autonomy, value: say.asks },
    { label: say.settings, value: await settingsLine(deps, staff) },
  ]
  const summary = say.summary(counts.mine, counts.team)
  return cardSchema.parse({
    title: say.title(staff.name),
    subtitle: summary,
    elements: [{ type: 'facts', facts }, { type: 'text', text: picks.length > 0 ? say.queue : say.nothing, weight: 'strong' }, ...picks],
    buttons: [
      { action: 'actions.show', label: say.open, data: { list: 'mine', page: '0' }, style: counts.mine > 0 ? 'primary' : 'default' },
      { action: 'home.settings', label: say.change },
    ],
    fallback: [say.title(staff.name), summary, ...facts.map(({ label: name, value }) => `${name}: ${value}`)].join('\n'),
  })
}

/** `/duncan home` */
export const homeCommand = async (deps: CommandDeps, _rest: string, staff: Staff): Promise<ClickOutcome> => ({
  kind: 'private',
  card: await homeCard(deps, staff),
})

/** The form with a person's own settings. */
export const openPreferences = async (deps: CommandDeps, staff: Staff): Promise<ClickOutcome> => ({
  kind: 'form',
  card: preferencesForm(staff, await readPreference(deps.client, staff.id), deps.context),
})

/** Keeps a person's own settings as they filled them in. */
export async function keepPreferences(deps: CommandDeps, { staff, values }: Click): Promise<ClickOutcome> {
  const read = readPreferences(values, deps.context)
  if ('wrong' in read) return { kind: 'refused', message: deps.context.words.outcome.invalid(read.wrong) }
  await savePreference(deps, staff.id, read.chosen)
  return { kind: 'done', message: deps.context.words.home.saved }
}

type Counts = { mine: number; team: number; second: number; promised: number; snoozed: number }

async function countsOf({ client, clock, context }: CommandDeps, staff: Staff, owners: number[]): Promise<Counts> {
  const today = clock.today(staff.timeZone ?? context.format.timeZone)
  const endOfDay = new Date(today.add({ days: 1 }).toZonedDateTime(staff.timeZone ?? context.format.timeZone).epochMilliseconds)
  const sight = sightOf(staff)
  const seen = proposalInSight(sight, Prisma.raw('p'))
  const [counts] = await client.$queryRaw<Counts[]>`
    SELECT (SELECT count(*)::int FROM "Proposal" p WHERE ${waitingFor(staff, owners)}) AS mine,
      (SELECT count(*)::int FROM "Proposal" p WHERE ${waitingFor(staff, undefined)}) AS team,
      (SELECT count(*)::int FROM "Proposal" p WHERE p.status = 'awaiting_second' AND ${seen}
        AND NOT EXISTS (SELECT 1 FROM "Decision" d WHERE d."proposalId" = p.id AND d."staffId" = ${staff.id})) AS second,
      (SELECT count(*)::int FROM "PromiseToPay" r WHERE r.status = 'open' AND r."promisedOn" = ${fromPlainDate(today)}::date
        AND ${debtorInSight(sight, Prisma.sql`r."debtorId"`)}) AS promised,
      (SELECT count(*)::int FROM "Proposal" p WHERE p.status = 'snoozed' AND p."snoozedUntil" < ${endOfDay} AND ${seen}) AS snoozed`
  return counts ?? { mine: 0, team: 0, second: 0, promised: 0, snoozed: 0 }
}

async function coverLines({ client, clock, context: { words, format } }: CommandDeps): Promise<string[]> {
  const absences = await listAbsences(client, clock, format.timeZone)
  const day = (date: Date) => format.day(toPlainDate(date).toString())
  return absences.slice(0, 5).map(({ staff, cover, from, until }) => words.people.absence(staff.name, cover.name, day(from), day(until)))
}

async function settingsLine({ client, context: { words } }: CommandDeps, staff: Staff): Promise<string> {
  const { quietFrom, quietUntil, digestAt } = await readPreference(client, staff.id)
  const quiet = quietFrom && quietUntil ? `${quietFrom}–${quietUntil}` : words.home.none
  return words.home.settingsOf(staff.language, quiet, digestAt ?? words.home.none)
}
