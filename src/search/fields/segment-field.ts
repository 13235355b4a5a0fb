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
        .filter(([key]) => isSegmentMeant(key, test))
        .map(([, condition]) => condition()),
    ),
  missing: context => Prisma.sql`NOT COALESCE(${either(conditions(context).map(([, condition]) => condition()))}, FALSE)`,
  own: context => {
    const keys = conditions(context).map(([key, condition]) => Prisma.sql`CASE WHEN ${condition()} THEN ${key}::text END`)
    return keys.length === 0 ? Prisma.sql`NULL::text` : Prisma.sql`NULLIF(concat_ws(', ', ${Prisma.join(keys)}), '')`
  },
}

const either = (parts: Prisma.Sql[]): Prisma.Sql => (parts.length === 0 ? none : Prisma.sql`(${Prisma.join(parts, ' OR ')})`)

/** Whether a condition on the segment asks for the one of this key. Being in none is a question about each. */
export function isSegmentMeant(key: string, test: Test): boolean {
  const same = (value: string) => value.toUpperCase() === key.toUpperCase()
  if (test.op === 'is') return test.values.some(same)
  if (test.op === 'exactly') return same(test.value)
  return test.op === 'none' || (test.op === 'starts' && key.toUpperCase().startsWith(test.value.toUpperCase()))
}
