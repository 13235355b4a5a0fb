import type { TestContext } from 'node:test'
import { type CriterionValue, creditKind, matrixKind, scorecardKind } from '#credit'
import { workflowsKind } from '#dunning'
import { followPlaces, readPlacing } from '#flows'
import { currenciesKind } from '#ledger'
import { fixedClock, Prisma, silentLog } from '#platform'
import type { EntryOpening } from '#proposals'
import { segmentsKind } from '#search'
import { createSettings, type SettingsContent } from '#settings'
import { aLedger, anItem } from '../../search/ledger.ts'
import { createTestDatabase } from '../../support/database.ts'

const step = { name: 'call', type: 'call', after: { days: 1 } }
const workflows = { standard: { title: 'Standard', steps: [step] }, short: { title: 'Short', steps: [step] } }

/** Debtors with companies of a bureau, settings with a matrix, and everything that places them; what would be posted and opened is only noted. */
export async function createMatrixWorld(t: Pick<TestContext, 'after'>, names: string[], given: SettingsContent = {}) {
  const { client } = await createTestDatabase(t)
  const clock = fixedClock('2026-03-02T22:00:00Z')
  const settings = createSettings({ client, kinds: [currenciesKind, segmentsKind, workflowsKind, creditKind, matrixKind, scorecardKind] })
  const apply = async (sections: SettingsContent) => {
    const outcome = await settings.apply({ sections, whole: false, faults: [], placeOf: () => undefined }, { actor: 'cli' })
    if (outcome.kind !== 'applied') throw new Error(JSON.stringify(outcome))
    return outcome.version
  }
  await apply({ credit: { on: true, scope: 'all' }, workflows, ...given })
  const { administrationId, debtors } = await aLedger(client, names)
  const idOf = (name: string) => debtors.find(debtor => debtor.name === name)?.id ?? 0
  const owes = (name: string, number: string, amount: string, currency?: string, due = '2026-02-20') =>
    anItem(client, { administrationId, debtorId: idOf(name) }, number, due, amount, currency)

  /** What the bureau says of a debtor's company from now on. */
  const says = async (name: string, values: Record<string, CriterionValue>, activity?: string) => {
    const debtorId = idOf(name)
    const link = await client.creditLink.findUnique({ where: { debtorId } })
    const identity = activity === undefined ? {} : { identity: { activity } }
    const companyId =
      link?.companyId ??
      (await client.creditCompany.create({ data: { bureau: 'creditsafe', bureauId: `NL-X-${debtorId}`, country: 'NL', name, ...identity } })).id
    if (!link) await client.creditLink.create({ data: { debtorId, companyId, source: 'number', linkedBy: 'duncan', linkedAt: new Date() } })
    for (const [criterion, value] of Object.entries(values)) {
      const row = { value, raw: 'x', source: 'report', since: new Date(), seenAt: new Date() }
      await client.creditValue.upsert({ where: { companyId_criterion: { companyId, criterion } }, create: { companyId, criterion, ...row }, update: row })
    }
  }

  const posted: string[] = []
  const opened: EntryOpening[] = []
  const placing = () => readPlacing({ client, clock, log: silentLog, settings, config: { DUNCAN_TIME_ZONE: 'Europe/Amsterdam' } })
  const follow = (runId?: number) =>
    followPlaces(
      {
        placing,
        settings,
        proposals: {
          openEntry: async opening => {
            if (!opened.some(({ key }) => key === opening.key)) opened.push(opening)
            return { kind: 'entered', entryId: opened.length, status: 'proposed' }
          },
        },
        posts: {
          postPlacement: async id => void posted.push(`placement ${id}`),
          postCreditNight: async id => void posted.push(`night ${id}`),
        },
      },
      runId,
    )
  /** A night at the bureau that is over; returns its id. */
  const night = async () => {
    const now = new Date(clock.now().epochMilliseconds)
    const { id } = await client.creditRun.create({ data: { bureau: 'creditsafe', trigger: 'night', startedAt: now, finishedAt: now, eventsFrom: now } })
    await follow(id)
    return id
  }
  const places = async () => {
    const rows = await client.creditPosition.findMany({ orderBy: { debtorId: 'asc' } })
    return rows.map(({ debtorId, solvency, band, stance }) => [debtors.find(({ id }) => id === debtorId)?.name, solvency, band, stance].join(' '))
  }
  return { client, clock, settings, apply, administrationId, idOf, owes, says, posted, opened, placing, follow, night, places }
}

export const rating = (text: string): { international_rating: CriterionValue } => ({ international_rating: { is: 'text', text } })
export const score = (number: number): { score: CriterionValue } => ({ score: { is: 'number', number: String(number), min: '0', max: '100' } })
export const money = (amount: string) => new Prisma.Decimal(amount)
