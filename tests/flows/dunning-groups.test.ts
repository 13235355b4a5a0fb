import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { lateChargesKind, noteGroupChange, noteImport } from '#dunning'
import { leadGroup, searchName } from '#ledger'
import { fullSight, sightOf } from '#people'
import { type EntryContent, entriesAwaiting, entriesWaitingOf, viewEntry } from '#proposals'
import { followChanges } from '../../src/flows/dunning-day.ts'
import { channelOf } from '../../src/proposals/dunning/channel.ts'
import { anOfficeThatDuns } from './dunning-office.ts'

const workflows = {
  standard: {
    title: 'Standard',
    steps: [
      { name: 'first_reminder', type: 'email', template: 'reminder_first', after: { days: 1 } },
      { name: 'final_notice', type: 'letter', template: 'final_notice', after: { days: 14 }, charges: 'claim' },
      { name: 'collection', type: 'hand_over', after: { days: 28 } },
    ],
  },
}
const lateCharges = { administrations: { nordlicht: { compensation: true }, sudlicht: { compensation: true, interest: false } } }

/** A central file of three debtors, two of them in another administration that bills in pounds, too; who writes to us is the second one. */
async function aCentralFile(t: TestContext) {
  const office = await anOfficeThatDuns(t, workflows, { lateCharges: lateChargesKind.schema.parse(lateCharges) })
  const { db, clock, debtor, other, anInvoice, waitingOf } = office
  await db.administration.updateMany({ data: { iban: 'NL02ABNA0123456789', postalAddress: 'Kade 1\n1012 AB Amsterdam' } })
  const second = await db.administration.create({ data: { code: 'sudlicht', name: 'Südlicht BV', iban: 'NL91ABNA0417164300' } })
  const group = await db.debtorGroup.create({ data: { name: 'Zonneveld Groep' } })
  const member = async (number: string, name: string, email: string | null) =>
    db.debtor.create({
      data: {
        administrationId: second.id,
        number,
        name,
        searchName: searchName(name),
        groupId: group.id,
        legalForm: 'BV',
        language: 'en',
        contacts: { create: [{ name: 'Ann Field', email, address: 'Laan 2\n3011 AA Rotterdam' }] },
      },
    })
  await db.debtor.updateMany({ where: { id: debtor.id }, data: { groupId: group.id, legalForm: 'BV' } })
  const lead = await member('S7', 'Zonneveld Groep', 'ann@zonneveld.example')
  const silent = await member('S8', 'Zonneveld Transport BV', null)
  const inSecond = { administrationId: second.id }
  await anInvoice(lead.id, 'S-0701', '10.00', inSecond)
  await anInvoice(silent.id, 'S-0801', '20.50', { ...inSecond, currency: 'GBP' })
  await anInvoice(silent.id, 'S-0802', '-5.00', { ...inSecond, currency: 'GBP', kind: 'credit_note' })
  await db.debtor.updateMany({ where: { id: other.id }, data: { archived: true } })
  await db.invoice.updateMany({ data: { dueDate: new Date('2026-11-23') } })
  /** The one that waits, whichever of the debtors is looked at. */
  const waiting = async () => {
    const one = await waitingOf(debtor.id)
    assert.equal((await waitingOf(lead.id)).id, one.id)
    return one
  }
  const aMessage = (debtorId: number) =>
    db.message.create({
      data: {
        mailboxId: office.mailbox.id,
        debtorId,
        rawHash: 'x',
        size: 1,
        direction: 'in',
        subject: 'x',
        to: [],
        receivedAt: new Date(clock.now().epochMilliseconds),
      },
    })
  return { ...office, group, lead, silent, waiting, aMessage }
}

const textOf = (entry: { content: EntryContent }): string => (entry.content.kind === 'dunning' ? (entry.content.mail?.text ?? '') : '')
const invoicesIn = (text: string): string[] => [...new Set(text.match(/\b(?:2026-\d{3}|S-\d{4})\b/g))].toSorted()

