import { Prisma } from '#platform'
import type { Test } from '../query/query.ts'
import type { SearchContext, ValueField } from './field.ts'

const none = Prisma.sql`FALSE`
const conditions = ({ segments = new Map() }: SearchContext): [string, () => Prisma.Sql][] => [...segments]

/** The debtor is in a segment when the segment's own query fits it. */
export const segmentField: ValueField = {
  kind: 'value',
  name: 'segment',
  type: 'code',
  help: 'segment of the settings that it is in',
  example: 'segment:key_accounts',
  holds: (context, _where, test) =>
    either(
      conditions(context)
        .filter(([key]) => isMeant(key.toUpperCase(), test))
        .map(([, condition]) => condition()),
    ),
  missing: context => Prisma.sql`NOT COALESCE(${either(conditions(context).map(([, condition]) => condition()))}, FALSE)`,
  own: context => {
    const keys = conditions(context).map(([key, condition]) => Prisma.sql`CASE WHEN ${condition()} THEN ${key}::text END`)
    return keys.length === 0 ? Prisma.sql`NULL::text` : Prisma.sql`NULLIF(concat_ws(', ', ${Prisma.join(keys)}), '')`
  },
}

const either = (parts: Prisma.Sql[]): Prisma.Sql => (parts.length === 0 ? none : Prisma.sql`(${Prisma.join(parts, ' OR ')})`)

function isMeant(key: string, test: Test): boolean {
  if (test.op === 'is') return test.values.some(value => value.toUpperCase() === key)
  if (test.op === 'exactly') return test.value.toUpperCase() === key
  return test.op === 'starts' && key.startsWith(test.value.toUpperCase())
}
