import { viewGaps, viewNight } from '#credit'
import { type Sight, sightOf } from '#people'
import { fromInstant } from '#platform'
import { coverageOf } from '#search'
import { cardSchema } from '../card.ts'
import type { ClickOutcome } from '../click.ts'
import type { CommandDeps, CommandEntry } from '../commands/registry.ts'
import { searchingOf } from '../commands/risk.ts'
import { creditStatusCard } from './status-card.ts'

/** `/duncan creditsafe status`: how credit monitoring stands, as far as the asker sees. */
export async function creditStatusAnswer(deps: CommandDeps): Promise<ClickOutcome> {
  const { client, clock, staff, context, credit } = deps
  const status = await credit?.status()
  if (!credit || !status) return { kind: 'refused', message: context.words.parties.off }
  const sight = sightOf(staff)
  const rules = await credit.rules()
  const today = clock.today(context.format.timeZone)
  const run = await client.creditRun.findFirst({ where: { finishedAt: { not: null } }, orderBy: { finishedAt: 'desc' } })
  const views = run ? (await viewNight(client, run.nightId ?? run.id)).filter(({ administration: { code } }) => sees(sight, code)) : []
  const shown = {
    isWhole: sight.administrations === 'all' && sight.accounts === undefined,
    status,
    night: run?.finishedAt ? { at: run.finishedAt, views } : undefined,
    gaps: rules.on ? await viewGaps({ db: client, rules, today, sight }, { limit: 0 }) : undefined,
    coverage: await coverageOf(client, await searchingOf(deps), fromInstant(clock.now())),
  }
  return { kind: 'private', card: creditStatusCard(shown, context) }
}

const sees = ({ administrations, accounts }: Sight, code: string): boolean =>
  accounts === undefined && (administrations === 'all' || administrations.includes(code))

const subjects = ['/risk', '/duncan company', '/duncan creditsafe', '/duncan tips', '/duncan matrix', '/duncan tag', '/duncan find']

/** Whether a command is about credit risk. */
export const isCreditCommand = ({ name }: Pick<CommandEntry, 'name'>): boolean => subjects.some(subject => name.startsWith(subject))

/** `/duncan help creditsafe`: how credit risk works, and the commands about it that are the asker's to type. */
export function creditHelp({ words }: CommandDeps['context'], entries: readonly CommandEntry[]): ClickOutcome {
  const { creditView: say } = words
  const card = cardSchema.parse({
    title: say.helpTopic,
    elements: [
      ...say.helpLines.map(text => ({ type: 'text', text })),
      { type: 'facts', facts: entries.map(({ usage, help }) => ({ label: usage, value: help(words) })) },
    ],
    buttons: [{ action: 'credit.status', label: say.statusTitle }],
    fallback: [say.helpTopic, ...say.helpLines].join('\n'),
  })
  return { kind: 'private', card }
}
