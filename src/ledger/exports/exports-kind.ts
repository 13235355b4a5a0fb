import { isAbsolute } from 'node:path'
import { z } from 'zod'
import { isCronExpression } from '#platform'
import type { SettingsKind } from '#settings'
import { contentNames, exportContents } from './contents.ts'

const isTimeZone = (zone: string) => zone === 'UTC' || Intl.supportedValuesOf('timeZone').includes(zone)

const csv = z
  .strictObject({
    separator: z.enum([';', ',', 'tab', '|']).default(';').describe('Between two values'),
    decimal: z.enum(['.', ',']).default('.').describe('Mark before the decimals of an amount'),
    dates: z.enum(['yyyy-MM-dd', 'dd-MM-yyyy', 'dd/MM/yyyy', 'dd.MM.yyyy', 'yyyyMMdd']).default('yyyy-MM-dd').describe('How a day is written'),
    encoding: z
      .enum(['utf-8', 'utf-8-bom', 'windows-1252'])
      .default('utf-8')
      .describe('utf-8-bom is what Excel opens rightly; a letter that windows-1252 does not have is written without its accent, else as a question mark'),
  })
  .describe('How CSV files are written')

const exported = z
  .strictObject({
    folder: z.string().refine(isAbsolute, 'must be a path from the root, such as /srv/duncan/out').describe('Where the files go; it must exist'),
    schedule: z
      .string()
      .refine(isCronExpression, 'must be a cron expression of five or six fields, such as 0 5 * * *')
      .optional()
      .describe('When it runs; without it only by `duncan extract run`'),
    timeZone: z
      .string()
      .refine(isTimeZone, 'must be an IANA time zone, such as Europe/Amsterdam')
      .optional()
      .describe('Of the schedule; by default the installation’s'),
    changesOnly: z.boolean().default(false).describe('Only rows that are new, other or gone since the run before, with a column `change` in front'),
    fileNames: z.enum(['dated', 'fixed']).default('dated').describe('dated: every run has files of its own; fixed: each run replaces those of the run before'),
    contents: z.array(z.enum(contentNames)).min(1).describe('What is exported; contact_changes is what Duncan knows better than the ledger program'),
    format: z.enum(['csv', 'xlsx', 'xml']).default('csv').describe('csv and xml make a file for each content, xlsx one workbook with a sheet for each'),
    administrations: z.array(z.string().min(1)).default([]).describe('Codes of the administrations; all when absent'),
    csv: csv.optional(),
    columns: z
      .partialRecord(z.enum(contentNames), z.record(z.string(), z.string().min(1).max(200)))
      .default({})
      .describe('Other column names, by content: columns.open_items.debtor_number: Debiteur'),
    formulas: z
      .enum(['guard', 'keep'])
      .default('guard')
      .describe('An apostrophe is set before texts that a spreadsheet would take for a formula; keep only where no person ever opens the file (XML has none)'),
  })
  .superRefine((given, context) => {
    const fault = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message })
    if (given.csv && given.format !== 'csv') fault(['csv'], `is of no use in an export whose format is ${given.format}`)
    if (given.changesOnly && given.fileNames === 'fixed')
      fault(['fileNames'], 'must be dated with changesOnly: changes that nobody fetched yet would be replaced')
    if (new Set(given.contents).size < given.contents.length) fault(['contents'], 'names a content twice')
    for (const content of contentNames) {
      const titles = given.columns[content]
      if (!titles) continue
      const names = [...exportContents[content].columns.map(({ name }) => name), 'change']
      for (const [name, title] of Object.entries(titles)) {
        if (!names.includes(name)) fault(['columns', content, name], `is no column of ${content}; these are ${names.join(', ')}`)
        else if (given.format === 'xml' && !/^\p{L}[\p{L}\p{N}_.-]*$/u.test(title))
          fault(['columns', content, name], 'must be the name of an XML element, without spaces')
      }
      const all = names.map(name => titles[name] ?? name)
      if (new Set(all).size < all.length) fault(['columns', content], 'gives two columns one name')
    }
  })

const schema = z
  .record(z.string().regex(/^[a-z0-9][a-z0-9_-]{0,39}$/, 'must be lower case letters, digits, dashes and underscores, at most 40'), exported)
  .describe('Files that Duncan writes for other programs, by a short name that their own names begin with')

/** One export, complete. */
export type ExportSettings = z.output<typeof exported>
/** Checks an export that stands in no settings. */
export const exportSettingsSchema = exported

/** The settings kind `exports`. */
export const exportsKind = {
  name: 'exports',
  schema,
  references: section =>
    Object.entries(section).flatMap(([name, { administrations }]) =>
      administrations.map((key, index) => ({ path: [name, 'administrations', index], kind: 'administrations', key })),
    ),
} satisfies SettingsKind<typeof schema>
