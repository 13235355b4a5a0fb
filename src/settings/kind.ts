import type { z } from 'zod'
import type { Db } from '#platform'

/** One kind of business setting: a top-level key of the settings files, such as `staff` or `mailboxes`. Each domain defines its own. */
export type SettingsKind<S extends z.ZodType = z.ZodType> = {
  name: string
  /** Of the whole section; its descriptions end up in the JSON Schema that editors use. A section that is absent reads as `{}`. */
  schema: S
  /** What the section names in other kinds, so that a name that does not exist is an error at its own line. */
  references?: (section: z.output<S>) => SettingsReference[]
  /** Brings the domain's own tables in line with the section, inside the transaction that stores the settings. */
  project?: (tx: Db, section: z.output<S>) => Promise<void>
}

/** `path` is inside the section: `['jan', 'administrations', 0]`; `key` must be a key of the section of `kind`. */
export type SettingsReference = { path: (string | number)[]; kind: string; key: string }
