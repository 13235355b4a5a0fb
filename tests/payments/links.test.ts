import assert from 'node:assert/strict'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { mailHtml } from '#drafting'
import { lateChargesKind, workflowsKind } from '#dunning'
import { revokeLink } from '#payments'
import { fullSight } from '#people'
import { createBlobs, silentLog } from '#platform'
import { createProposals, proposalsConfig, shippedRules, viewEntry } from '#proposals'
import { checkMail } from '../../src/proposals/check-mail.ts'
import { aPayWorld } from './pay-world.ts'

const lateCharges = lateChargesKind.schema.parse({ administrations: { nordlicht: { interest: false, compensation: true } } })
const charging = { ...shippedRules, lateCharges }

/** A step of a workflow that is due for all that the debtor owes, with the entry that waits for a decision on it. */
async function aStep(t: TestContext, type: 'email' | 'sms' | 'letter', rules: object = {}, { together = false, claims = false } = {}) {
  const world = await aPayWorld(t, { rules })
  const { db, clock, folder, debtor, other, payments, jobs } = world
  const group = together ? await db.debtorGroup.create({ data: { name: 'Zonneveld' } }) : null
  if (group) await db.debtor.updateMany({ where: { id: { in: [debtor.id, other.id] } }, data: { groupId: group.id } })
  const invoices = await db.invoice.findMany({ where: { debtorId: { in: together ? [debtor.id, other.id] : [debtor.id] } }, orderBy: { id: 'asc' } })
  const queue = { send: async (_tx: unknown, kind: { name: string }, payload: unknown) => void jobs.push({ name: kind.name, payload: payload as never }) }
  const config = { ...proposalsConfig.parse({}), DUNCAN_DATA_DIR: folder }
  const proposals = createProposals({
    client: db,
    queue,
    blobs: createBlobs(join(folder, 'blobs')),
    clock,
    log: silentLog,
    config,
    payLinks: payments,
    rules: () => charging,
  })
  await db.debtor.update({ where: { id: debtor.id }, data: { legalForm: 'BV', companyNumber: '12345678' } })
  await db.contact.updateMany({ where: { debtorId: debtor.id }, data: { address: 'Kasweg 4, 2675 AB Honselersdijk', phone: '06-1234 5678' } })
  const { one } = workflowsKind.schema.parse({
    one: {
      title: 'One',
      steps: [{ name: 'ask', type, after: { days: 1 }, template: claims ? 'final_notice' : 'reminder_first', charges: claims ? 'claim' : 'none' }],
    },
  })
  const version = await db.workflowVersion.create({ data: { workflow: 'one', settingsVersion: 1, content: one ?? {}, contentHash: 'x' } })
  const { id: actionId } = await db.dunningAction.create({
    data: {
      debtorId: debtor.id,
      groupId: group?.id ?? null,
      versionId: version.id,
      step: 0,
      stepName: 'ask',
      type,
      track: 'outside',
      plannedOn: new Date('2026-11-23'),
      items: { create: invoices.map(({ id, openAmount, currency }) => ({ invoiceId: id, step: 0, stepName: 'ask', amount: openAmount, currency })) },
    },
  })
  await proposals.takeUpDunning(actionId)
  const { entryId } = await db.dunningAction.findUniqueOrThrow({ where: { id: actionId } })
  const content = async () => {
    const entry = await viewEntry(db, fullSight, entryId ?? 0)
    return entry?.content.kind === 'dunning' ? entry.content : assert.fail('no entry')
  }
  const approve = () => proposals.voteOnEntry({ entryId: entryId ?? 0, staffId: world.jan.id, surface: 'console', kind: 'approve' })
  return { ...world, proposals, entryId: entryId ?? 0, actionId, content, approve }
}

test('a reminder has one link however often it is drafted, and leaves with its buttons and the same words as text', async t => {
  const { db, proposals, entryId, content, approve, look } = await aStep(t, 'email')
  const { mail } = await content()
  const address = /Nu betalen: (\S+)/.exec(mail?.text ?? '')?.[1] ?? assert.fail('no link')
  await approve()
  const why = await proposals.whyEntryNotLeave(entryId)
  const sent = await db.outboundMail.findFirstOrThrow()
  const links = await db.paymentLink.findMany()
  const page = await look(address)

  assert.deepEqual(why, [])
  assert.equal(links.length, 1)
  assert.ok(!JSON.stringify(links).includes(address.split('/').at(-1) ?? '-'), 'only the hash of an address is kept')
  assert.match(sent.text, /Uw openstaande facturen: http\S+\/all/)
  assert.ok(sent.html?.includes(`<a href="${address}"`) && sent.html.includes('>Nu betalen</a>'))
  assert.match(page.text, /€\s425,75 nu betalen/)
})

