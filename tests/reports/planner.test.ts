import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import excel from 'exceljs'
import { type ParsedMail, simpleParser } from 'mailparser'
import type { Staff } from '#people'
import { createOps, silentLog } from '#platform'
import { createReports, parseTimes, type ScheduleInput } from '#reports'
import { absorbOwnCopy } from '../../src/mail/own-copy.ts'
import { sendMail } from '../../src/mail/send.ts'
import { createOutbox } from '../mail/sending/outbox-fixture.ts'
import { twoBooks } from './two-books.ts'

const input = (change: Partial<ScheduleInput> & { when?: string } = {}): ScheduleInput => {
  const { when = 'monday 08:00', ...rest } = change
  const times = parseTimes(when)
  assert.ok(times)
  return { report: 'open_items', form: 'xlsx', times, filter: '', top: null, own: false, staffIds: [], addresses: [], ...rest }
}

/** Reports on two books, with an outbox whose mails arrive in a list. It is Monday, 23 November 2026, seven o'clock in Amsterdam. */
async function aPlanner(t: TestContext, more: { domains?: string[]; refuses?: boolean } = {}) {
  const arrived: ParsedMail[] = []
  const outbox = await createOutbox(t, {
    send: async source => {
      if (more.refuses) return { kind: 'refused', permanent: true, problem: '550 no such user' }
      arrived.push(await simpleParser(source))
      return { kind: 'accepted', refused: [] }
    },
  })
  const { database, clock, queue, client, deps, jobs } = outbox
  clock.set('2026-11-23T06:00:00Z')
  const people = await twoBooks({ client })
  const settings = { mailbox: 'debtors' as string | undefined, domains: more.domains ?? [] }
  const create = () =>
    createReports({
      database,
      queue,
      clock,
      log: silentLog,
      blobs: deps.blobs,
      ops: createOps(client, queue),
      timeZone: 'Europe/Amsterdam',
      publicUrl: 'https://duncan.example',
      calendars: () => ({}),
      settings: async () => settings,
      logos: async () => ({ administrations: {} }),
      work: async () => [['Anna', '1', '0', '0', '0', '1']],
    })
  const reports = create()
  /** Does the jobs that were sent, and those that come of them; returns what the owners would be told. */
  const work = async () => {
    const told: unknown[] = []
    for (let job = jobs.shift(); job; job = jobs.shift()) {
      const payload = job.payload as { deliveryId: number; outboundMailId: number }
      if (job.kind === 'report.deliver') await reports.deliver(payload.deliveryId)
      if (job.kind === 'mail.send') await sendMail(deps, payload.outboundMailId)
      if (job.kind === 'mail.settled') await reports.settleMail(payload.outboundMailId)
      if (job.kind === 'report.told') told.push(payload)
    }
    return told
  }
  const schedule = async (by: Staff, change: Parameters<typeof input>[0]) => {
    const outcome = await reports.create(by, input(change))
    assert.ok(outcome.kind === 'kept', JSON.stringify(outcome))
    return outcome.schedule
  }
  const statuses = async () =>
    (await client.reportDelivery.findMany({ orderBy: { id: 'asc' } })).map(({ recipient, status, reason }) => [recipient, status, reason])
  return { ...outbox, ...people, reports, other: create(), settings, arrived, work, schedule, statuses }
}

async function rowsIn(mail: ParsedMail | undefined): Promise<string> {
  const book = new excel.Workbook()
  await book.xlsx.load(mail?.attachments[0]?.content as never)
  return JSON.stringify(book.worksheets.map(sheet => sheet.getSheetValues()))
}

