import { Command } from 'commander'
import { consoleUrl } from '#chat'
import { endSessions, findStaff, inviteStaff, limitOf, listAbsences, listSessions, listStaff, readRightsPolicy, type Staff } from '#people'
import { connectDatabase, type DbClient, DuncanError, systemClock, toPlainDate } from '#platform'
import { type AppConfig, readAppConfig } from '../app.ts'
import { printTable } from './print-table.ts'

export function staffCommand(): Command {
  const staff = new Command('staff')
  staff
    .command('list', { isDefault: true })
    .description('everyone who is active, with role, limit and what they see')
    .option('--json', 'print as JSON')
    .action(({ json }: { json?: boolean }) => withDatabase((client, config) => list(client, config, json)))
  staff
    .command('invite')
    .description('print a link that lets one person in, once, within 7 days')
    .argument('<who>', '@name, as in the settings')
    .action((who: string) => withDatabase((client, config) => invite(client, config, who)))
  staff
    .command('sessions')
    .description('where somebody is signed in')
    .argument('<who>', '@name, as in the settings')
    .option('--end', 'sign them out everywhere')
    .action((who: string, { end }: { end?: boolean }) => withDatabase((client, config) => sessions(client, config, who, end)))
  return staff
}

async function withDatabase(work: (client: DbClient, config: AppConfig) => Promise<void>): Promise<void> {
  const config = readAppConfig()
  const database = await connectDatabase(config)
  try {
    await work(database.client, config)
  } finally {
    await database.close()
  }
}

async function list(client: DbClient, { DUNCAN_TIME_ZONE: timeZone }: AppConfig, json = false): Promise<void> {
  const [people, policy] = [await listStaff(client), await readRightsPolicy(client)]
  const away = (await listAbsences(client, systemClock, timeZone)).filter(({ state }) => state === 'away')
  const rows = people.map(person => {
    const absence = away.find(({ staffId }) => staffId === person.id)
    return {
      name: `@${person.key}`,
      role: person.role,
      limit: limitOf(person, policy)?.toFixed(2) ?? 'none',
      sees: [...new Set([...person.administrations, ...person.mailboxes])].join(', '),
      away: absence ? `until ${toPlainDate(absence.until).toString()}, covered by @${absence.cover.key}` : '',
    }
  })
  if (json) return console.log(JSON.stringify(rows, null, 2))
  if (rows.length === 0) return console.log('Nobody yet: name people under `staff` in the settings and apply them.')
  printTable(
    ['name', 'role', 'decides alone up to', 'sees', 'away'],
    rows.map(row => Object.values(row)),
  )
}

async function invite(client: DbClient, config: AppConfig, who: string): Promise<void> {
  const { name, link } = await inviteStaff({ client, clock: systemClock }, who, consoleUrl(config), 'cli')
  console.log(`Invitation for ${name}. It works once, within 7 days; a new one makes it void:`)
  console.log(link)
}

async function sessions(client: DbClient, config: AppConfig, who: string, end = false): Promise<void> {
  const person = await somebody(client, who)
  if (end) {
    const ended = await endSessions(client, person.id, 'all', 'cli')
    return console.log(`${person.name} is signed out of ${ended} ${ended === 1 ? 'browser' : 'browsers'}.`)
  }
  const standing = await listSessions({ client, clock: systemClock, rules: config }, person.id)
  if (standing.length === 0) return console.log(`${person.name} is signed in nowhere.`)
  printTable(
    ['browser', 'by', 'since', 'last used', 'ends'],
    standing.map(({ browser, via, createdAt, lastUsedAt, endsAt }) => [browser || 'unknown', via, ...[createdAt, lastUsedAt, endsAt].map(minuteOf)]),
  )
}

async function somebody(client: DbClient, who: string): Promise<Staff> {
  const person = await findStaff(client, who)
  if (!person) throw new DuncanError('staff.unknown', `There is nobody called ${who}.`, 'See `duncan staff list`.')
  return person
}

const minuteOf = (at: Date): string => at.toISOString().slice(0, 16).replace('T', ' ')