test('a mail to a central file has a link for each of its debtors, which asks that one alone; the first one’s page has a button for each', async t => {
  const { db, debtor, other, content, look, base } = await aStep(t, 'email', {}, { together: true })
  const { mail } = await content()
  const links = await db.paymentLink.findMany({ orderBy: { debtorId: 'asc' } })
  const addresses = [...(mail?.text ?? '').matchAll(/Nu betalen: (\S+)/g)].map(([, address = '']) => address)
  const pages = await Promise.all(addresses.map(async address => /name="amount" value="([^"]+)"/.exec((await look(address)).text)?.[1]))

  assert.deepEqual(
    links.map(({ debtorId, invoiceIds }) => [debtorId, invoiceIds.length]),
    [
      [debtor.id, 3],
      [other.id, 1],
    ],
  )
  const [first, second] = [await look(addresses[0] ?? ''), await look(addresses[1] ?? '')]
  const buttons = [...first.text.matchAll(/<form method="post" action="([^"]+)">[^]*?name="amount" value="([^"]+)"/g)].map(([, action = '', amount]) => [
    new URL(action, base).href,
    amount,
  ])
  await db.paymentLink.updateMany({ where: { debtorId: other.id }, data: { revokedAt: new Date() } })
  const alone = await look(addresses[0] ?? '')

  assert.deepEqual(pages, ['425.75', '999'])
  assert.deepEqual(buttons, [
    [addresses[0], '425.75'],
    [addresses[1], '999'],
  ])
  assert.match(first.text, /Ook gevraagd in dit bericht/)
  assert.doesNotMatch(second.text + alone.text, /Ook gevraagd/)
})

test('a reminder that claims costs leads to a page that asks for the same sum, and what was paid of them is to be booked', async t => {
  const { db, content, look, begin, sandbox, tasks, holds } = await aStep(t, 'email', {}, { claims: true })
  const { mail } = await content()
  const address = /Nu betalen: (\S+)/.exec(mail?.text ?? '')?.[1] ?? assert.fail('no link')
  const page = await look(address)
  const { externalId, row } = await begin(address)
  await sandbox.change(externalId, { status: 'paid' })
  const after = await look(address)
  const told = await tasks()
  await sandbox.change(externalId, { amountRefunded: { currency: 'EUR', value: '100.00' } })
  const whole = (await holds()).map(({ amount }) => amount)
  await sandbox.change(externalId, { amountRefunded: { currency: 'EUR', value: '220.00' } })
  const partly = (await holds()).map(({ amount }) => amount?.toFixed(2) ?? null)
  const again = await look(address)
  await db.invoice.updateMany({ data: { status: 'closed', openAmount: 0 } })
  const closed = await look(address)

  assert.match(mail?.text ?? '', /€\s545,75/)
  assert.match(page.text, /Rente en kosten<small>[^<]+<\/small><\/td><td>€\s120,00/)
  assert.match(page.text, /€\s545,75 nu betalen/)
  assert.deepEqual([row.amount.toFixed(2), row.charges.toFixed(2), row.items.length], ['545.75', '120.00', 3])
  assert.match(after.text, /Hier is nu niets te betalen/)
  assert.deepEqual(told, [{ code: 'online_payment', what: 'charges_paid', amount: '120', currency: 'EUR' }])
  assert.deepEqual(whole, [null, null, null]) // what is given back comes off the costs first
  assert.deepEqual(partly, [null, '225.75'])
  assert.match(again.text, /€\s220,00 nu betalen/)
  assert.doesNotMatch(closed.text, /<form|Rente en kosten/) // no ledger tells whether the costs came by transfer
})

