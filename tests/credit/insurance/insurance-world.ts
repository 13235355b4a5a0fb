import type { TestContext } from 'node:test'
import { insuranceKind } from '#credit'
import { staffKind } from '#people'
import { fixedClock } from '#platform'
import { segmentsKind } from '#search'
import { createSettings } from '#settings'
import { aLedger, anItem } from '../../search/ledger.ts'
import { createTestDatabase } from '../../support/database.ts'

/** Terms as a policy may have them. */
export const terms = {
  insurer: 'Veilig Krediet',
  number: 'P-2026-1',
  maximumExtension: { days: 60, from: 'original_due_date' },
  reportOverdue: { days: 30, from: 'due_date' },
  handOver: { days: 30, from: 'extension_end' },
  discretionaryLimit: { amount: '10000', currency: 'EUR' },
}

const staff = { anna: { name: 'Anna', email: 'anna@harbour.example', role: 'admin' } }

/** Debtors with open items and policies of the settings, on 2 March 2026. */
export async function createInsuranceWorld(t: Pick<TestContext, 'after'>, names: string[], policies: object[]) {
  const { client } = await createTestDatabase(t)
  const clock = fixedClock('2026-03-02T09:00:00Z')
  const settings = createSettings({ client, kinds: [segmentsKind, staffKind, insuranceKind] })
  const apply = async (wanted: object[]) => {
    const source = { sections: { staff, insurance: { policies: wanted } }, whole: false, faults: [], placeOf: () => undefined }
    const outcome = await settings.apply(source, { actor: 'cli' })
    if (outcome.kind !== 'applied') throw new Error(JSON.stringify(outcome))
  }
  await apply(policies)
  const { administrationId, debtors } = await aLedger(client, names)
  const idOf = (name: string) => debtors.find(debtor => debtor.name === name)?.id ?? 0
  const owes = (name: string, number: string, due: string, amount = '100') => anItem(client, { administrationId, debtorId: idOf(name) }, number, due, amount)
  return { client, clock, today: clock.today('UTC'), now: clock.now(), apply, administrationId, idOf, owes }
}
