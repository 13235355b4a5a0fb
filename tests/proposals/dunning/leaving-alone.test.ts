import assert from 'node:assert/strict'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { simpleParser } from 'mailparser'
import { followActions, followBehaviours, stepGrantOf, workflowsKind } from '#dunning'
import { sendMail } from '#mail'
import { fullSight } from '#people'
import { createBlobs, createOps, silentLog } from '#platform'
import { autonomyKind, shippedRules, viewEntry } from '#proposals'
import { createSmtpTransport } from '../../../src/mail/transports/smtp.ts'
import { isSampledStep } from '../../../src/proposals/dunning/judge-step.ts'
import { startSmtpServer } from '../../support/smtp-server.ts'
import { anOffice, codesOf } from '../support.ts'

type Behaviour = 'ask' | 'send_after_undo' | 'act'

const steps = [
  { name: 'soft', template: 'reminder_first', charges: 'none' },
  { name: 'charged', template: 'reminder_second', charges: 'announce' },
  { name: 'final', template: 'final_notice', charges: 'none' },
] as const

const workflowsThat = (behaviour: Behaviour) =>
  workflowsKind.schema.parse({
    standard: { title: 'Standard', steps: steps.map((step, index) => ({ ...step, type: 'email', behaviour, after: { days: 1 + index * 14 } })) },
  })

/** An office whose settings let its steps do something alone; `due` has a step due for what the debtor owes and takes it up. */
async function anOfficeThatSends(t: TestContext, behaviour: Behaviour, autonomy: object = {}) {
  const rules = { ...shippedRules, autonomy: autonomyKind.schema.parse({ send_reminder: 'act', ...autonomy }) }
  const office = await anOffice(t, {}, rules)
  const { db, debtor, proposals, clock, jan, jobs } = office
  await db.contact.updateMany({ where: { debtorId: debtor.id }, data: { verified: true } })
  const apply = async (workflows: ReturnType<typeof workflowsThat>, actor = 'cli') => {
    await db.settingsVersion.create({ data: { actor, content: {}, createdAt: new Date(clock.now().epochMilliseconds) } })
    await db.$transaction(tx => followBehaviours(tx, workflows))
  }
  let days = 0
  let version = { id: 0 }
  /** Puts workflows in force whose steps do this, with items on that version of them. */
  const behave = async (as: Behaviour, actor?: string) => {
    const workflows = workflowsThat(as)
    await apply(workflows, actor)
    const create = { workflow: 'standard', settingsVersion: 1, content: workflows.standard ?? {}, contentHash: as }
    version = await db.workflowVersion.upsert({ where: { workflow_contentHash: { workflow: 'standard', contentHash: as } }, create, update: {} })
  }
  await behave(behaviour)
  /** The entry of a step that is due on a day of its own, whose action is none of the sample, or one of it. */
  const due = async (step = 0, isSample = false) => {
    const invoices = await db.invoice.findMany({ where: { debtorId: debtor.id, status: 'open' }, orderBy: { id: 'asc' } })
    const { name: stepName = '' } = steps[step] ?? {}
    for (;;) {
      const plannedOn = new Date(Date.parse('2026-11-23') - 86_400_000 * days++)
      const items = { create: invoices.map(({ id, openAmount, currency }) => ({ invoiceId: id, step, stepName, amount: openAmount, currency })) }
      const action = await db.dunningAction.create({
        data: { debtorId: debtor.id, versionId: version.id, step, stepName, type: 'email', track: 'outside', plannedOn, items },
      })
      if (isSampledStep(action.id) !== isSample) continue
      await proposals.takeUpDunning(action.id)
      const { entryId } = await db.dunningAction.findUniqueOrThrow({ where: { id: action.id } })
      return entryId ?? assert.fail('no entry')
    }
  }
  const vote = (entryId: number, kind: 'approve' | 'reject' | 'undo' | 'wrong', staffId = jan.id) =>
    proposals.voteOnEntry({ entryId, staffId, surface: 'console', kind })
  const entry = async (id: number) => (await viewEntry(db, fullSight, id)) ?? assert.fail('no entry')
  const mailOf = (entryId: number) => db.outboundMail.findUnique({ where: { entryId } })
  const ended = () => jobs.filter(({ name }) => name === 'step.ended').length
  return { ...office, rules, apply, behave, due, vote, entry, mailOf, ended }
}

