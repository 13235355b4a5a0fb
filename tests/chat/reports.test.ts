import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createChat, workFigures } from '#chat'
import type { Staff } from '#people'
import { createBlobs, createOps, fixedClock, silentLog } from '#platform'
import { createReports } from '#reports'
import { saveSearch } from '#search'
import { twoBooks } from '../reports/two-books.ts'
import { createTestDatabase } from '../support/database.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { chatSettings } from './chat-settings.ts'
import { fakeProposals } from './fake-proposals.ts'

test('reports are listed, opened as files and sent by a schedule, each to who may; what goes outside is looked at first', async t => {
  const database = await createTestDatabase(t)
  const { client } = database
  const clock = fixedClock('2026-11-20T08:00:00Z')
  const { anna, bram, cfo, debtors } = await twoBooks(database)
  await client.task.create({ data: { title: 'Call back', debtorId: debtors.secret.id, assigneeId: bram.id, dueOn: new Date('2026-11-20') } })
  const queue = { send: async () => undefined }
  const reports = createReports({
    database,
    clock,
    queue,
    ops: createOps(client, queue),
    log: silentLog,
    blobs: createBlobs(temporaryFolder(t)),
    timeZone: 'Europe/Amsterdam',
    publicUrl: 'http://duncan.example',
    calendars: () => ({}),
    settings: async () => ({ mailbox: 'debtors', domains: ['auditor.example'] }),
    logos: async () => ({ administrations: {} }),
    work: staff => workFigures({ client, clock, timeZone: 'Europe/Amsterdam' }, staff),
  })
  const chat = createChat({ client, clock, proposals: fakeProposals([], String, () => new Date()), ...chatSettings, reports })
  const type = async (staff: Staff, text: string) => chat.command({ staff, surface: 'console', text })
  const click = async (staff: Staff, action: string, data: Record<string, string> = {}, values: Record<string, string> = {}) =>
    chat.click({ staff, surface: 'console', action, data, values })
  const card = (outcome: Awaited<ReturnType<typeof type>>) => {
    assert.ok(outcome.kind === 'private' || outcome.kind === 'form', JSON.stringify(outcome))
    return outcome.card
  }
  await saveSearch({ client, clock }, { owner: `staff:${cfo.id}`, name: 'Groot en te laat', query: 'overdue:>5000', shared: false })

  const list = card(await type(cfo, '/duncan reports'))
  const search = list.elements.find(element => element.type === 'pick' && element.text === 'Groot en te laat')
  assert.ok(search?.type === 'pick')
  const opened = card(await click(cfo, search.button.action, search.button.data))
  const named = card(await type(cfo, '/duncan report aging for country:NL'))
  const figures = card(await type(cfo, '/duncan report 30'))
  const form = card(await type(cfo, '/duncan report schedule top debtors monthly last 07:30 to @anna, desk@auditor.example'))
  const values = Object.fromEntries(form.elements.flatMap(element => (element.type === 'field' ? [[element.field.id, String(element.field.value)]] : [])))
  const unnarrowed = await click(cfo, 'reports.save', {}, values)
  const saved = card(await click(cfo, 'reports.save', {}, { ...values, filter: 'overdue:>5000', top: '5' }))
  const data = saved.buttons[0]?.data ?? {}
  const byBram = await click(bram, 'reports.schedule', data)
  const letGo = card(await click(cfo, 'reports.confirm', data))
  const sent = card(await click(cfo, 'reports.now', data))
  const refused = await Promise.all(
    [
      type(bram, '/duncan report schedule open items monday to @anna'),
      type(cfo, '/duncan report schedule aging fortnightly'),
      type(cfo, '/duncan reports nonsense'),
      click(bram, 'reports.save', {}, { ...values, to: '@anna' }),
      click(cfo, 'reports.save', {}, { ...values, to: '@nobody' }),
      click(cfo, 'reports.save', {}, { ...values, time: '25:00' }),
      click(cfo, 'reports.save', {}, { ...values, to: '@anna', filter: 'overdu:' }),
      click(bram, 'reports.confirm', data),
      click(bram, 'reports.delete', data),
    ].map(async outcome =>
      (await outcome).kind === 'form' ? 'form' : (await outcome).kind === 'refused' ? ((await outcome) as { message: string }).message : 'shown',
    ),
  )
  const removed = card(await click(cfo, 'reports.delete', data))

  assert.equal(list.elements.filter(({ type: kind }) => kind === 'pick').length, 11)
  assert.match(JSON.stringify(opened.elements), /"report":"debtors","form":"xlsx","filter":"overdue:>5000"/)
  assert.match(JSON.stringify(named.elements), /"report":"aging","form":"pdf","filter":"country:NL"/)
  assert.equal(figures.buttons.at(-1)?.action, 'reports.list')
  assert.deepEqual([values.report, values.days, values.time, values.to], ['top_debtors', 'monthly last', '07:30', '@anna, desk@auditor.example'])
  assert.ok(unnarrowed.kind === 'refused' && unnarrowed.message.includes('auf eine Suche beschränkt'))
  assert.match(saved.fallback, /am letzten Arbeitstag des Monats um 07:30[^]*anna, desk@auditor.example[^]*30\. Nov\. 2026/)
  assert.match(JSON.stringify(saved.elements), /Jetzt 1 Zeilen[^]*Geheim Staalbouw[^]*EUR · 7\.777,77 · 7\.777,77 · 100\s?% · 31\.08\.2026/) // what they would get
  assert.equal(saved.buttons[0]?.action, 'reports.confirm')
  assert.equal(byBram.kind, 'refused')
  assert.doesNotMatch(JSON.stringify(letGo.buttons), /reports\.confirm/)
  assert.match(sent.fallback, /Letztes Mal: .*wird erstellt/)
  assert.deepEqual(refused.slice(0, 1), ['form'])
  assert.match(refused[1] ?? '', /fortnightly/)
  assert.match(refused[2] ?? '', /nonsense/)
  assert.match(refused[3] ?? '', /doet een manager dat/)
  assert.match(refused[4] ?? '', /@nobody/)
  assert.match(refused[5] ?? '', /25:00/)
  assert.match(refused[6] ?? '', /Suche/)
  assert.ok(refused[7] && refused[8] && refused[7] !== 'shown' && refused[8] !== 'shown')
  assert.equal(removed.subtitle, 'Gelöscht.')
  assert.deepEqual(await workFigures({ client, clock, timeZone: 'UTC' }, cfo), [['bram', '0', '0', '0', '1', '1']])
  assert.deepEqual(await workFigures({ client, clock, timeZone: 'UTC' }, anna), [])
})