test('a central file gets one mail, to who leads it, with a part for each debtor; what one of them pays, disputes or writes counts', async t => {
  const { db, morning, at, waiting, vote, proposals, debtor, lead, silent, jan, aMessage } = await aCentralFile(t)
  await morning('2026-11-24')
  const drafted = await waiting()
  const { content } = drafted
  assert.ok(content.kind === 'dunning' && content.mail)
  const foreign = { ...content, mail: { ...content.mail, text: `${content.mail.text}\n2026-900`, written: true } }
  const tampered = await proposals.voteOnEntry({ entryId: drafted.id, staffId: jan.id, surface: 'console', kind: 'approve', content: foreign })
  const blind = await db.staff.create({ data: { key: 'bo', name: 'Bo', email: 'bo@nordlicht.example', role: 'collector', administrations: ['nordlicht'] } })
  const unseen = await viewEntry(db, sightOf(blind), drafted.id)
  const untaken = await proposals.voteOnEntry({ entryId: drafted.id, staffId: blind.id, surface: 'console', kind: 'approve' })
  const disputed = await db.invoice.findFirstOrThrow({ where: { number: '2026-002' } })
  await db.dunningHold.create({ data: { debtorId: debtor.id, invoiceId: disputed.id, reason: 'dispute', amount: '200.50' } })
  await db.invoice.updateMany({ where: { number: 'S-0801' }, data: { openAmount: '0', status: 'closed', closedReason: 'paid' } })
  await proposals.paymentsChanged([silent.id])
  const renewed = await waiting()
  await vote(renewed.id, 'approve')
  const mail = await db.outboundMail.findFirstOrThrow()
  const free = await proposals.whyEntryNotLeave(renewed.id)
  await aMessage(debtor.id)
  const stopped = await proposals.whyEntryNotLeave(renewed.id)
  await db.outboundMail.updateMany({ data: { state: 'sent', sentAt: new Date('2026-11-24T07:07:00Z') } })
  await at('2026-11-24T07:10:00Z')
  await morning('2026-11-25')

  assert.deepEqual([content.mail.to, content.mail.language], [['ann@zonneveld.example'], 'en'])
  assert.deepEqual(
    textOf(drafted)
      .split('\n')
      .filter(line => /customer no|total:|IBAN|-\d{3,4} /i.test(line))
      .map(line => line.replaceAll(/ {2}.* /g, ' ')),
    [
      'Südlicht BV, customer no. S7 (Zonneveld Groep)',
      'S-0701 €10.00',
      'Subtotal: €10.00',
      'Nordlicht BV, customer no. D100 (Kwekerij Zonneveld BV)',
      '2026-001 €100.00',
      '2026-002 €250.50',
      '2026-003 €75.25',
      'Subtotal: €425.75',
      'Südlicht BV, customer no. S8 (Zonneveld Transport BV)',
      'S-0801 £20.50',
      'Subtotal: £20.50',
      'Total: €435.75',
      'Total: £20.50',
      'Südlicht BV, customer no. S7 (Zonneveld Groep)',
      'IBAN: NL91ABNA0417164300',
      'Nordlicht BV, customer no. D100 (Kwekerij Zonneveld BV)',
      'IBAN: NL02ABNA0123456789',
      'Südlicht BV, customer no. S8 (Zonneveld Transport BV)',
      'IBAN: NL91ABNA0417164300',
    ],
  )
  assert.match(JSON.stringify(tampered), /foreign_invoice.*2026-900/)
  assert.deepEqual([unseen, untaken], [undefined, { kind: 'not_found' }])
  assert.match(textOf(renewed), /2026-002 .*€50\.00\n[\s\S]*Total: €235\.25\n[\s\S]*dispute[\s\S]*2026-002: €200\.50/)
  assert.doesNotMatch(textOf(renewed), /S-0801|S8|£/)
  assert.deepEqual([mail.debtorId, mail.alsoDebtorIds], [lead.id, [debtor.id]])
  assert.deepEqual([free, stopped], [[], [{ code: 'new_mail' }]])
  const actions = await db.dunningAction.findMany()
  assert.deepEqual(
    actions.map(({ debtorId, status }) => [debtorId, status]),
    [[lead.id, 'done']],
  )
  const places = await db.dunningItem.findMany({ where: { reason: null }, orderBy: { invoiceId: 'asc' } })
  assert.deepEqual(
    places.map(({ debtorId, step, remindedBy }) => [debtorId, step, remindedBy]),
    [debtor.id, debtor.id, debtor.id, lead.id].map(id => [id, 1, 'email']),
  )
  const sms = async (administrations: string[]) =>
    channelOf(db, { debtorId: lead.id, step: { type: 'sms' } as never, items: administrations.map(administration => ({ administration })) as never })
  assert.deepEqual([await sms(['sudlicht', 'sudlicht']), await sms(['sudlicht', 'nordlicht'])], ['sms', 'email'])
})

