import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { type Card, createChat } from '#chat'
import type { Staff } from '#people'
import { languages, wordsOf } from '../../src/chat/words/index.ts'
import { anOffice } from '../proposals/support.ts'
import { chatSettings } from './chat-settings.ts'

async function aDesk(t: TestContext) {
  const office = await anOffice(t)
  const chat = createChat({ client: office.db, clock: office.clock, proposals: office.proposals, ...chatSettings })
  const type = (text: string, staff: Staff = office.jan) => chat.command({ staff, surface: 'console', text })
  const press = (action: string, data: Record<string, string>, values: Record<string, string> = {}, staff: Staff = office.jan) =>
    chat.click({ staff, surface: 'console', action, data, values })
  /** Opens the form of a command and sends it filled in. */
  const fill = async (command: string, values: Record<string, string>, staff: Staff = office.jan) => {
    const form = await type(`/duncan ${command} zonneveld`, staff)
    assert.ok(form.kind === 'form', JSON.stringify(form))
    const data = form.card.buttons[0]?.data ?? {}
    return { data, outcome: await press('entry.save', data, values, staff) }
  }
  return { ...office, type, press, fill }
}

const cardOf = (outcome: { kind: string; card?: Card }): Card => outcome.card ?? assert.fail(JSON.stringify(outcome))
const idOf = (outcome: { kind: string; card?: Card }): string =>
  [...cardOf(outcome).buttons, ...cardOf(outcome).more].find(({ data }) => data.entry)?.data.entry ?? assert.fail()

test('a promise, a dispute and a hold that a colleague enters do what the action of a proposal does, once, with an audit row, and can be taken back', async t => {
  const { db, debtor, fill, press } = await aDesk(t)

  const promise = await fill('promise', { day: '2026-11-27', amount: '100,50', invoices: '2026-002' })
  const again = await press('entry.save', promise.data, { day: '2026-11-30', amount: '1', invoices: '' })
  const dispute = await fill('dispute', { reason: 'price', text: 'Too dear by half', invoices: '2026-001, 2026-003' })
  const hold = await fill('hold', { day: '2026-12-04', invoices: '' })

  const [stored, ...others] = await db.promiseToPay.findMany({ include: { invoices: { include: { invoice: true } } } })
  assert.deepEqual([stored?.amount?.toFixed(2), stored?.currency, stored?.promisedOn?.toISOString().slice(0, 10)], ['100.50', 'EUR', '2026-11-27'])
  assert.deepEqual([stored?.invoices.map(({ invoice }) => invoice.number), others], [['2026-002'], []])
  assert.equal(idOf(again), idOf(promise.outcome))
  const [disputed] = await db.dispute.findMany({ include: { invoices: true } })
  assert.deepEqual(
    [disputed?.reason, disputed?.text, disputed?.invoices.length, disputed?.answerDue?.toISOString().slice(0, 10)],
    ['price', 'Too dear by half', 2, '2026-11-30'],
  )
  const standing = async () =>
    (await db.dunningHold.findMany({ where: { endedAt: null }, orderBy: { id: 'asc' } })).map(({ reason, invoiceId, until }) => [
      reason,
      invoiceId === null,
      until?.toISOString().slice(0, 10),
    ])
  assert.deepEqual(await standing(), [
    ['promise', false, '2026-12-02'], // three working days after the promised one
    ['dispute', false, undefined],
    ['dispute', false, undefined],
    ['staff', true, '2026-12-04'],
  ])

  for (const { outcome } of [promise, dispute, hold]) assert.equal(cardOf(await press('entry.undo', { entry: idOf(outcome) })).status?.text, 'Taken back')

  assert.deepEqual([await standing(), await db.dispute.count(), (await db.promiseToPay.findFirst())?.status], [[], 0, 'cancelled'])
  assert.deepEqual(await press('entry.undo', { entry: idOf(hold.outcome) }), { kind: 'refused', message: wordsOf('en').entries.changed })
  const audits = await db.auditEntry.findMany({ where: { event: { startsWith: 'entry.' } }, orderBy: { id: 'asc' }, include: { content: true } })
  assert.deepEqual(
    audits.map(({ event }) => event),
    ['entry.done', 'entry.done', 'entry.done', 'entry.undone', 'entry.undone', 'entry.undone'],
  )
  assert.ok(!JSON.stringify(audits.map(({ detail }) => detail)).includes('dear') && JSON.stringify(audits[1]?.content).includes('dear'))
  assert.ok(audits.every(({ detail }) => (detail as { debtor: number }).debtor === debtor.id))
})

