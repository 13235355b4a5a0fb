import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { gunzipSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { Prisma, recordAudit } from '#platform'
import { findReplayed, replayDecision } from '#proposals'
import { decode, encode } from '../../../src/proposals/replay/encode.ts'
import { record } from '../../../src/proposals/replay/recording.ts'
import { aDispute, anOffice, aPromise, asserting, fact, type Office } from '../support.ts'

const outcomes = async (office: Office, proposalId: number) => (await replayDecision(office.db, proposalId)).steps.map(({ step, kind }) => `${step} ${kind}`)

/** A mail about several things, with text that a mail program could have made up. */
async function aMixture(office: Office): Promise<number> {
  const text = 'Graag een kopie van 2026-003 en een overzicht. $set __proto__ \u202e'
  const facts = [fact(text, 'invoice_number', '2026-003')]
  const intents = asserting('invoice_copy_request', 'statement_request', 'payment_made')
  return (await office.proposals.propose(await office.mail(text, { intents, facts, quarantine: [] }))).proposalId
}

test('a proposal is planned again from what was kept, whatever became of ledger, people and clock meanwhile; its votes are judged again', async t => {
  const office = await anOffice(t)
  const by = { staffId: office.jan.id, surface: 'console' }
  const limited = await office.db.staff.create({ data: { key: 'lim', name: 'Lim', email: 'lim@nordlicht.example', role: 'collector', amountLimit: '1' } })
  const proposals = [await aPromise(office), await aDispute(office), await aMixture(office)]
  await office.proposals.decide({ kind: 'approve', proposalId: proposals[0] ?? 0, ...by })
  await office.proposals.decide({ kind: 'approve', proposalId: proposals[1] ?? 0, ...by, staffId: limited.id })
  await office.proposals.decide({ kind: 'second_vote', proposalId: proposals[1] ?? 0, ...by, staffId: office.mia.id })
  const unknown = await office.mail('Kloptnietfactuur', { intents: asserting('statement_request') }, { link: { kind: 'unknown' } })
  const linked = (await office.proposals.propose(unknown)).proposalId
  await office.proposals.decide({ kind: 'link', proposalId: linked, ...by, debtorId: office.debtor.id })

  await office.work()
  await office.db.invoice.updateMany({ data: { openAmount: '1.00', status: 'paid' } })
  await office.db.contact.updateMany({ data: { name: 'Somebody Else', verified: false } })
  await office.db.debtor.updateMany({ data: { name: 'Renamed', language: 'de' } })
  await office.db.administration.updateMany({ data: { importedAt: null, name: 'Renamed' } })
  await office.db.staff.update({ where: { id: limited.id }, data: { amountLimit: null, role: 'manager' } })
  office.clock.set('2027-02-01T09:00:00Z')

  assert.deepEqual(await outcomes(office, proposals[0] ?? 0), ['plan equal', 'alone equal', 'vote equal'])
  assert.deepEqual(await outcomes(office, proposals[1] ?? 0), ['plan equal', 'alone equal', 'vote equal', 'vote equal'])
  assert.deepEqual(await outcomes(office, proposals[2] ?? 0), ['plan equal', 'alone equal'])
  assert.deepEqual(await outcomes(office, linked), ['plan equal', 'alone equal'])
  const decision = await office.db.decision.findFirstOrThrow({ where: { proposalId: proposals[1] ?? 0 } })
  assert.equal(await findReplayed(office.db, String(decision.id)), proposals[1])
  assert.equal(await findReplayed(office.db, `proposal:${linked}`), linked)
  await assert.rejects(findReplayed(office.db, '999999'), { code: 'replay.unknown' })
})

test('what was changed after the fact is found: the mail, what was kept of it, the trail, a vote, and rules that are others now', async t => {
  const office = await anOffice(t)
  const [mail, kept, trail, rule, old] = [
    await aPromise(office),
    await aPromise(office),
    await aPromise(office),
    await aPromise(office),
    await aPromise(office),
  ]
  await office.proposals.decide({ kind: 'approve', proposalId: rule, staffId: office.jan.id, surface: 'console' })
  const repack = async (proposalId: number, change: (content: string) => string, honestly: boolean) => {
    const row = await office.db.proposalSnapshot.findFirstOrThrow({ where: { proposalId } })
    const content = change(gunzipSync(row.content).toString())
    const hash = honestly ? createHash('sha256').update(content).digest('hex') : row.hash
    await office.db.proposalSnapshot.update({ where: { id: row.id }, data: { content: Uint8Array.from(gzipSync(content)), hash } })
    return hash
  }

  await office.db.message.update({ where: { id: (await office.view(mail)).message.id }, data: { replyText: 'Wij betalen nooit.' } })
  await repack(kept, content => content.replaceAll('2026-12-04', '2026-12-05'), false)
  await repack(trail, content => content.replaceAll('2026-12-04', '2026-12-05'), true)
  // What was planned says something else than what it was planned from, and the trail knows of it.
  const hash = await repack(rule, content => content.replace('"holdUntil":"2026-12-09"', '"holdUntil":"2026-12-10"'), true)
  await recordAudit(office.db, { actor: 'cli', event: 'proposal.opened', subject: `proposal:${rule}`, detail: { snapshot: hash } })
  await office.db.$executeRaw`UPDATE "Decision" SET detail = jsonb_set(detail, '{checks,role}', '"viewer"') WHERE "proposalId" = ${rule}`
  await office.db.proposalSnapshot.deleteMany({ where: { proposalId: old } })
  await office.proposals.decide({ kind: 'approve', proposalId: old, staffId: office.jan.id, surface: 'console' })
  await office.db.decision.updateMany({ where: { proposalId: old }, data: { detail: {} } })

  const why = async (proposalId: number) => (await replayDecision(office.db, proposalId)).steps.map(step => ('why' in step ? step.why : step.kind))
  assert.match((await why(mail))[0] ?? '', /mail of proposal \d+ is not there any more as it was read/)
  assert.match((await why(kept))[0] ?? '', /was changed since/)
  assert.match((await why(trail))[0] ?? '', /audit trail does not know/)
  const ofOld = await why(old)
  assert.match(ofOld[0] ?? '', /^Nothing was kept of its planning: it was made by an older release/)
  assert.match(ofOld[2] ?? '', /^Nothing was kept of what it was judged by: it was made by an older release/)
  const decision = await office.db.decision.findFirstOrThrow()
  const [plan, , vote] = (await replayDecision(office.db, rule)).steps
  assert.deepEqual(plan?.kind === 'differs' && plan.differences, [{ path: 'actions.0.payload.holdUntil', before: '2026-12-10', after: '2026-12-09' }])
  assert.deepEqual(vote, { step: 'vote', decisionId: decision.id, kind: 'impossible', why: 'What it was judged by was changed since.' })
})

test('values come back from their code as they were, whatever names and texts they hold; what stands twice is one again', () => {
  const key = fc.oneof(fc.string(), fc.constantFrom('__proto__', '$ref', '$call', '$entries', 'constructor', 'toString'))
  const special = fc.oneof(
    fc.date({ noInvalidDate: true }),
    fc.integer().map(cents => new Prisma.Decimal(cents).div(100)),
    fc.integer({ min: 0, max: 40_000 }).map(days => Temporal.PlainDate.from('1990-01-01').add({ days })),
    fc.array(fc.string()).map(list => new Set(list)),
    fc.string({ unit: 'binary' }),
    fc.bigInt(),
  )
  const { tree } = fc.letrec(tie => ({
    tree: fc.oneof({ depthSize: 'small' }, special, fc.jsonValue(), fc.array(tie('tree')), fc.dictionary(key, tie('tree'))),
  }))
  fc.assert(
    fc.property(tree, value => {
      const code = JSON.stringify(encode(value) ?? null)
      const back = decode(JSON.parse(code))

      assert.equal(JSON.stringify(encode(back) ?? null), code)
    }),
    { numRuns: 100 },
  )
  const twice = { a: { n: 1 } }
  const back = decode(JSON.parse(JSON.stringify(encode({ first: twice, second: twice })))) as { first: object; second: object }
  assert.equal(back.first, back.second)
})

test('functions are noted with what they are asked and answer, now or later, and keep their places', async () => {
  const calendar = { isWorkingDay: (day: Temporal.PlainDate) => day.dayOfWeek < 6 }
  const { watched, answers } = record({
    calendar,
    shared: calendar,
    find: async (id: number) => ({ id, on: Temporal.PlainDate.from('2026-12-04') }),
    open: [1],
  })

  watched.shared.isWorkingDay(Temporal.PlainDate.from('2026-12-05'))
  await watched.find(3)

  assert.equal(watched.calendar, watched.shared)
  assert.deepEqual(answers, {
    '/calendar/isWorkingDay [{"$day":"2026-12-05"}]': { value: false, later: false },
    '/find [3]': { value: { id: 3, on: { $day: '2026-12-04' } }, later: true },
  })
})