test('a letter to a central file has a code and charges for each debtor, who left it is left out, and its file holds the items of all', async t => {
  const { db, deps, folder, morning, at, waiting, waitingOf, vote, debtor, lead, silent, group } = await aCentralFile(t)
  await morning('2026-11-24')
  await vote((await waiting()).id, 'approve')
  await db.outboundMail.updateMany({ data: { state: 'sent', sentAt: new Date('2026-11-24T07:07:00Z') } })
  await at('2026-11-24T07:10:00Z')
  await morning('2026-12-07')
  const drafted = await waiting()
  await db.debtor.update({ where: { id: silent.id }, data: { groupId: null } })
  await morning('2026-12-08')
  const without = await waitingOf(debtor.id)
  const alone = await waitingOf(silent.id)
  await vote(alone.id, 'approve')
  await vote(without.id, 'approve')
  await at('2026-12-08T07:05:00Z')
  await db.debtor.update({ where: { id: silent.id }, data: { groupId: group.id } })
  await morning('2026-12-22')
  const file = await waitingOf(silent.id)
  await vote(file.id, 'approve')
  await followChanges(deps) // the hold that the hand-over places is no reason against it
  await at('2026-12-22T07:05:00Z')
  await at('2026-12-22T07:06:00Z')
  const handedOver = await db.dunningAction.findFirstOrThrow({ where: { type: 'hand_over' } })

  assert.ok(drafted.content.kind === 'dunning' && drafted.content.letter && without.content.kind === 'dunning' && alone.content.kind === 'dunning')
  const { text, table, transfers } = drafted.content.letter
  assert.deepEqual(
    table?.sections.map(({ owner, subtotals }) => [owner?.number, subtotals.map(({ amount, currency }) => `${amount} ${currency}`).join()]),
    [
      ['S7', '10 EUR'],
      ['D100', '425.75 EUR'],
      ['S8', '20.5 GBP'],
    ],
  )
  // What is owed in two currencies is a transfer in each; a code can be drawn of those in euros.
  assert.deepEqual(
    transfers.map(({ owner, iban, amount, currency, printed }) => [owner?.number, iban, `${amount} ${currency}`, printed]),
    [
      ['S7', 'NL91ABNA0417164300', '50 EUR', 'RF75 S070 1'],
      ['D100', 'NL02ABNA0123456789', '545.75 EUR', '2026-001, 2026-002, 2026-003'],
      ['S8', 'NL91ABNA0417164300', '20.5 GBP', 'RF91 S080 1'],
      ['S8', 'NL91ABNA0417164300', '40 EUR', 'RF91 S080 1'],
    ],
  )
  assert.deepEqual(text.match(/.*otal with these charges: .*/g), [
    'Total with these charges: €50.00',
    'Total with these charges: €545.75',
    'Total with these charges: £20.50 and €40.00',
    'Grand total with these charges: €635.75 and £20.50',
  ])
  assert.doesNotMatch(JSON.stringify(without.content), /S8|S-08|GBP/)
  assert.deepEqual([alone.content.letter?.to[0], alone.content.letter?.customerNumber], ['Zonneveld Transport BV', 'S8'])
  const [zip = ''] = readdirSync(join(folder, 'outbox/hand-over'))
  const names = readFileSync(join(folder, 'outbox/hand-over', zip), 'latin1').match(/(?:nordlicht|sudlicht)_\w+\/items\.csv/g)
  assert.deepEqual([...new Set(names)], ['nordlicht_D100/items.csv', 'sudlicht_S7/items.csv', 'sudlicht_S8/items.csv'])
  assert.equal(handedOver.status, 'done')
  const held = await db.dunningHold.findMany({ where: { reason: 'handed_over' }, orderBy: { debtorId: 'asc' } })
  assert.deepEqual(
    held.map(({ debtorId }) => debtorId),
    [debtor.id, lead.id, silent.id],
  )
})

