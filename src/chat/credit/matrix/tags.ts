import { positionOf, readScorecard, setTags, tagChoices } from '#credit'
import { debtorsInSight, sightOf } from '#people'
import { cardSchema } from '../../card.ts'
import { oneLine } from '../../cards/cut.ts'
import type { Click, ClickOutcome } from '../../click.ts'
import { oneDebtor } from '../../commands/debtor.ts'
import type { CommandDeps } from '../../commands/registry.ts'
import { sayTag } from './say-place.ts'

/** `/duncan tag <debtor> [tag]`: the form with a debtor's tags, or one of them given at once. */
export async function tagCommand(deps: CommandDeps, rest: string): Promise<ClickOutcome> {
  const { tags } = await readScorecard(deps.client)
  const [, debtor, tag] = /^(.+)\s+(\S+)$/.exec(rest) ?? []
  if (debtor === undefined || tag === undefined || !Object.hasOwn(tags, tag)) return oneDebtor(deps, rest, 'tag.open', openTags)
  return oneDebtor(deps, debtor, 'tag.open', (of, debtorId) => addTag(of, debtorId, tag))
}

/** The form of what is known of a debtor in sight beside all figures. */
export async function openTags({ client, staff, context }: CommandDeps, debtorId: number): Promise<ClickOutcome> {
  const { words, format } = context
  const { matrix: say } = words
  const debtor = await debtorOf({ client, staff }, debtorId)
  const { tags } = await readScorecard(client)
  if (!debtor) return { kind: 'refused', message: words.outcome.gone }
  const choices = await tagChoices(client, tags, debtorId)
  if (choices.length === 0) return { kind: 'refused', message: say.noTags }
  const title = say.tagTitle(oneLine(debtor.name, 60))
  const card = cardSchema.parse({
    title,
    elements: choices.map(({ key, title: named, isGiven, isBySector }) => {
      const note = [say.deducts(format.number(tags[key]?.deduction ?? 0)), isBySector && say.bySector].filter(Boolean).join(', ')
      return { type: 'field', field: { type: 'toggle', id: `tag.${key}`, label: sayTag({ key, title: named }, words), value: isGiven, note } }
    }),
    buttons: [{ action: 'tag.save', label: say.save, style: 'primary', data: { debtor: String(debtorId) } }],
    fallback: title,
  })
  return { kind: 'form', card }
}

/** Keeps the tags that somebody ticked, and says what the debtor's own score is now. */
export async function saveTags(deps: CommandDeps, debtorId: number, { values }: Pick<Click, 'values'>): Promise<ClickOutcome> {
  const { tags } = await readScorecard(deps.client)
  return keepTags(deps, debtorId, () => Object.keys(tags).filter(key => values[`tag.${key}`] === 'true'))
}

const addTag = (deps: CommandDeps, debtorId: number, tag: string): Promise<ClickOutcome> => keepTags(deps, debtorId, given => [...new Set([...given, tag])])

async function keepTags(deps: CommandDeps, debtorId: number, wanted: (given: string[]) => string[]): Promise<ClickOutcome> {
  const { client, clock, staff, context, matrix } = deps
  const { matrix: say } = context.words
  if (!(await debtorOf(deps, debtorId))) return { kind: 'refused', message: context.words.outcome.gone }
  const choices = await tagChoices(client, (await readScorecard(client)).tags, debtorId)
  const given = choices.filter(({ isGiven }) => isGiven).map(({ key }) => key)
  await setTags(client, clock, debtorId, wanted(given), staff.id)
  await matrix?.place(debtorId)
  const score = (await positionOf(client, sightOf(staff), debtorId))?.score?.score
  return { kind: 'done', message: score ? say.tagSaved(context.format.number(score.toNumber())) : say.tagKept }
}

const debtorOf = ({ client, staff }: Pick<CommandDeps, 'client' | 'staff'>, id: number) =>
  client.debtor.findFirst({ where: { id, ...debtorsInSight(sightOf(staff)) }, select: { id: true, name: true } })