test('each recipient gets one mail with their own rows alone, in their language, and no copy of it stands among the mails', async t => {
  const { reports, other, schedule, cfo, anna, bram, clock, work, arrived, client, sentFolder, jobsOf } = await aPlanner(t)
  const { id } = await schedule(cfo, { staffIds: [anna.id, cfo.id] })
  await schedule(cfo, { report: 'aging', form: 'pdf', own: true, staffIds: [bram.id], when: 'monthly last 08:00' })

  const early = await reports.runDue()
  clock.set('2026-11-23T07:00:00Z')
  const started = await Promise.all([reports.runDue(), other.runDue()])
  const told = await work()
  const again = await reports.runDue()
  await work()

  assert.deepEqual([early, started.toSorted((a, b) => a - b), again, told], [0, [0, 1], 0, []])
  const [toAnna, toCfo] = ['anna', 'cfo'].map(key => arrived.find(({ to }) => JSON.stringify(to).includes(key)))
  assert.equal(arrived.length, 2)
  assert.match(await rowsIn(toAnna), /V-1/)
  assert.doesNotMatch((await rowsIn(toAnna)) + toAnna?.text + toAnna?.html, /Geheim|7777|7,777|Harbourlight BE/)
  assert.match(await rowsIn(toCfo), /Geheim/)
  assert.equal(toCfo?.subject, 'Offene Posten · 23. November 2026')
  assert.match(String(toCfo?.html), /=HYPERLINK\(&quot;http:\/\/evil\.example&quot;/)
  assert.match(String(toCfo?.text), /Buchungskreis: Summe, Währung: EUR, Betrag: 8\.928,02, Offen: 8\.928,02/)
  assert.equal(toCfo?.headers.get('auto-submitted'), 'auto-generated')
  const next = (await client.reportSchedule.findUniqueOrThrow({ where: { id } })).nextAt
  assert.equal(next.toISOString(), '2026-11-30T07:00:00.000Z')
  assert.deepEqual([await client.message.count(), sentFolder.copies.length, jobsOf('mail.file').length], [0, 0, 0])
  assert.deepEqual(
    await client.outboundMail.findMany({ select: { state: true, text: true, html: true } }),
    [1, 2].map(() => ({ state: 'sent', text: '', html: null })),
  )
  // What was missed while all were down is made up once; what was paused is not.
  clock.set('2026-12-21T12:00:00Z')
  assert.equal(await reports.runDue(), 2)
  await reports.setState(cfo, id, 'paused')
  clock.set('2027-01-05T12:00:00Z')
  const resumed = await reports.setState(cfo, id, 'active')
  assert.equal(resumed.kind === 'kept' && resumed.schedule.nextAt.toISOString(), '2027-01-11T07:00:00.000Z')
  assert.equal(await reports.runDue(), 1)
})

test('who lost a right gets nothing, and the owner of the schedule hears why', async t => {
  const { reports, schedule, cfo, anna, bram, clock, work, arrived, client, settings, statuses } = await aPlanner(t)
  const { id } = await schedule(cfo, { staffIds: [anna.id, bram.id, cfo.id] })
  await client.staff.update({ where: { id: anna.id }, data: { active: false } })
  await client.staff.update({ where: { id: bram.id }, data: { administrations: [] } })
  clock.set('2026-11-23T07:00:00Z')

  await reports.runDue()
  const told = await work()
  const trouble = await reports.trouble(id, '2026-11-23T07:00:00Z')
  settings.mailbox = undefined
  clock.advance({ minutes: 1 })
  await reports.sendNow(cfo, id)
  await reports.sendNow(cfo, id) // a second press within the minute
  await work()
  const deliveries = await statuses()
  await client.staff.update({ where: { id: cfo.id }, data: { role: 'collector' } })
  clock.set('2026-11-30T07:00:00Z')
  const afterRole = await reports.runDue()
  const toldOfRole = await work()
  const byHand = await reports.sendNow(await client.staff.findUniqueOrThrow({ where: { id: cfo.id } }), id)
  await client.reportSchedule.update({ where: { id }, data: { state: 'active' } })
  await client.staff.update({ where: { id: cfo.id }, data: { active: false } })
  const afterLeaving = await reports.runDue()

  assert.equal(arrived.length, 1)
  assert.deepEqual(told.length, 2)
  assert.deepEqual(
    trouble?.failed.map(({ name, reason }) => [name, reason]),
    [
      ['anna', 'inactive'],
      ['bram', 'nothing_in_sight'],
    ],
  )
  assert.equal(trouble?.owner.id, cfo.id)
  assert.deepEqual(
    deliveries.slice(3).map(([, , reason]) => reason),
    ['no_mailbox', 'no_mailbox', 'no_mailbox'],
  )
  assert.deepEqual([afterRole, toldOfRole.length, byHand, afterLeaving], [0, 1, false, 0])
  assert.equal((await client.reportSchedule.findUniqueOrThrow({ where: { id } })).pausedFor, 'owner_left')
  assert.match((await client.opsAlert.findFirstOrThrow({ where: { key: `report:${id}` } })).problem, /does not work here any more/)
})

test('nothing leaves to an address outside before a manager has looked at it, and then what that manager sees, within a search', async t => {
  const { reports, schedule, cfo, anna, bram, clock, work, arrived, client, statuses } = await aPlanner(t, { domains: ['auditor.example'] })
  const address = 'desk@auditor.example'
  const refusals = await Promise.all(
    [
      [bram, { staffIds: [anna.id] }],
      [bram, { addresses: [address], filter: 'overdue' }],
      [cfo, { addresses: [address] }],
      [cfo, { addresses: ['x@evil.auditor.example'], filter: 'overdue' }],
      [cfo, { addresses: [address], filter: 'overdue', report: 'work' }],
      [cfo, { addresses: [address], filter: 'overdu:' }],
      [cfo, {}],
    ].map(async ([by, change]) => {
      const outcome = await reports.create(by as Staff, input(change as Partial<ScheduleInput>))
      return outcome.kind === 'refused' ? outcome.why : outcome.kind
    }),
  )
  const { id, version } = await schedule(cfo, { addresses: [address], filter: 'overdue:>100' })
  clock.set('2026-11-23T07:00:00Z')

  await reports.runDue()
  await work()
  const unseen = await statuses()
  const byBram = await reports.confirm(bram, { id, version })
  const stale = await reports.confirm(cfo, { id, version: version + 7 })
  const confirmed = await reports.confirm(cfo, { id, version })
  await client.staff.update({ where: { id: cfo.id }, data: { administrations: ['A'] } })
  clock.advance({ minutes: 1 })
  await reports.sendNow(cfo, id)
  await work()
  const changed = await reports.change(cfo, { id, version: version + 1 }, input({ addresses: [address], filter: 'overdue' }))
  clock.advance({ minutes: 1 })
  await reports.sendNow(cfo, id)
  await work()

  assert.deepEqual(refusals, ['others', 'outside', 'outside_filter', 'domain', 'outside_report', 'filter', 'nobody'])
  assert.deepEqual(unseen, [[address, 'withheld', 'not_confirmed']])
  assert.deepEqual([byBram.kind, stale.kind, confirmed.kind, changed.kind], ['refused', 'refused', 'kept', 'kept'])
  assert.equal(arrived.length, 1)
  assert.match(await rowsIn(arrived[0]), /V-1/)
  assert.doesNotMatch((await rowsIn(arrived[0])) + arrived[0]?.text, /Geheim|in Duncan sehen/)
  assert.deepEqual((await statuses()).at(-1), [address, 'withheld', 'not_confirmed']) // a change has to be looked at again
})

test('a mail that fails or comes back is told to the owner, and what came back is kept from other eyes', async t => {
  const failing = await aPlanner(t, { refuses: true })
  await failing.schedule(failing.cfo, { staffIds: [failing.cfo.id] })
  failing.clock.set('2026-11-23T07:00:00Z')
  await failing.reports.runDue()
  const toldOfFailure = await failing.work()

  const { reports, schedule, cfo, clock, work, client, mailbox, deps, statuses, jobs } = await aPlanner(t)
  await schedule(cfo, { staffIds: [cfo.id] })
  clock.set('2026-11-23T07:00:00Z')
  await reports.runDue()
  await work()
  const sent = await client.outboundMail.findFirstOrThrow()
  const receive = async (source: string, more: object) => {
    const { hash } = await deps.blobs.put(Buffer.from(source))
    const mail = {
      mailboxId: mailbox.id,
      rawHash: hash,
      size: source.length,
      direction: 'in',
      receivedAt: new Date('2026-11-23T07:05:00Z'),
      text: 'Geheim',
      subject: 's',
    }
    return client.message.create({ data: { ...mail, ...more } })
  }
  const reply = await receive('a', { kind: 'mail', inReplyTo: sent.internetMessageId })
  const stranger = await receive('Message-ID: <other@x.example>', { kind: 'bounce' })
  const bounce = await receive(`Subject: failed\n\nMessage-ID: ${sent.internetMessageId}\n`, { kind: 'bounce' })
  const copy = await receive('b', { kind: 'mail', direction: 'out', internetMessageId: sent.internetMessageId })

  const taken = [await reports.takeMail(reply), await reports.takeMail(stranger), await reports.takeMail(bounce), await reports.takeMail(bounce)]
  const isOwn = await absorbOwnCopy({ client, blobs: deps.blobs }, copy.id)

  assert.deepEqual([toldOfFailure.length, await failing.statuses()], [1, [[`staff:${failing.cfo.id}`, 'failed', null]]])
  assert.deepEqual([taken, isOwn], [[false, false, true, true], true])
  assert.deepEqual(await statuses(), [[`staff:${cfo.id}`, 'bounced', null]])
  assert.equal(jobs.filter(({ kind }) => kind === 'report.told').length, 1)
  const texts = await client.message.findMany({ orderBy: { id: 'asc' }, select: { text: true } })
  assert.deepEqual(
    texts.map(({ text }) => text),
    ['Geheim', 'Geheim', '', ''],
  )
})
