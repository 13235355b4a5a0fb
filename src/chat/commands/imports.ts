import { sightOf } from '#people'
import { toInstant } from '#platform'
import { cardSchema } from '../card.ts'
import type { ClickOutcome } from '../click.ts'
import type { CommandDeps } from './registry.ts'

/** `/duncan import`: how old the open items of each administration in sight are. */
export async function importsAnswer({ client, clock, staff, context: { words, format } }: CommandDeps): Promise<ClickOutcome> {
  const { state: say } = words
  const { administrations: codes } = sightOf(staff)
  const administrations = await client.administration.findMany({ where: codes === 'all' ? {} : { code: { in: [...codes] } }, orderBy: { code: 'asc' } })
  const rows = administrations.map(({ code, name, importedAt }) => {
    const hours = importedAt && format.number(clock.now().since(toInstant(importedAt)).total('hours'))
    return [`${code} ${name}`, importedAt ? format.dateTime(importedAt) : say.never, hours ?? '–']
  })
  const columns = [{ title: say.administration }, { title: say.imported }, { title: say.age, align: 'right' }]
  const card = cardSchema.parse({
    title: say.imports,
    ...(rows.length === 0 && { subtitle: say.noAdministrations }),
    elements: rows.length === 0 ? [] : [{ type: 'table', columns, rows }],
    fallback: [say.imports, ...rows.map(([name = '', at = '']) => `${name}: ${at}`)].join('\n'),
  })
  return { kind: 'private', card }
}
