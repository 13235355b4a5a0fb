import { z } from 'zod'
import type { SettingsKind } from '#settings'
import { keepChannels } from './alert-channels.ts'
import { alertRuleSchema } from './alert-rule.ts'

const schema = z
  .record(z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'A rule has small letters, digits and dashes: key-accounts-score.'), alertRuleSchema)
  .describe("When a change of a debtor's credit standing is told. Left out: the rules that Duncan comes with; written: these alone")

/** The alert rules, as settings. */
export const alertsKind = {
  name: 'alerts',
  schema,
  references: section =>
    Object.entries(section).flatMap(([key, { segments }]) =>
      segments.map((segment, index) => ({ path: [key, 'segments', index], kind: 'segments', key: segment })),
    ),
  project: (tx, section) =>
    keepChannels(
      tx,
      'alerts',
      Object.values(section).flatMap(({ channel }) => channel ?? []),
    ),
} satisfies SettingsKind<typeof schema>
