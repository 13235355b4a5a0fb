import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { anOffice, asserting, fact } from './support.ts'

test('payment details are told from the settings alone, with the references of the invoices, and only as the settings have them when they are approved', async t => {
  const office = await anOffice(t)
  const { db, proposals, mail, view, jan } = office
  const pay = (iban: string | null) => db.administration.updateMany({ data: { iban, bic: 'ABNANL2A' } })
  const ask = async () =>
    (await proposals.propose(await mail('Op welke rekening moeten wij betalen?', { intents: asserting('payment_details_question') }))).proposalId
  const approve = (proposalId: number) => proposals.decide({ proposalId, staffId: jan.id, surface: 'console', kind: 'approve' })
  await pay('NL91ABNA0417164300')
  await db.invoice.updateMany({ where: { number: '2026-002' }, data: { paymentReference: 'RF18539007547034' } })

  const [first, second] = [await ask(), await ask()]
  const { actions } = await view(second)
  const approved = await approve(second)
  const third = await ask()
  await pay('NL02ABNA0123456789')
  const changed = await approve(third)

  const [reply] = actions
  assert.ok(reply?.kind === 'send_reply' && actions.length === 1 && first !== second)
  assert.match(
    reply.payload.text,
    /Ten name van: Nordlicht BV\nIBAN: NL91 ABNA 0417 1643 00\nBIC: ABNANL2A\n\nWilt u bij uw betaling dit kenmerk vermelden:\n2026-002: RF18539007547034\n/,
  )
  assert.equal(approved.kind, 'decided')
  assert.equal(changed.kind === 'invalid' && changed.problems[0]?.code, 'bank_details')
})

test('no other reply names the account, and a PO number is answered with the copy to process under it', async t => {
  const folder = mkdtempSync(join(tmpdir(), 'duncan-copies-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(join(folder, '2026-003.pdf'), '%PDF-1.4 copy')
  const { db, proposals, mail, view, jan } = await anOffice(t, { DUNCAN_INVOICE_COPIES: folder })
  await db.administration.updateMany({ data: { iban: 'NL91ABNA0417164300' } })
  const text = 'PO-77 voor 2026-003.'
  const facts = [fact(text, 'po_number', 'PO-77'), fact(text, 'invoice_number', '2026-003')]
  const { proposalId } = await proposals.propose(await mail(text, { intents: asserting('po_number'), facts }))
  const reply = (await view(proposalId)).actions.find(action => action.kind === 'send_invoice_copies')
  assert.ok(reply?.kind === 'send_invoice_copies')

  const edits = [{ actionId: reply.id, text: 'Betaal op NL91 ABNA 0417 1643 00.' }]
  const outcome = await proposals.decide({ proposalId, staffId: jan.id, surface: 'console', kind: 'approve', edits })

  assert.deepEqual(
    reply.payload.attachments.map(({ fileName }) => fileName),
    ['2026-003.pdf'],
  )
  assert.match(reply.payload.text, /inkoopnummer PO-77 genoteerd bij factuur 2026-003\. Een kopie van de factuur vindt u bijgaand/)
  assert.equal(outcome.kind === 'invalid' && outcome.problems[0]?.code, 'bank_details')
})
