import type { z } from 'zod'
import type { Db } from '#platform'

/**
 * One kind of business setting: a top-level key of the settings files, such as `staff` or `mailboxes`. Each domain defines its own.
 *
 * A fault that the schema finds itself, by `superRefine`, may say more in its `params`: `remedy`, and for a text that has an inside
 * (a template, a query) the `line` and `column` in it, counted from 1.
 */
export type SettingsKind<S extends z.ZodType = z.ZodType> = {
  name: string
  /** Of the whole section; its descriptions end up in the JSON Schema that editors use. A section that is absent reads as `{}`. */
  schema: S
  /** What the section names in other kinds, so that a name that does not exist is an error at its own line. */
  references?(section: z.output<S>): SettingsReference[]
  /** The names within one of its items that other kinds may name as `part`, and what they are: a step. */
  parts?(section: z.output<S>, key: string): { what: string; names: string[] }
  /** What the database holds against the section: debtors of an administration that it no longer names. */
  check?(db: Db, section: z.output<S>): Promise<SettingsProblem[]>
  /** Brings the domain's own tables in line with the section, inside the transaction that stores the settings. */
  project?(tx: Db, section: z.output<S>): Promise<void>
}

/** A place in a section: `['jan', 'administrations', 0]`. */
export type SettingsPath = (string | number)[]

/** `key` must be a key of the section of `kind`, and `part` one of the `parts` of that item. */
export type SettingsReference = { path: SettingsPath; kind: string; key: string; part?: string }

export type SettingsProblem = { path: SettingsPath; message: string; remedy: string }
