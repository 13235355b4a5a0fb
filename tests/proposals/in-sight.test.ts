import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { proposalsInSight } from '#proposals'
import { anOffice, asserting, fact } from './support.ts'

async function aPromise(t: TestContext) {
  const office = await anOffice(t)
  const text = 'Factuur 2026-001 betalen wij op 4 december.'
  const facts = [fact(text, 'invoice_number', '2026-001'), fact(text, 'promised_date', '4 december', '2026-12-04')]
  const input = await office.mail(text, { intents: asserting('promise_to_pay'), facts })
  const folder = await office.db.mailFolder.create({ data: { mailboxId: office.mailbox.id, path: 'INBOX', role: 'inbox' } })
  await office.db.messageLocation.create({ data: { folderId: folder.id, uidValidity: 1n, uid: 1n, messageId: input.messageId } })
  const { proposalId } = await office.proposals.propose(input)
  const seenWith = async (administrations: string[], mailboxes: string[]) =>
    (await proposalsInSight(office.db, { administrations, mailboxes }, [proposalId])).size
  return { ...office, proposalId, messageId: input.messageId, seenWith }
}

test('a proposal is seen by who sees its mailbox, or the folder that its mail lies in, and its debtor’s administration', async t => {
  const { seenWith } = await aPromise(t)

  const seen = [
    await seenWith(['nordlicht'], ['debtors']),
    await seenWith(['nordlicht'], ['debtors/INBOX']),
    await seenWith(['nordlicht'], ['debtors/Archive']),
    await seenWith(['nordlicht'], ['other']),
    await seenWith(['suedlicht'], ['debtors']),
    await seenWith([], ['debtors']),
  ]

  assert.deepEqual(seen, [1, 1, 0, 0, 0, 0])
})

test('a mail without a debtor is seen by who sees its mailbox; one that could be from several debtors by who sees all of those', async t => {
  const { db, seenWith, proposalId, messageId, debtor } = await aPromise(t)
  const south = await db.administration.create({ data: { code: 'suedlicht', name: 'Südlicht GmbH' } })
  const candidate = await db.debtor.create({ data: { administrationId: south.id, number: 'S1', name: 'Zonneveld GmbH', searchName: 'zonneveld' } })
  await db.proposal.update({ where: { id: proposalId }, data: { debtorId: null } })
  await db.message.update({ where: { id: messageId }, data: { debtorId: null } })
  const unlinked = await seenWith([], ['debtors'])

  await db.message.update({
    where: { id: messageId },
    data: {
      candidates: [
        { debtorId: debtor.id, reasons: ['name'] },
        { debtorId: candidate.id, reasons: ['name'] },
      ],
    },
  })

  assert.equal(unlinked, 1)
  assert.deepEqual([await seenWith(['nordlicht'], ['debtors']), await seenWith(['nordlicht', 'suedlicht'], ['debtors'])], [0, 1])
})

test('every decision of somebody who may not see the proposal finds nothing, as does a link to a debtor out of sight', async t => {
  const { db, proposals, proposalId, jan, view, debtor } = await aPromise(t)
  const south = await db.administration.create({ data: { code: 'suedlicht', name: 'Südlicht GmbH' } })
  const foreign = await db.debtor.create({ data: { administrationId: south.id, number: 'S1', name: 'Fremd GmbH', searchName: 'fremd' } })
  const by = { proposalId, staffId: jan.id, surface: 'console' }
  await db.staff.update({ where: { id: jan.id }, data: { administrations: ['nordlicht'] } })
  const linked = await proposals.decide({ kind: 'link', ...by, debtorId: foreign.id })
  await db.staff.update({ where: { id: jan.id }, data: { administrations: ['suedlicht'] } })
  const actionId = (await view(proposalId)).actions[0]?.id ?? 0

  const outcomes = [
    await proposals.decide({ kind: 'approve', ...by }),
    await proposals.decide({ kind: 'second_vote', ...by }),
    await proposals.decide({ kind: 'edit', ...by, edits: [] }),
    await proposals.decide({ kind: 'reject', ...by, reason: 'no' }),
    await proposals.decide({ kind: 'snooze', ...by, until: new Date('2026-12-24') }),
    await proposals.decide({ kind: 'reassign', ...by, ownerId: jan.id }),
    await proposals.decide({ kind: 'link', ...by, debtorId: debtor.id }),
    await proposals.decide({ kind: 'undo', ...by }),
    await proposals.undo(actionId, jan.id),
    await proposals.settleUnknown(actionId, jan.id, 'resend', 'console'),
  ]

  assert.equal(linked.kind === 'invalid' && linked.problems[0]?.code, 'no_such_debtor')
  assert.deepEqual(new Set(outcomes.map(({ kind }) => kind)), new Set(['not_found']))
  assert.equal(await db.decision.count(), 0)
})

test('work is given only to who may decide it and sees it', async t => {
  const { db, proposals, proposalId, mia, jan, eve, view } = await aPromise(t)
  await db.staff.update({ where: { id: jan.id }, data: { mailboxes: ['other'] } })
  const by = { proposalId, staffId: mia.id, surface: 'console' }

  const outcomes = [
    await proposals.decide({ kind: 'reassign', ...by, ownerId: jan.id }),
    await proposals.decide({ kind: 'reassign', ...by, ownerId: eve.id }),
    await proposals.decide({ kind: 'reassign', ...by, ownerId: mia.id }),
  ]

  assert.deepEqual(
    outcomes.map(({ kind }) => kind),
    ['invalid', 'invalid', 'decided'],
  )
  assert.equal((await view(proposalId)).owner?.name, 'Mia')
})