test('what a step does alone is what it says, what the ceiling allows and what was granted, the least of them', async t => {
  const { rules, behave, due, entry, mailOf } = await anOfficeThatSends(t, 'ask')
  const asks = async (behaviour: Behaviour, autonomy: object) => {
    rules.autonomy = autonomyKind.schema.parse({ send_reminder: 'act', ...autonomy })
    await behave(behaviour)
    const id = await due()
    const { status, autonomy: kept } = await entry(id)
    const mail = await mailOf(id)
    return [status, kept?.level, kept?.asks, mail && [mail.sendAfter.toISOString().slice(11, 16), mail.automatic]]
  }

  // 23 November 2026, 10:00 in Amsterdam; offices are open.
  assert.deepEqual(await asks('ask', {}), ['proposed', undefined, undefined, null])
  assert.deepEqual(await asks('send_after_undo', {}), ['done', 'send_after_undo', [], ['09:02', true]])
  assert.deepEqual(await asks('act', {}), ['done', 'act', [], ['09:00', true]])
  assert.deepEqual(await asks('act', { send_reminder: 'send_after_undo', undo: [{ from: 400, minutes: 10 }] }), [
    'done',
    'send_after_undo',
    [],
    ['09:10', true],
  ])
  assert.deepEqual(await asks('act', { send_reminder: 'ask' }), ['proposed', 'ask', ['not_granted'], null])
  assert.deepEqual(await asks('act', { on: false }), ['proposed', 'ask', ['stopped'], null])
})

test('every guard makes a step ask, whatever it says', async t => {
  const { db, rules, due, entry, debtor, mail, jan, apply } = await anOfficeThatSends(t, 'act')
  const asked = async (step = 0, isSample = false) => {
    const { status, autonomy } = await entry(await due(step, isSample))
    assert.equal(status === 'proposed', autonomy?.level === 'ask')
    return autonomy?.asks.join() ?? ''
  }
  const hold = (reason: string) => db.dunningHold.create({ data: { debtorId: debtor.id, reason } })
  const free = await asked()
  const found: Record<string, string> = { charged: await asked(1), final: await asked(2), sampled: await asked(0, true) }
  for (const reason of ['insolvency', 'legal', 'quarantine']) {
    const { id } = await hold(reason)
    found[reason] = await asked()
    await db.dunningHold.delete({ where: { id } })
  }
  const company = {
    bureau: 'creditsafe',
    bureauId: 'BE-1',
    country: 'BE',
    name: 'Zonneveld',
    links: { create: { debtorId: debtor.id, source: 'chosen', linkedBy: 'jan', linkedAt: new Date() } },
  }
  const { id: companyId } = await db.creditCompany.create({ data: company })
  const told = { companyId, criterion: 'insolvency', raw: 'Bankrupt', source: 'report', since: new Date(), seenAt: new Date() }
  await db.creditValue.create({ data: { ...told, value: { is: 'text', text: 'Bankrupt' } } })
  found.bankruptByBureau = await asked()
  await db.creditValue.updateMany({ data: { value: { is: 'none' } } })
  found.notBankrupt = await asked()
  const input = await mail('Nog een vraag', {})
  await db.message.update({ where: { id: input.messageId }, data: { status: 'received' } })
  found.unread = await asked()
  await db.message.update({ where: { id: input.messageId }, data: { status: 'handled' } })
  rules.autonomy.limit = 425
  found.limit = await asked()
  rules.autonomy.limit = 1000
  await db.roleLimit.create({ data: { role: 'collector', amount: '400' } })
  found.rights = await asked()
  await db.roleLimit.deleteMany()
  await db.contact.updateMany({ data: { verified: false } })
  found.unverified = await asked()
  await db.contact.updateMany({ data: { verified: true } })
  rules.autonomy.remindersPerDay = 1
  found.cap = await asked()
  rules.autonomy.remindersPerDay = 50
  await apply(workflowsThat('ask'))
  found.takenOut = await asked()
  await apply(workflowsThat('act'), `staff:${jan.id}`)
  found.grantedByCollector = await asked()

  assert.equal(free, '')
  assert.deepEqual(found, {
    charged: 'always_person',
    final: 'always_person',
    sampled: 'sampled',
    insolvency: 'debtor_stopped',
    legal: 'debtor_stopped',
    quarantine: 'debtor_stopped',
    bankruptByBureau: 'debtor_stopped',
    notBankrupt: '',
    unread: 'others_wait',
    limit: 'above_limit',
    rights: 'second_vote',
    unverified: 'not_sendable',
    cap: 'day_is_full',
    takenOut: 'not_granted',
    grantedByCollector: 'not_granted',
  })
})

