import type { EntryContent, EntryView } from '#proposals'
import { type Card, type CardInput, cardSchema } from '../card.ts'
import { oneLine } from './cut.ts'
import type { CardContext } from './proposal-card.ts'

type MasterData = Extract<EntryContent, { kind: 'master_data' }>

const shownMembers = 10

/** What an entry on master data, or on several debtors, says beyond its line: what it would write, or who stands, or would stand, together. */
export function partyElements({ content, members }: EntryView, { words }: CardContext): CardInput['elements'] {
  const { parties: say, groups } = words
  if (content.kind === 'group') {
    const rows = members.map(({ number, name, administration }) => [oneLine(name, 60), number, administration])
    return [{ type: 'table', columns: [{ title: say.name }, { title: say.partyNumber }, { title: say.administration }], rows }]
  }
  if (content.kind !== 'master_data' && members.length > 0) {
    const shown = members.slice(0, shownMembers).map(({ number, name, administration }) => `${oneLine(name, 60)} (${number}, ${administration})`)
    const rest = members.length - shown.length
    return [{ type: 'facts', facts: [{ label: groups.button, value: [...shown, ...(rest > 0 ? [groups.more(rest)] : [])].join('\n') }] }]
  }
  if (content.kind !== 'master_data') return []
  const rows = content.changes.map(({ field, from, to, ticked }) => [
    `${ticked ? '☑' : '☐'} ${say.field[field]}`,
    from === null ? say.empty : oneLine(from, 80),
    oneLine(to, 80),
  ])
  const isPartly = content.changes.some(({ ticked }) => !ticked)
  return [
    { type: 'table', columns: [{ title: say.whatField }, { title: say.here }, { title: say.atBureau }], rows },
    ...(isPartly ? [{ type: 'text' as const, text: say.onlyTicked, weight: 'subtle' as const }] : []),
  ]
}

/** The fields that approving would write, or all where it would write none. */
export function masterDataLine({ changes }: MasterData, { words: { parties: say }, format }: CardContext): string {
  const ticked = changes.filter(each => each.ticked)
  return format.list((ticked.length > 0 ? ticked : changes).map(({ field }) => say.field[field]))
}

type Button = { action: string; label: string; data: Record<string, string> }

/** The form that says which of the changes are written. */
export function masterDataForm({ content, debtor }: { content: MasterData; debtor: { name: string } }, button: Button, { words }: CardContext): Card {
  const { parties: say, entries } = words
  const title = `${entries.kind.master_data} · ${oneLine(debtor.name, 80)}`
  return cardSchema.parse({
    title,
    elements: content.changes.map(({ field, from, to, ticked }) => ({
      type: 'field',
      field: { type: 'toggle', id: field, label: `${say.field[field]}: ${oneLine(to, 100)}`, value: ticked, note: `${say.here}: ${from ?? say.empty}` },
    })),
    buttons: [{ ...button, style: 'primary' }],
    fallback: title,
  })
}

/** The content with the ticks of a filled-in form; undefined when none is left. A tick that did not come along stays as it was. */
export function readTicks(content: MasterData, values: Record<string, string>): MasterData | undefined {
  const changes = content.changes.map(each => ({ ...each, ticked: (values[each.field] ?? String(each.ticked)) === 'true' }))
  return changes.some(({ ticked }) => ticked) ? { ...content, changes } : undefined
}