test('an SMS has the link, a letter has none', async t => {
  const sms = await (await aStep(t, 'sms')).content()
  const letter = await (await aStep(t, 'letter')).content()
  const group = await aStep(t, 'sms', {}, { together: true })
  const together = await group.look(/http\S+/.exec((await group.content()).sms?.text ?? '')?.[0] ?? assert.fail('no link'))

  assert.match(sms.sms?.text ?? '', /http:\/\/127\.0\.0\.1:\d+\/pay\/[\w-]{22} /)
  assert.equal([...together.text.matchAll(/<form /g)].length, 2)
  assert.doesNotMatch(letter.letter?.text ?? '', /\/pay\//)
  assert.ok(letter.letter?.text)
})

test('only who the settings want gets a link, and none where it was revoked', async t => {
  const left = await aStep(t, 'email', { administrations: { nordlicht: { wanted: 'country:BE' } } })
  const out = await left.content()
  const wanted = await aStep(t, 'email', { administrations: { nordlicht: { wanted: '-country:BE' } } })
  const link = await wanted.db.paymentLink.findFirstOrThrow()
  const revoked = await wanted.db.$transaction(tx => revokeLink(tx, link.id, { now: new Date('2026-11-23'), staffId: wanted.jan.id }))
  const again = await wanted.db.$transaction(tx => revokeLink(tx, link.id, { now: new Date('2026-11-23'), staffId: wanted.jan.id }))
  const address = /Nu betalen: (\S+)/.exec((await wanted.content()).mail?.text ?? '')?.[1] ?? assert.fail('no link')
  const gone = await wanted.look(address)
  await wanted.approve()
  const stopped = await wanted.content()

  assert.doesNotMatch(out.mail?.text ?? '', /\/pay\//)
  assert.equal(await left.db.paymentLink.count(), 0)
  assert.deepEqual([revoked, again], [true, false])
  assert.equal(gone.status, 404)
  assert.doesNotMatch(stopped.mail?.text ?? '', /\/pay\//)
})

test('a page of another debtor, or of another site, never leaves with a mail', async t => {
  const { db, other, payments, jan, mailbox, debtor, base } = await aStep(t, 'email')
  const theirs = await db.$transaction(tx => payments.linkFor(tx, { debtorId: other.id, invoiceIds: [], staffId: jan.id }))
  const own = await db.$transaction(tx => payments.linkFor(tx, { debtorId: debtor.id, invoiceIds: [], staffId: jan.id }))
  const same = await db.$transaction(tx => payments.linkFor(tx, { debtorId: debtor.id, invoiceIds: [], staffId: jan.id }))
  const problems = async (text: string) => {
    const mail = {
      mailboxId: mailbox.id,
      to: ['info@zonneveld.example'],
      cc: [],
      subject: 'x',
      text,
      attachments: [],
      amounts: [],
      template: 'question_received',
    }
    const found = await checkMail(db, { messageId: null, threadId: null, debtorId: debtor.id }, mail as unknown as Parameters<typeof checkMail>[2])
    return found.map(({ code }) => code)
  }

  assert.equal(own.id, same.id)
  assert.deepEqual(await problems(`Betaal hier: ${own.pay}`), [])
  assert.deepEqual(await problems(`Betaal hier: ${own.all}`), [])
  assert.deepEqual(await problems(`Betaal hier: ${theirs.pay}`), ['link'])
  assert.deepEqual(await problems(`Betaal hier: ${own.pay.replace(base, 'https://elders.example')}`), ['link'])
  assert.deepEqual(await problems(`Betaal hier: ${base}/sign-in`), ['link'])
  assert.deepEqual(await problems(`Betaal hier: ${own.pay}?x=1`), ['link'])
})

test('the HTML of a mail says what its text says, escaped, with columns as a table and links as buttons', () => {
  const table = 'Invoice  Due          Late    Open\nF-1      01/10/2026      5     € 5\nF 22     02/10/2026         € 1 50'
  const html = mailHtml(`Dear <b>\n\nBelow.  As agreed:\n\n${table}\n\nPay now: https://pay.example/a\nAll: https://pay.example/a/all`, [
    'https://pay.example/a',
    'https://pay.example/a/all',
  ])

  const rows = [...html.matchAll(/<tr[^>]*>(.*)<\/tr>/g)].map(([, row = '']) => [...row.matchAll(/<td[^>]*>(.*?)<\/td>/g)].map(([, cell]) => cell))
  assert.match(html, /Dear &#60;b&#62;/)
  assert.deepEqual(rows, [
    ['Invoice', 'Due', 'Late', 'Open'],
    ['F-1', '01/10/2026', '5', '€ 5'],
    ['F 22', '02/10/2026', '', '€ 1 50'],
  ])
  assert.match(html, /text-align:right[^>]*>€ 5</)
  assert.match(mailHtml('Factuur  Openstaand\nF-1      € 1.234,50', []), /text-align:right[^>]*>€ 1\.234,50</)
  assert.match(html, /<a href="https:\/\/pay\.example\/a" style="[^"]*background[^"]*">Pay now<\/a><br>\n<a href="https:\/\/pay\.example\/a\/all"/)
})
