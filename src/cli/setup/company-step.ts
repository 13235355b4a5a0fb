import { join } from 'node:path'
import { readSettingsFiles } from '#settings'
import { applySections, itemsInForce, type Setup } from './context.ts'
import { writeEnv } from './write-env.ts'

const countries = {
  NL: { name: 'Netherlands', language: 'nl', currency: 'EUR', timeZone: 'Europe/Amsterdam' },
  BE: { name: 'Belgium', language: 'nl', currency: 'EUR', timeZone: 'Europe/Brussels' },
  FR: { name: 'France', language: 'fr', currency: 'EUR', timeZone: 'Europe/Paris' },
  DE: { name: 'Germany', language: 'de', currency: 'EUR', timeZone: 'Europe/Berlin' },
  PL: { name: 'Poland', language: 'pl', currency: 'PLN', timeZone: 'Europe/Warsaw' },
  GB: { name: 'United Kingdom', language: 'en', currency: 'GBP', timeZone: 'Europe/London' },
}
type Country = keyof typeof countries
const languages = [
  { value: 'nl', name: 'Dutch' },
  { value: 'fr', name: 'French' },
  { value: 'de', name: 'German' },
  { value: 'pl', name: 'Polish' },
  { value: 'en', name: 'English' },
]

/** The creditor itself, with working days, currencies, segments and workflows of the starter pack in its language. */
export async function describeCompany({ ask, say, envFile, database }: Setup): Promise<void> {
  const administrations = await itemsInForce(database, 'administrations')
  const [only, other] = Object.keys(administrations)
  const known = only !== undefined && other === undefined ? { code: only, ...(administrations[only] as { name: string }) } : undefined
  const name = await ask.text('company.name', 'Name of your company, as it stands under mails', { initial: known?.name })
  const choices = Object.entries(countries).map(([value, { name: country }]) => ({ value: value as Country, name: country }))
  const country = await ask.choose('company.country', 'Country', choices, 'NL')
  const usual = countries[country]
  const language = await ask.choose('company.language', 'Language of mails to debtors whose own is not known', languages, usual.language)
  const currency = await ask.text('company.currency', 'Currency', { initial: usual.currency, check: asCurrency })
  const code = await ask.text('company.code', 'Code of this company in your exports (any short word if they have none)', {
    initial: known?.code ?? slugOf(name), // whoever goes through this again means the same company
    check: asCode,
  })

  const pack = readSettingsFiles([join(import.meta.dirname, '../../../samples/settings', language)]).sections
  const withPack = await ask.confirm('company.starterPack', `Take segments, working days and dunning steps from the ${language} starter pack?`, true)
  await applySections(
    { database },
    {
      administrations: { ...administrations, [code]: { name, country, language, currency, timeZone: usual.timeZone } },
      currencies: { ...(pack.currencies as object), ...(await itemsInForce(database, 'currencies')), reporting: currency },
      ...(withPack &&
        (await withStanding(database, { calendars: { [code]: { country } }, segments: pack.segments, workflows: ofAdministration(pack.workflows, code) }))),
    },
    'setup: company',
  )
  await writeEnv(envFile, { DUNCAN_TIME_ZONE: usual.timeZone, DUNCAN_REPORTING_CURRENCY: currency, DUNCAN_CHAT_LANGUAGE: language }, ask)
  say(`✓ ${name} (${code})${withPack ? `, with the starter pack of samples/settings/${language}` : ''}`)
}

/** What somebody has set up since stands above the pack. */
async function withStanding(database: Setup['database'], sections: Record<string, unknown>): Promise<Record<string, unknown>> {
  const joined = Object.entries(sections).map(async ([kind, items]) => [kind, { ...(items as object), ...(await itemsInForce(database, kind)) }] as const)
  return Object.fromEntries(await Promise.all(joined))
}

/** The pack's workflows name the pack's company. */
const ofAdministration = (workflows: unknown, code: string): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries((workflows ?? {}) as Record<string, object>).map(([key, each]) => [
      key,
      { ...each, ...('administrations' in each && { administrations: [code] }) },
    ]),
  )

const slugOf = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/[^A-Za-z0-9 ]/g, '')
    .trim()
    .split(/\s+/)[0]
    ?.toLowerCase()
    .slice(0, 20) || 'main' // prettier-ignore

const asCode = (text: string): string | undefined => (/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/.test(text) ? undefined : 'use letters, digits, dots and dashes.')
const asCurrency = (text: string): string | undefined =>
  Intl.supportedValuesOf('currency').includes(text) ? undefined : 'write a code of three capitals, such as EUR.'
