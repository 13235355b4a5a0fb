import assert from 'node:assert/strict'
import { test } from 'node:test'
import { creditKind, matrixKind, positionOf } from '#credit'
import { workflowOf, workflowsKind } from '#dunning'
import { followPlaces, readPlacing } from '#flows'
import { currenciesKind } from '#ledger'
import { fullSight } from '#people'
import { silentLog } from '#platform'
import { shippedRules, viewEntry } from '#proposals'
import { createSettings } from '#settings'
import { entryCard } from '../../src/chat/cards/entry-card.ts'
import { cardContext } from '../../src/chat/context.ts'
import { anOffice } from '../proposals/support.ts'

const workflows = { short: { title: 'Short', steps: [{ name: 'call', type: 'call', after: { days: 1 } }] } }

test('a debtor that comes into a cell with another workflow is asked about once, with the reason; approved, it is on it, and is not asked about again', async t => {
  const rules = { ...shippedRules, workflows: workflowsKind.schema.parse(workflows) }
  const { db, clock, debtor, proposals } = await anOffice(t, {}, rules)
  const boss = await db.staff.create({ data: { key: 'bo', name: 'Bo', email: 'bo@nordlicht.example', role: 'manager' } })
  const settings = createSettings({ client: db, kinds: [currenciesKind, workflowsKind, creditKind, matrixKind] })
  const cells = { weak: { small: { stance: 'stop', workflow: 'short' } } }
  const sections = { credit: { on: true }, workflows, matrix: { cells, softerAfterDays: 0 } }
  await settings.apply({ sections, whole: false, faults: [], placeOf: () => undefined }, { actor: 'cli' })
  const company = await db.creditCompany.create({ data: { bureau: 'creditsafe', bureauId: 'NL-X-1', country: 'NL', name: debtor.name } })
  await db.creditLink.create({ data: { debtorId: debtor.id, companyId: company.id, source: 'number', linkedBy: 'duncan', linkedAt: new Date() } })
  const posted: number[] = []
  const posts = { postPlacement: async () => undefined, postCreditNight: async (id: number) => void posted.push(id) }
  const placing = () => readPlacing({ client: db, clock, log: silentLog, settings, config: { DUNCAN_TIME_ZONE: 'Europe/Amsterdam' } })
  const night = async (letter: string) => {
    clock.advance({ hours: 24 })
    const [at, value] = [new Date(clock.now().epochMilliseconds), { is: 'text', text: letter }]
    const row = { companyId: company.id, criterion: 'international_rating', value, raw: letter, source: 'report', since: at, seenAt: at }
    await db.creditValue.upsert({ where: { companyId_criterion: { companyId: company.id, criterion: row.criterion } }, create: row, update: row })
    const run = await db.creditRun.create({ data: { bureau: 'creditsafe', trigger: 'night', startedAt: at, finishedAt: at, eventsFrom: at } })
    await followPlaces({ placing, settings, proposals, posts }, run.id)
    return run.id
  }

  await night('A')
  const fallen = await night('D')
  await night('D')
  const [entry, ...others] = await db.debtorEntry.findMany()
  const view = (await viewEntry(db, fullSight, entry?.id ?? 0)) ?? assert.fail()
  const card = entryCard({ ...view, next: undefined }, boss.id, cardContext('en', 'Europe/Amsterdam'))
  await proposals.voteOnEntry({ entryId: view.id, staffId: boss.id, surface: 'console', kind: 'approve' })
  await night('A')
  await night('D')

  assert.deepEqual([others.length, view.status, view.content.kind === 'workflow' && view.content.workflow], [0, 'proposed', 'short'])
  assert.ok(JSON.stringify(card.elements).includes('In the decision matrix now: Weak, small, Stop. €425.75 open and on order.'), JSON.stringify(card.elements))
  assert.equal((await workflowOf(db, debtor.id))?.workflow, 'short')
  assert.deepEqual([await db.debtorEntry.count(), (await positionOf(db, fullSight, debtor.id))?.stance], [1, 'stop'])
  assert.deepEqual([posted.filter(id => id === fallen).length, posted.length], [1, 3])
})