test('above a limit, or where the settings want two, an entry waits for somebody else’s vote, who is told privately; of several votes one counts', async t => {
  const { db, jan, mia, fill, press, type } = await aDesk(t)
  await db.staff.update({ where: { id: jan.id }, data: { amountLimit: '200' } })
  const max = await db.staff.create({ data: { key: 'max', name: 'Max', email: 'max@nordlicht.example', role: 'manager', language: 'de' } })
  await db.staff.create({ data: { key: 'uma', name: 'Uma', email: 'uma@nordlicht.example', role: 'manager', administrations: ['other'] } })

  const above = await fill('hold', { day: '2026-12-04', invoices: '2026-002' })
  const below = await fill('hold', { day: '2026-12-04', invoices: '2026-001' })
  const listed = await type('/duncan entries', mia)
  const entry = idOf(above.outcome)
  const own = await press('entry.second_vote', { entry }, {}, { ...jan, role: 'approver' })
  const votes = await Promise.all([mia, max, mia, max].map(staff => press('entry.second_vote', { entry }, {}, staff)))

  assert.deepEqual([cardOf(above.outcome).status?.text, cardOf(below.outcome).status?.text], ['Needs a second vote', 'Done'])
  assert.ok(JSON.stringify(cardOf(above.outcome)).includes('Told: Max and Mia'))
  assert.deepEqual(
    cardOf(listed).elements.map(element => element.type === 'pick' && [element.text, element.button.data.entry]),
    [['Kwekerij Zonneveld BV · Dunning hold', entry]],
  )
  assert.equal(own.kind, 'refused')
  assert.deepEqual(votes.map(({ kind }) => kind).toSorted(), ['private', 'refused', 'refused', 'refused'])
  assert.equal(await db.dunningHold.count(), 2)
  const posts = await db.chatPost.findMany({ where: { subject: `entry:${entry}` }, orderBy: { privateTo: 'asc' } })
  assert.deepEqual(
    posts.map(({ privateTo, card }) => [privateTo, (card as Card).status?.text]),
    [
      [mia.id, 'Done'],
      [max.id, 'Erledigt'],
    ],
  )

  await db.secondVoteRule.create({ data: { actionKind: 'register_promise', above: null } })
  const ruled = await fill('promise', { day: '2026-11-27', amount: '', invoices: '2026-001' })
  const withdrawn = await press('entry.withdraw', { entry: idOf(ruled.outcome) })
  const tooLate = await press('entry.second_vote', { entry: idOf(ruled.outcome) }, {}, mia)

  assert.deepEqual([cardOf(ruled.outcome).status?.text, cardOf(withdrawn).status?.text, tooLate.kind], ['Needs a second vote', 'Withdrawn', 'refused'])
  assert.equal(await db.promiseToPay.count(), 0)
})

test('what does not fit is said and nothing is stored; a debtor out of sight is not there, and who only looks may enter nothing', async t => {
  const { db, jan, eve, other, fill, press, type } = await aDesk(t)
  const elsewhere = { ...jan, administrations: ['other'] }
  const say = wordsOf('en').entries
  const hidden = await fill('hold', { day: '2026-12-04', invoices: '2026-900' })
  const form = hidden.data
  await db.staff.update({ where: { id: jan.id }, data: { administrations: ['other'] } })
  const outOfSight = await press('entry.save', form, { day: '2026-12-04', invoices: '' })
  await db.staff.update({ where: { id: jan.id }, data: { administrations: ['*'] } })

  const refusals = [
    hidden.outcome,
    outOfSight,
    (await fill('promise', { day: '2026-11-20', amount: '', invoices: '' })).outcome,
    (await fill('promise', { day: 'soon', amount: '', invoices: '' })).outcome,
    (await fill('promise', { day: '2026-11-27', amount: '0', invoices: '' })).outcome,
    (await fill('dispute', { reason: 'price', text: ' ', invoices: '' })).outcome,
    await press('entry.save', { ...form, kind: 'gift' }, {}),
    await press('entry.save', { ...form, debtor: '2147483648' }, { day: '2026-12-04' }),
    await press('entry.hold', { debtor: String(other.id) }, {}, elsewhere),
    await type('/duncan hold zonneveld', eve),
    await press('entry.save', form, { day: '2026-12-04' }, eve),
    await press('entry.undo', { entry: '99' }),
  ]

  assert.deepEqual(
    refusals.map(({ kind }) => kind),
    refusals.map(() => 'refused'),
  )
  assert.equal(hidden.outcome.kind === 'refused' && hidden.outcome.message, say.unknown('2026-900'))
  assert.equal(await db.debtorEntry.count(), 0)
  assert.ok((await type('/duncan hold zonneveld', elsewhere)).kind === 'private') // a picker that finds nothing
})

test('the forms speak the asker’s language, and amounts are read in it', async t => {
  const { db, jan, type, press } = await aDesk(t)
  for (const language of languages) {
    const staff = { ...jan, language }
    const say = wordsOf(language).entries
    for (const kind of ['promise', 'dispute', 'hold'] as const) {
      const form = await type(`/duncan ${kind} zonneveld`, staff)

      assert.equal(form.kind === 'form' && form.card.title, `${say.kind[kind]} · Kwekerij Zonneveld BV`)
    }
    const form = await type('/duncan promise zonneveld', staff)
    await press(
      'entry.save',
      form.kind === 'form' ? (form.card.buttons[0]?.data ?? {}) : {},
      { day: '2026-12-01', amount: language === 'en' ? '1,250' : '1250,00' },
      staff,
    )
  }

  const promises = await db.promiseToPay.findMany()
  assert.deepEqual(
    promises.map(({ amount }) => amount?.toFixed(2)),
    languages.map(() => '1250.00'),
  )
})