test('who joins a central file hears with it and not alone, who leaves it hears alone again, and another lead gets what waits', async t => {
  const { db, deps, morning, vote, waitingOf, proposals, debtor, lead, silent, group } = await aCentralFile(t)
  const boss = await db.staff.create({ data: { key: 'bo', name: 'Bo', email: 'bo@nordlicht.example', role: 'manager' } })
  await db.debtor.update({ where: { id: debtor.id }, data: { groupId: null } })
  /** Every reminder that waits: to whom, and the invoices that it asks for. */
  const reminders = async () => {
    const waiting = await entriesAwaiting(db, boss)
    return waiting.flatMap(({ content }) => (content.kind === 'dunning' ? [[content.mail?.to.join(), ...invoicesIn(content.mail?.text ?? '')].join(' ')] : []))
  }
  await morning('2026-11-24')
  const apart = await reminders()
  await proposals.openEntry({
    debtorId: debtor.id,
    content: { kind: 'group', debtorIds: [debtor.id, lead.id], groupId: null, name: 'x' },
    key: 'g',
    why: { code: 'one_company', company: 'x' },
  })
  const joining = (await entriesWaitingOf(db, fullSight, debtor.id)).find(({ content }) => content.kind === 'group') ?? assert.fail()
  const voted = await proposals.voteOnEntry({ entryId: joining.id, staffId: boss.id, surface: 'console', kind: 'approve' })
  await followChanges(deps)
  const joined = await reminders()
  await db.debtor.update({ where: { id: silent.id }, data: { legalForm: 'Particulier' } })
  await noteGroupChange(db, [group.id])
  await followChanges(deps)
  const withoutPerson = await reminders()
  await db.debtor.update({ where: { id: silent.id }, data: { legalForm: 'BV' } })
  await vote((await waitingOf(lead.id)).id, 'reject')
  await morning('2026-11-25')
  const together = await reminders()
  await leadGroup(db, { groupId: group.id, debtorId: debtor.id, staffId: boss.id })
  await noteGroupChange(db, [group.id])
  await followChanges(deps)
  const handedOn = await reminders()
  await morning('2026-11-26')
  const led = await reminders()
  await proposals.voteOnEntry({ entryId: joining.id, staffId: boss.id, surface: 'console', kind: 'undo' })
  await followChanges(deps)
  const left = await reminders()
  await morning('2026-11-27')
  const alone = await reminders()
  await db.debtor.update({ where: { id: debtor.id }, data: { groupId: group.id } })
  await noteImport(db, 1) // the ledger file said so, and no invoice changed
  await followChanges(deps)
  const imported = await reminders()

  assert.equal(voted.kind, 'entered')
  const [own, ofOthers] = ['2026-001 2026-002 2026-003', 'S-0701 S-0801']
  assert.deepEqual(apart, [`info@zonneveld.example ${own}`, `ann@zonneveld.example ${ofOthers}`].toSorted())
  assert.deepEqual([joined, withoutPerson], [[`ann@zonneveld.example ${ofOthers}`], ['ann@zonneveld.example S-0701']])
  assert.deepEqual([together, handedOn, led], [[`ann@zonneveld.example ${own} S-0801`], [], [`info@zonneveld.example ${own} S-0801`]])
  assert.deepEqual([left, alone, imported], [[], ['ann@zonneveld.example S-0801', `info@zonneveld.example ${own}`], ['ann@zonneveld.example S-0801']])
})