test('the owner of a schedule is told once, privately and in their language, who did not get a report and why', async t => {
  const database = await createTestDatabase(t)
  const { client } = database
  const clock = fixedClock('2026-11-23T08:00:00Z')
  const { anna, cfo } = await twoBooks(database)
  const dueAt = '2026-11-23T07:00:00Z'
  const schedule = await client.reportSchedule.create({
    data: { ownerId: cfo.id, report: 'dso', form: 'pdf', when: 'monday 08:00', timeZone: 'UTC', staffIds: [anna.id], nextAt: new Date('2026-11-30T08:00:00Z') },
  })
  await client.reportDelivery.createMany({
    data: [
      { scheduleId: schedule.id, dueAt, recipient: `staff:${anna.id}`, status: 'withheld', reason: 'inactive' },
      { scheduleId: schedule.id, dueAt, recipient: 'desk@auditor.example', status: 'bounced' },
      { scheduleId: schedule.id, dueAt, recipient: `staff:${cfo.id}`, status: 'sent' },
    ],
  })
  const queue = { send: async () => undefined }
  const reports = createReports({
    database,
    clock,
    queue,
    ops: createOps(client, queue),
    log: silentLog,
    blobs: createBlobs(temporaryFolder(t)),
    timeZone: 'UTC',
    publicUrl: 'http://duncan.example',
    calendars: () => ({}),
    settings: async () => ({ domains: [] }),
    logos: async () => ({ administrations: {} }),
    work: async () => [],
  })
  const chat = createChat({ client, clock, proposals: fakeProposals([], String, () => new Date()), ...chatSettings, reports })

  await chat.postReportTrouble(schedule.id, dueAt)
  await chat.postReportTrouble(schedule.id, dueAt)

  const posts = await client.chatPost.findMany({ select: { privateTo: true, card: true } })
  assert.deepEqual(
    posts.map(({ privateTo }) => privateTo),
    [cfo.id],
  )
  assert.match(
    JSON.stringify(posts[0]?.card),
    /Nicht alle haben einen Bericht bekommen: Forderungslaufzeit[^]*anna: nicht gesendet: arbeitet nicht mehr hier[^]*desk@auditor.example: kam zurück/,
  )
})
