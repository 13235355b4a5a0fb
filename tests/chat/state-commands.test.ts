import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readPreference, type Staff } from '#people'
import type { ClickOutcome } from '../../src/chat/click.ts'
import { startConsole } from './console/start-console.ts'
import { aView } from './views.ts'

const tableOf = (outcome: ClickOutcome) => {
  assert.ok(outcome.kind === 'private', JSON.stringify(outcome))
  return outcome.card.elements.flatMap(element => (element.type === 'table' ? element.rows : []))
}

const failing = (state: string) => ['export (export@harbourlight.example)', state, 'never']

test('people see the state of the mailboxes and ledgers in their sight; what is wrong with one is for who connects them', async t => {
  const { client, chat, jan, eva, vic } = await startConsole(t, [aView({ id: 12 })]) // it is Monday 2 March 2026, 14:03
  const start = { kind: 'imap', startAt: new Date('2026-01-01') }
  await client.mailbox.update({ where: { id: 1 }, data: { status: 'ok', lastSyncAt: new Date('2026-03-02T12:58:00Z') } })
  await client.mailbox.create({
    data: { ...start, id: 2, key: 'export', address: 'export@harbourlight.example', status: 'failing', problem: 'imap.example refuses' },
  })
  await client.mailbox.create({ data: { ...start, id: 3, key: 'old', address: 'old@harbourlight.example', status: 'removed' } })
  await client.administration.create({ data: { code: 'HL', name: 'Harbourlight Trading', importedAt: new Date('2026-03-02T05:03:00Z') } })
  await client.administration.create({ data: { code: 'HX', name: 'Harbourlight Export' } })
  const limited = await client.staff.update({ where: { id: vic.id }, data: { mailboxes: ['debtors/INBOX'], administrations: ['HL'], language: 'en' } })
  const admin = await client.staff.update({ where: { id: jan.id }, data: { role: 'admin' } })
  const type = (staff: Staff, text: string) => chat.command({ staff, surface: 'console', text })

  const mailboxes = [await type(eva, '/duncan mailboxes'), await type(admin, '/duncan mailboxes'), await type(limited, '/duncan mailboxes')]
  const imports = [await type(eva, '/duncan import'), await type(limited, '/duncan import')]

  const own = ['debtors (debtors@harbourlight.example)', 'is read', '2 Mar 2026, 13:58']
  assert.deepEqual(mailboxes.map(tableOf), [[own, failing('cannot be read')], [own, failing('cannot be read · imap.example refuses')], [own]])
  assert.deepEqual(imports.map(tableOf), [
    [
      ['HL Harbourlight Trading', '2 Mar 2026, 06:03', '8'],
      ['HX Harbourlight Export', 'never', '–'],
    ],
    [['HL Harbourlight Trading', '2 Mar 2026, 06:03', '8']],
  ])
})

test('/duncan settings opens the form of one’s own settings and keeps what is chosen; /duncan autonomy says that everything is asked', async t => {
  const { chat, client, jan, vic } = await startConsole(t, [])

  const settings = await chat.command({ staff: jan, surface: 'console', text: '/duncan settings' })
  const autonomy = await chat.command({ staff: vic, surface: 'console', text: '/duncan autonomy' })

  assert.ok(settings.kind === 'form')
  assert.deepEqual(
    settings.card.elements.flatMap(element => (element.type === 'field' ? [element.field.id] : [])),
    ['language', 'quietFrom', 'quietUntil', 'digestAt', 'decisionsByMail'],
  )
  assert.match(autonomy.kind === 'private' ? autonomy.card.fallback : '', /Duncan demande avant chaque action/)
  const chosen = { language: 'nl', quietFrom: '18:00', quietUntil: '07:30', digestAt: '', decisionsByMail: 'true' }
  await chat.click({ staff: jan, surface: 'console', action: 'home.save', data: {}, values: chosen })
  const kept = await readPreference(client, jan.id)
  assert.deepEqual([kept.language, kept.quietFrom, kept.digestAt, kept.decisionsByMail], ['nl', '18:00', null, true])
})
