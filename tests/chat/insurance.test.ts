import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Card, createChat } from '#chat'
import { coverDebtors, followInsurance } from '#credit'
import { assignmentKind, workflowsKind } from '#dunning'
import type { Staff } from '#people'
import { shippedRules } from '#proposals'
import { anOffice } from '../proposals/support.ts'
import { chatSettings } from './chat-settings.ts'

const workflows = workflowsKind.schema.parse({
  standard: { title: 'Standard', steps: [{ name: 'call', type: 'call', after: { days: 1 } }] },
  strict: { title: 'Strict', steps: [{ name: 'call', type: 'call', after: { days: 1 } }] },
})
const assignment = assignmentKind.schema.parse({ rules: [{ id: 'owes-much', when: 'overdue:>200', workflow: 'strict' }], default: { workflow: 'standard' } })

type Outcome = { kind: string; card?: Card; message?: string }
const cardOf = (outcome: Outcome): Card => outcome.card ?? assert.fail(JSON.stringify(outcome))
const textsOf = (outcome: Outcome): string => JSON.stringify(cardOf(outcome).elements)
const buttonOf = (outcome: Outcome, action: string) => [...cardOf(outcome).buttons, ...cardOf(outcome).more].find(button => button.action === action)

test('what an insurer must hear stands on the debtor, in searches, tiles and tasks, until somebody notes that it did', async t => {
  const office = await anOffice(t, {}, { ...shippedRules, workflows })
  const { db, clock, jan, debtor } = office
  const whom = { administrations: [], segments: [], debtors: ['D100'], tell: [] }
  const terms = { ...whom, reportDays: 28, reportFrom: 'due_date', warnDays: 7, extendDays: 45, extendFrom: 'due_date' }
  await db.insurancePolicy.create({ data: { id: 'all', position: 0, insurer: 'Veilig Krediet', number: 'P-1', ...terms } })
  await db.debtor.update({ where: { id: debtor.id }, data: { collector: jan.key } })
  await coverDebtors(db, async () => new Map())
  await followInsurance({ client: db, now: clock.now(), today: clock.today('UTC') })
  const max = await db.staff.create({ data: { key: 'max', name: 'Max', email: 'max@nordlicht.example', role: 'manager' } })
  const settings = { ...chatSettings, workflows: () => workflows, assignment: () => assignment }
  const chat = createChat({ client: db, clock, proposals: office.proposals, ...settings })
  const type = (text: string, staff: Staff = jan): Promise<Outcome> => chat.command({ staff, surface: 'console', text })
  const press = (action: string, data: Record<string, string>, values: Record<string, string> = {}, staff: Staff = jan): Promise<Outcome> =>
    chat.click({ staff, surface: 'console', action, data, values })

  const [before, found, risk, home, tasks] = [
    await type('/debtor zonneveld'),
    await type('/duncan find insurance:due -insurance:past'),
    await type('/risk insurance:due,past'),
    await type('/duncan home'),
    await type('/duncan tasks'),
  ]
  assert.match(textsOf(before), /Credit insurance.*Veilig Krediet · report by 28 Nov 2026 \(3\)/)
  assert.match(textsOf(found), /Kwekerij Zonneveld/)
  assert.doesNotMatch(textsOf(found), /De Korf/)
  assert.match(textsOf(risk), /Kwekerij Zonneveld/)
  assert.match(textsOf(home), /1 · Debtors whom the insurer must hear of/)
  assert.match(textsOf(tasks), /Report to Veilig Krediet by 28 Nov 2026: overdue 2026-001, 2026-002, 2026-003/)
  assert.match(cardOf(await type('/duncan promise zonneveld')).subtitle ?? '', /extension until 15 Dec 2026 at most/)

  await chat.postDigests()
  const digest = await db.chatPost.findFirstOrThrow({ where: { subject: { startsWith: 'digest:' }, privateTo: jan.id } })
  assert.match(JSON.stringify(digest.card), /1 task for the credit insurer has a deadline/)

  const { id } = await db.task.findFirstOrThrow()
  const button = buttonOf(await press('task.show', { task: String(id), list: 'mine' }), 'entry.insurance_report')
  const form = await press('entry.insurance_report', button?.data ?? {})
  const saved = await press('entry.save', cardOf(form).buttons[0]?.data ?? {}, { day: '2026-11-23', reference: 'S-9', invoices: '' })
  assert.match(cardOf(saved).subtitle ?? '', /Reported on 23 Nov 2026 · Veilig Krediet · S-9/)
  assert.match(textsOf(await type('/debtor zonneveld')), /reported on 23 Nov 2026 \(3\)/)
  assert.deepEqual([(await db.task.findFirstOrThrow()).status, (await type('/duncan tasks')).card?.elements.length], ['done', 0])
  assert.match(textsOf(await type('/duncan find insurance:reported')), /Kwekerij Zonneveld/)

  // A promise beyond it: nothing is done before it was read and approved.
  const promise = await type('/duncan promise zonneveld')
  const asked = await press('entry.save', cardOf(promise).buttons[0]?.data ?? {}, { day: '2026-12-16', amount: '', invoices: '2026-001' })
  assert.match(textsOf(asked), /beyond what the insurance policy allows.*an extension is covered until 15 Dec 2026 at most \(2026-001\)/)
  assert.equal(await db.promiseToPay.count(), 0)
  await press('entry.approve', buttonOf(asked, 'entry.approve')?.data ?? {})
  assert.equal(await db.promiseToPay.count(), 1)

  // Which workflow it is on, and who said so.
  const suggested = await press('workflow.show', { debtor: String(debtor.id) }, {}, max)
  assert.match(textsOf(suggested), /"no workflow".*Suggested: Strict, as the rule owes-much fits: overdue:>200 \(€425.75\)/)
  const accept = buttonOf(suggested, 'workflow.accept')
  assert.equal(buttonOf(await press('workflow.show', { debtor: String(debtor.id) }), 'workflow.accept'), undefined)
  assert.equal((await press('workflow.accept', accept?.data ?? {})).kind, 'refused')
  await press('workflow.accept', accept?.data ?? {}, {}, max)
  await press('workflow.accept', accept?.data ?? {}, {}, max)
  assert.equal(await db.workflowAssignment.count(), 1)
  const standing = await press('workflow.show', { debtor: String(debtor.id) }, {}, max)
  assert.match(textsOf(standing), /Strict · chosen by Max on 23 Nov 2026; rules leave it so/)
  assert.equal(buttonOf(standing, 'workflow.accept'), undefined)
  assert.match(textsOf(await type('/debtor zonneveld')), /Strict · chosen by Max on 23 Nov 2026/)
})