test('one that a person stops, turns down as one of the sample, or calls wrong makes its step ask until somebody gives it back', async t => {
  const { db, due, vote, entry, mailOf, ended, apply } = await anOfficeThatSends(t, 'send_after_undo')
  const standing = async () => (await stepGrantOf(db, { workflow: 'standard', step: 'soft' })) !== undefined
  const regrant = async () => {
    await apply(workflowsThat('ask'))
    await apply(workflowsThat('send_after_undo'))
  }
  const [stopped, other] = [await due(), await due()]
  await vote(stopped, 'undo')
  const after = { standing: await standing(), asked: (await entry(await due())).autonomy?.asks, mail: (await mailOf(stopped))?.state }
  await apply(workflowsThat('send_after_undo')) // the same again is no new grant
  const same = await standing()
  await regrant()
  const sampled = await due(0, true)
  await vote(sampled, 'reject')
  const turnedDown = await standing()
  await regrant()
  const sent = await due()
  await db.outboundMail.update({ where: { entryId: sent }, data: { state: 'sent', sentAt: new Date('2026-11-23T09:03:00Z') } })
  const wrong = [(await vote(sent, 'wrong')).kind, (await vote(sent, 'wrong')).kind, await standing()]

  assert.deepEqual(after, { standing: false, asked: ['not_granted'], mail: 'cancelled' })
  assert.deepEqual([same, turnedDown, wrong], [false, false, ['entered', 'changed', false]])
  assert.equal(ended(), 3)
  assert.equal((await entry(other)).status, 'done', 'what was decided before waits for its grant to be looked at')
})

test('what has not left comes back when its grant ends, everything is switched off, its hours are over, or its mail fails; a person can send it then', async t => {
  const { db, clock, due, vote, entry, mailOf, rules, proposals } = await anOfficeThatSends(t, 'send_after_undo')
  const one = await due()
  const may = await proposals.whyEntryNotLeave(one)
  clock.set('2026-11-23T17:00:00Z') // 18:00
  const late = await proposals.whyEntryNotLeave(one)
  const evening = await mailOf(await due())
  clock.set('2026-11-23T09:01:00Z')
  rules.autonomy.on = false
  const off = await proposals.whyEntryNotLeave(one)
  const back = await proposals.giveBackEnded()
  const returned = await entry(one)
  const first = await mailOf(one)
  await vote(one, 'approve')
  const again = await mailOf(one)
  rules.autonomy.on = true
  const failing = await due()
  const { id } = await db.outboundMail.update({
    where: { entryId: failing },
    data: { state: 'failed', problem: [{ code: 'server_refused', answer: '550 no' }] },
  })
  await proposals.settleMail(id)
  const failed = await entry(failing)
  await db.outboundMail.update({ where: { entryId: one }, data: { state: 'sent', sentAt: new Date('2026-11-23T09:03:00Z') } })
  await db.$transaction(tx => followActions(tx, clock.now()))

  assert.deepEqual([may, late, off].map(codesOf), ['', 'hours_over', 'grant_ended'])
  assert.equal(evening?.sendAfter.toISOString(), '2026-11-24T08:00:00.000Z')
  assert.equal(back, 2)
  assert.deepEqual([returned.status, returned.autonomy?.level, first?.state], ['proposed', 'ask', 'cancelled'])
  assert.equal(codesOf(returned.autonomy?.calledBack), 'grant_ended')
  assert.deepEqual([again?.state, again?.automatic], ['scheduled', false])
  assert.deepEqual([failed.status, codesOf(failed.autonomy?.calledBack)], ['proposed', 'server_refused'])
  assert.equal((await db.dunningAction.findFirstOrThrow({ where: { entryId: one } })).status, 'done')
})

const openMailbox = async () => assert.fail('no copy is filed here')

test('over SMTP one leaves alone as an automatic mail and takes its step; one that is stopped within its undo window never leaves', async t => {
  const server = await startSmtpServer(t)
  const { db, clock, due, vote, proposals, queue, folder } = await anOfficeThatSends(t, 'send_after_undo')
  const transport = createSmtpTransport({ host: '127.0.0.1', port: server.port, tls: 'none', silenceLimit: 2_000 })
  const account = () => ({ fromName: 'Nordlicht BV', transport, sentCopy: 'server' as const, selfBcc: false, openMailbox })
  const blobs = createBlobs(join(folder, 'blobs'))
  const { whyEntryNotLeave } = proposals
  const sending = { client: db, queue, blobs, clock, log: silentLog, ops: createOps(db, queue), account, whyEntryNotLeave }
  const leave = async (entryId: number) => {
    const mail = await db.outboundMail.findUniqueOrThrow({ where: { entryId } })
    clock.set(mail.sendAfter.toISOString())
    await sendMail(sending, mail.id)
    await db.$transaction(tx => followActions(tx, clock.now()))
    return (await db.dunningAction.findFirstOrThrow({ where: { entryId } })).status
  }

  const sent = await leave(await due())
  const stopped = await due()
  clock.advance({ seconds: 119 })
  await vote(stopped, 'undo')
  const withdrawn = await leave(stopped)

  const parsed = await Promise.all(server.accepted.map(({ source }) => simpleParser(source)))
  assert.deepEqual([sent, withdrawn], ['done', 'withdrawn'])
  assert.deepEqual(
    parsed.map(({ headers, to }) => [headers.get('auto-submitted'), Array.isArray(to) ? '' : to?.text]),
    [['auto-generated', 'info@zonneveld.example']],
  )
})
