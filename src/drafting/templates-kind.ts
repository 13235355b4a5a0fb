import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { errorText } from '#platform'
import { nearestName, type SettingsKind } from '#settings'
import { draftLanguages } from './language.ts'
import { ownLiquid, templatesFolder } from './liquid.ts'
import { findAccounts } from './outbound/find-accounts.ts'
import { findLinks } from './outbound/find-links.ts'
import { reminderTemplates } from './reminder-templates.ts'
import { findThreat } from './threats.ts'

const names = readdirSync(templatesFolder).toSorted()
const longestText = 10_000

const textOf = (name: string) =>
  z
    .string()
    .min(1)
    .max(longestText)
    .superRefine((text, context) => {
      const fault = findFault(name, text)
      if (fault) context.addIssue({ code: 'custom', message: fault.message, params: fault })
    })
    .optional()

const textsOf = (name: string) => z.strictObject(Object.fromEntries(draftLanguages.map(language => [language, textOf(name)]))).optional()

/** A wording of a step's text beside the usual one, for an experiment: reminder_first.short */
const wordingName = new RegExp(`^(${reminderTemplates.join('|')})\\.[a-z0-9_]+$`)
const wordingText = z.string().min(1).max(longestText).optional()
const wording = z.strictObject(Object.fromEntries(draftLanguages.map(language => [language, wordingText])))

const schema = z
  .object(Object.fromEntries(names.map(name => [name, textsOf(name)])))
  .catchall(wording)
  .superRefine((section, context) => {
    for (const [key, texts] of Object.entries(section)) {
      if (names.includes(key)) continue
      const [, name] = wordingName.exec(key) ?? []
      if (name === undefined) context.addIssue({ code: 'unrecognized_keys', keys: [key], input: section })
      for (const [language, text] of Object.entries(texts ?? {})) {
        const fault = name !== undefined && text !== undefined && findFault(name, text)
        if (fault) context.addIssue({ code: 'custom', path: [key, language], message: fault.message, params: fault })
      }
    }
  })
  .describe(
    'Your own words in the place of a shipped template, by its name and by language; Liquid, as in src/drafting/templates. A step’s text may have further wordings for experiments: reminder_first.short. Write {% if tone == "firm" %} where a text sounds otherwise by tone: friendly, neutral or firm',
  )

/** Own words for the parts of replies and the texts of steps: template name -> language -> Liquid text. Drafts use them from the moment they are applied. */
export const templatesKind = { name: 'templates', schema } satisfies SettingsKind<typeof schema>

export type OwnTemplates = z.output<typeof schema>

type Fault = { message: string; remedy: string; line: number; column: number }

const at = (message: string, remedy: string, [line, column]: [number, number] = [1, 1]): Fault => ({ message, remedy, line, column })

function findFault(name: string, text: string): Fault | undefined {
  const included = /\{%-?\s*(?:include|render|layout)\b/.exec(text)
  if (included) return at('includes another template', 'Write its words here.', positionOf(text, included.index))
  let used: Record<string, { row: number; col: number }[]>
  try {
    const { globals } = ownLiquid.analyzeSync(ownLiquid.parse(text))
    used = Object.fromEntries(Object.entries(globals).map(([variable, places]) => [variable, places.map(({ location }) => location)]))
  } catch (error) {
    const position = (error as { token?: { getPosition?: () => [number, number] } }).token?.getPosition?.()
    return at(errorText(error).replace(/, line:\d+, col:\d+.*$/s, ''), 'Correct the Liquid here; the shipped templates show how it is written.', position)
  }
  const slots = slotsOf(name)
  const [unknown] = Object.keys(used).filter(variable => !slots.includes(variable))
  if (unknown !== undefined) {
    const { row, col } = used[unknown]?.[0] ?? { row: 1, col: 1 }
    const near = nearestName(unknown, slots)
    return at(`uses ${unknown}, which ${name} does not get`, near ? `Did you mean ${near}?` : `It gets: ${slots.join(', ')}.`, [row, col])
  }
  if (name === 'reply' && !('body' in used)) return at('leaves out what is to be said', 'Write {{ body }} where the text of the reply belongs.')
  if (isStepText(name) && !('overview' in used)) return at('leaves out what is to be paid', 'Write {{ overview }} where the list of invoices belongs.')
  const [account] = findAccounts(text)
  if (account) return at('holds a bank account', 'Duncan never sends bank details by mail; refer to the invoice.')
  const threat = findThreat(text)
  if (threat && !mayThreaten(name))
    return at(`threatens with a legal step: ${threat}`, 'Leave it out: only the template of a legal step of dunning may say so, and no reply is one.')
  const [link] = findLinks(text)
  if (link) return at(`holds a link: ${link}`, 'Duncan sends no links; debtors should learn to distrust them.')
  return undefined
}

/** Where the shipped text announces a legal step, own words may too: that template belongs to such a step. */
const mayThreaten = (name: string): boolean => draftLanguages.some(language => findThreat(shippedText(name, language)))

const shippedText = (name: string, language: string): string => readFileSync(join(templatesFolder, name, `${language}.liquid`), 'utf8')

const isStepText = (name: string): boolean => reminderTemplates.some(template => template === name)

/** What the shipped template of that name is filled with, in whatever language it uses it. */
function slotsOf(name: string): string[] {
  const used = draftLanguages.flatMap(language => {
    return Object.keys(ownLiquid.analyzeSync(ownLiquid.parse(shippedText(name, language))).globals)
  })
  return [...new Set([...used, 'first', 'language', 'tone'])].toSorted()
}

function positionOf(text: string, index: number): [number, number] {
  const before = text.slice(0, index).split('\n')
  return [before.length, (before.at(-1)?.length ?? 0) + 1]
}
