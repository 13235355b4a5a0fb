import { mailboxOf, may, sightOf } from '#people'
import { cardSchema } from '../card.ts'
import { oneLine } from '../cards/cut.ts'
import type { ClickOutcome } from '../click.ts'
import type { CommandDeps } from './registry.ts'

/** `/duncan mailboxes`: whether the mailboxes in sight are read. What goes wrong is told in full to who connects them. */
export async function mailboxesAnswer({ client, staff, context: { words, format } }: CommandDeps): Promise<ClickOutcome> {
  const { state: say } = words
  const { mailboxes: places } = sightOf(staff)
  const all = await client.mailbox.findMany({ where: { status: { not: 'removed' } }, orderBy: { key: 'asc' } })
  const rows = all
    .filter(({ key }) => places === 'all' || places.some(place => mailboxOf(place) === key))
    .map(({ key, address, status, problem, lastSyncAt, heldSince }) => {
      const told = [say.statuses[status] ?? status, heldSince && say.sendingHeld, may(staff, 'connect') && problem && oneLine(problem, 200)]
      return [`${key} (${address})`, told.filter(Boolean).join(' · '), lastSyncAt ? format.dateTime(lastSyncAt) : say.never]
    })
  const card = cardSchema.parse({
    title: say.mailboxes,
    ...(rows.length === 0 && { subtitle: say.noMailboxes }),
    elements: rows.length === 0 ? [] : [{ type: 'table', columns: [{ title: say.mailbox }, { title: say.status }, { title: say.lastRead }], rows }],
    fallback: [say.mailboxes, ...rows.map(([name = '', status = '']) => `${name}: ${status}`)].join('\n'),
  })
  return { kind: 'private', card }
}
