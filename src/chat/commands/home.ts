import { listAbsences, may, readOwnPage, readPreference, type Staff, saveOwnPage, savePreference } from '#people'
import { fromInstant, toPlainDate } from '#platform'
import { type Card, type CardElement, cardSchema } from '../card.ts'
import { aloneLine } from '../cards/alone-line.ts'
import type { Click, ClickOutcome } from '../click.ts'
import { preferencesForm, readPreferences } from '../forms/preferences-form.ts'
import { readTiles, tilesForm } from '../forms/tiles-form.ts'
import { linesOf } from '../worklist/item-lines.ts'
import { countWork, readWorklist } from '../worklist/read-worklist.ts'
import type { CommandDeps } from './registry.ts'
import { knowsBureau } from './risk.ts'
import { countTile, tilesOf } from './tiles.ts'

const shownOfQueue = 8

/** A person's own page: the tiles that they chose, each with the list behind it, what waits for them, who covers whom, and their settings. */
export async function homeCard(deps: CommandDeps, staff: Staff): Promise<Card> {
  const { client, context } = deps
  const { home: say, card: cardWords } = context.words
  const queue = await readWorklist(deps, staff, { whose: 'mine', sort: 'oldest', promise: false }, { page: 0, length: shownOfQueue })
  const lines = await linesOf(deps, queue?.items ?? [], 'mine')
  const page = tilesOf(staff, await readOwnPage(client, staff.id))
  const tiles = (await Promise.all(page.tiles.map(name => countTile(deps, name, page.view)))).filter(tile => tile !== undefined)
  const tilePicks = tiles.map(({ name, count, figure = String(count), note, action, data }): CardElement => {
    const label = say.tiles[name]
    return { type: 'pick', text: [`${figure} · ${label}`, note && `(${note})`].filter(Boolean).join(' '), button: { action, label, style: 'default', data } }
  })
  const queuePicks = lines.map(({ text, button }): CardElement => ({ type: 'pick', text, button }))
  const granted = (await client.autonomyGrant.count({ where: { endedAt: null } })) + (await client.stepGrant.count({ where: { endedAt: null } }))
  const yesterday = deps.clock.today(context.format.timeZone).subtract({ days: 1 })
  const alone = await aloneLine(
    client,
    staff,
    { day: yesterday.toString(), from: fromInstant(yesterday.toZonedDateTime(context.format.timeZone).toInstant()) },
    context,
  )
  const facts = [
    ...(alone ? [{ label: context.words.dunning.day.label, value: alone }] : []),
    { label: say.coverage, value: (await coverLines(deps)).join('\n') || cardWords.none },
    { label: say.autonomy, value: granted > 0 ? context.words.autonomy.grantedCount(granted) : say.asks },
    { label: say.settings, value: await settingsLine(deps, staff) },
  ]
  const [mine, team] = [queue?.total ?? 0, await countWork(deps, staff, { owners: undefined, orNobody: false })]
  const summary = page.view === 'sales' ? say.ownAccounts : say.summary(mine, team)
  const waiting: CardElement[] = may(staff, 'decide') ? [heading(queuePicks.length > 0 ? say.queue : say.nothing), ...queuePicks] : []
  return cardSchema.parse({
    title: say.title(staff.name),
    subtitle: summary,
    elements: [...tilePicks, ...waiting, { type: 'facts', facts }],
    buttons: [
      { action: 'actions.show', label: say.open, data: { list: 'mine', page: '0' }, style: mine > 0 ? 'primary' : 'default' },
      { action: 'home.settings', label: say.change },
      { action: 'home.tiles', label: say.chooseTiles },
    ],
    fallback: [say.title(staff.name), summary, ...tiles.map(({ name, count, figure = String(count) }) => `${say.tiles[name]}: ${figure}`)].join('\n'),
  })
}

const heading = (text: string): CardElement => ({ type: 'text', text, tone: 'neutral', weight: 'strong' })

/** `/duncan home` */
export const homeCommand = async (deps: CommandDeps, _rest: string, staff: Staff): Promise<ClickOutcome> => ({
  kind: 'private',
  card: await homeCard(deps, staff),
})

/** The form with the tiles of a person's own page. */
export const openTiles = async (deps: CommandDeps, staff: Staff): Promise<ClickOutcome> => ({
  kind: 'form',
  card: tilesForm(tilesOf(staff, await readOwnPage(deps.client, staff.id)), await knowsBureau(deps), deps.context),
})

/** Keeps the tiles that a person chose. */
export async function keepTiles(deps: CommandDeps, { staff, values, data }: Click): Promise<ClickOutcome> {
  const chosen = readTiles(values, data.view)
  if (!chosen) return { kind: 'refused', message: deps.context.words.outcome.invalid(deps.context.words.home.view) }
  await saveOwnPage(deps, staff.id, chosen)
  return { kind: 'done', message: deps.context.words.home.saved }
}

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
