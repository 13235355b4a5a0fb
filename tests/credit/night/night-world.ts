import type { TestContext } from 'node:test'
import pino from 'pino'
import { searchName } from '#ledger'
import { type Database, fixedClock } from '#platform'
import { type Ask, createConnection } from '../../../src/credit/bureaus/creditsafe/connection.ts'
import { creditsafeNumbers } from '../../../src/credit/bureaus/creditsafe/countries/index.ts'
import { createCreditsafe } from '../../../src/credit/bureaus/creditsafe/creditsafe.ts'
import { createLoginMemory } from '../../../src/credit/bureaus/login-memory.ts'
import { type NightDeps, runNight } from '../../../src/credit/night/run-night.ts'
import { type CreditRules, creditKind } from '../../../src/credit/rules.ts'
import type { BureauCompany } from '../../../src/demo/bureau/company.ts'
import { type SandboxOptions, startBureauSandbox } from '../../../src/demo/bureau/sandbox.ts'
import { createTestDatabase } from '../../support/database.ts'

/** A debtor for each company, with one open invoice, unless it says something else. */
export type WorldDebtor = {
  company?: BureauCompany | undefined
  number: string
  companyNumber?: string | null
  vatNumber?: string | null
  country?: string | null
  closedOn?: string
}

/** A ledger, the sandbox of a bureau, and nights between the two. */
export async function createNightWorld(
  t: Pick<TestContext, 'after'>,
  debtors: WorldDebtor[],
  given: Partial<SandboxOptions & { rules: Partial<CreditRules>; database: Database }> = {},
) {
  const database = given.database ?? (await createTestDatabase(t))
  const clock = fixedClock('2026-03-01T22:00:00Z')
  const companies = given.companies ?? debtors.flatMap(({ company }) => company ?? [])
  const sandbox = await startBureauSandbox({ companies, now: () => clock.now().toString(), ...given })
  t.after(() => sandbox.stop())
  await storeDebtors(database, debtors)
  const log = pino({ level: 'silent' })
  const login = { username: 'demo', password: 'demo' }

  /** What a process works with: its own connection, as after a start. `onCall` is told before each call of the bureau. */
  const deps = (onCall: () => void = () => undefined): NightDeps => {
    const { client, pool } = database
    const memory = createLoginMemory(client, clock, 'creditsafe', login)
    const connection = createConnection({ url: sandbox.url, ...login, memory, clock, log, delay: () => 1 })
    const ask: Ask = async (...call) => {
      onCall()
      return connection(...call)
    }
    const rules = { ...creditKind.schema.parse({ on: true }), ...given.rules }
    return { client, pool, clock, log, bureau: createCreditsafe(ask, 'Duncan'), numbers: creditsafeNumbers, rules, timeZone: 'Europe/Brussels' }
  }
  return { database, client: database.client, clock, sandbox, deps, night: () => runNight(deps(), 'night') }
}

async function storeDebtors({ client }: Database, debtors: WorldDebtor[]): Promise<void> {
  const administration = await client.administration.create({ data: { code: 'BD', name: 'Brightdesk Office B.V.' } })
  const rows = await client.debtor.createManyAndReturn({
    data: debtors.map(({ company, number, companyNumber, vatNumber, country }) => ({
      administrationId: administration.id,
      number,
      name: company?.name ?? `Debtor ${number}`,
      searchName: searchName(company?.name ?? `Debtor ${number}`),
      country: country === undefined ? (company?.country ?? 'NL') : country,
      companyNumber: companyNumber === undefined ? (company?.registrationNumber ?? null) : companyNumber,
      vatNumber: vatNumber ?? null,
    })),
    select: { id: true, number: true },
  })
  const ids = new Map(rows.map(({ id, number }) => [number, id]))
  await client.invoice.createMany({
    data: debtors.map(({ number, closedOn }) => ({
      administrationId: administration.id,
      debtorId: ids.get(number) ?? 0,
      number: `F${number}`,
      searchNumber: `F${number}`,
      dueDate: new Date('2026-02-01'),
      currency: 'EUR',
      amount: '1000',
      openAmount: closedOn ? '0' : '1000',
      status: closedOn ? 'closed' : 'open',
      ...(closedOn && { closedOn: new Date(closedOn) }),
    })),
  })
}
