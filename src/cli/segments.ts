import { Command } from 'commander'
import { fullSight } from '#people'
import { type DbClient, DuncanError, platformConfig, readConfig, readEnvironment, systemClock } from '#platform'
import {
  acceptSegment,
  countSegments,
  lookUp,
  type OwnValue,
  readSearchContext,
  type SearchContext,
  type SuggestedSegment,
  segmentsOf,
  suggestSegments,
} from '#search'
import { printTable } from './print-table.ts'
import { withSettings } from './settings/open-settings.ts'

type Json = { json?: boolean }

export function segmentsCommand(): Command {
  const segments = new Command('segments')
  segments.command('list').description('every segment with its numbers of debtors').option('--json', 'print as JSON').action(list)
  segments
    .command('why')
    .description('the segments that a debtor is in, and its own values that put it there')
    .argument('<debtor>', 'number or name')
    .option('--json', 'print as JSON')
    .action(why)
  segments
    .command('suggest')
    .description('segments that the portfolio suggests, with the figures behind each')
    .option('--json', 'print as JSON')
    .action(suggest)
  segments
    .command('accept')
    .description('put a suggested segment into the settings, as a new version')
    .argument('<key>', 'as `suggest` prints it')
    .action(accept)
  return segments
}

async function contextOf(client: DbClient): Promise<SearchContext> {
  const { DUNCAN_TIME_ZONE: timeZone } = readConfig(platformConfig, readEnvironment())
  return readSearchContext(client, { sight: fullSight, clock: systemClock, timeZone })
}

async function list({ json }: Json): Promise<void> {
  const counted = await withSettings(async (_settings, client) => countSegments(client, await contextOf(client)))
  if (json) return console.log(JSON.stringify(counted, null, 2))
  if (counted.segments.length === 0) return console.log('The settings have no segments. `duncan segments suggest` suggests some.')
  printTable(
    ['segment', 'title', 'debtors', 'leading', 'priority', 'query'],
    counted.segments.map(({ key, title, debtors, leading, priority, text }) => [key, title, String(debtors), String(leading), String(priority), text]),
  )
  console.log(`${counted.none} debtors are in none.`)
}

async function why(text: string, { json }: Json): Promise<void> {
  await withSettings(async (_settings, client) => {
    const context = await contextOf(client)
    const { meant, hits } = await lookUp(client, context.sight, text)
    if (!meant) {
      const choices = hits.map(({ number, name }) => `${number} ${name}`).join('\n')
      throw new DuncanError('segments.debtor', hits.length === 0 ? `No debtor is found by ${text}.` : `Several could be meant:\n${choices}`, 'Give its number.')
    }
    const segments = await segmentsOf(client, context, meant.id)
    if (json) return console.log(JSON.stringify({ debtor: meant, segments }, null, 2))
    console.log(`${meant.number} ${meant.name}${segments.length === 0 ? ': in no segment' : ''}`)
    for (const { key, title, why: reasons } of segments) {
      console.log(`${key} (${title})`)
      for (const { condition, value } of reasons) console.log(`  ${condition}${value ? `   its own: ${ownText(value)}` : ''}`)
    }
  })
}

function ownText(value: OwnValue): string {
  if (value.kind === 'none') return 'none'
  return value.kind === 'amounts' ? value.amounts.map(({ currency, amount }) => `${currency} ${amount}`).join(' + ') || '0' : value.value
}

async function suggest({ json }: Json): Promise<void> {
  const suggested = await withSettings(async (_settings, client) => suggestSegments(client, await contextOf(client)))
  if (json) return console.log(JSON.stringify(suggested, null, 2))
  if (suggested.length === 0) return console.log('Nothing is suggested: the ledger is empty, or the settings have these segments.')
  printTable(
    ['segment', 'debtors', 'why', 'query'],
    suggested.map(each => [each.key, `${each.debtors} of ${each.ofAll}`, reasonText(each), each.query]),
  )
  console.log('Put one into the settings with `duncan segments accept <segment>`.')
}

function reasonText({ reason }: SuggestedSegment): string {
  switch (reason.kind) {
    case 'balance_share':
      return `they owe ${reason.percent}% of the balance`
    case 'region':
      return reason.inside ? `in ${reason.countries.join(', ')}` : `outside ${reason.countries.join(', ')}`
    case 'legal_form':
      return `legal form ${reason.forms.slice(0, 3).join(', ')}${reason.forms.length > 3 ? ' and others' : ''}`
    default:
      return 'late, or with broken promises or old items'
  }
}

async function accept(key: string): Promise<void> {
  await withSettings(async (settings, client) => {
    const suggested = await suggestSegments(client, await contextOf(client))
    const chosen = suggested.find(each => each.key === key)
    if (!chosen) throw new DuncanError('segments.unknown', `${key} is not suggested.`, 'See `duncan segments suggest`.')
    const outcome = await acceptSegment({ client, settings }, chosen, 'cli')
    if (outcome.kind === 'applied') return console.log(`${key} is in the settings, version ${outcome.version}.`)
    throw new DuncanError('segments.not_accepted', 'The settings did not take it.', 'Look at the settings with `duncan settings history` and try again.')
  })
}
