import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { type Card, createChat } from '#chat'
import { workflowsKind } from '#dunning'
import type { Staff } from '#people'
import type { ClickOutcome } from '../../../src/chat/click.ts'
import { anOffice } from '../../proposals/support.ts'
import { chatSettings } from '../chat-settings.ts'

const { standard } = workflowsKind.schema.parse({
  standard: {
    title: 'Standard',
    steps: [
      { name: 'first_reminder', type: 'email', template: 'reminder_first', after: { days: 1 } },
      { name: 'final_notice', type: 'email', template: 'final_notice', after: { days: 30 } },
    ],
  },
})

/** A morning on which reminders wait for Jan: one about each of some amounts, all to debtors of his. */
export async function aMorning(t: TestContext, amounts: readonly string[]) {
  const office = await anOffice(t)
  const { db, clock, proposals, jan, mia } = office
  const runs: number[] = []
  const chat = createChat({ client: db, clock, proposals, ...chatSettings, startReminders: async (_tx, runId) => void runs.push(runId) })
  await db.staff.update({ where: { id: mia.id }, data: { role: 'manager' } })
  await db.note.deleteMany()
  const version = await db.workflowVersion.create({ data: { workflow: 'standard', settingsVersion: 1, content: standard ?? {}, contentHash: 'a' } })
  const aReminder = async (debtorId: number, amount: string, step = 0) => {
    const stepName = standard?.steps[step]?.name ?? ''
    const { id: invoiceId } = await office.anInvoice(debtorId, `2026-${100 + debtorId}-${step}`, amount)
    const { id } = await db.dunningAction.create({
      data: {
        debtorId,
        versionId: version.id,
        step,
        stepName,
        type: 'email',
        track: 'outside',
        plannedOn: new Date('2026-11-23'),
        items: { create: [{ invoiceId, step, stepName, amount, currency: 'EUR' }] },
      },
    })
    await db.dunningItem.create({ data: { invoiceId, debtorId, versionId: version.id, step, actionId: id } })
    await proposals.takeUpDunning(id)
    return (await db.dunningAction.findUniqueOrThrow({ where: { id } })).entryId ?? assert.fail('it was not taken up')
  }
  const debtors: { id: number; name: string }[] = []
  for (const [index] of amounts.entries()) debtors.push(await office.aDebtor(`D3${index}`, `Klant ${'ABCDEFGHIJ'[index]} BV`, `klant${index}@klant.example`))
  await db.debtor.updateMany({ where: { id: { in: debtors.map(({ id }) => id) } }, data: { collector: 'jan' } })
  const entries: number[] = []
  for (const [index, amount] of amounts.entries()) entries.push(await aReminder(debtors[index]?.id ?? 0, amount))
  const type = async (text: string, staff: Staff = jan) => cardOf(await chat.command({ staff, surface: 'console', text }))
  const press = (button: { action: string; data: Record<string, string> } | undefined, values: Record<string, string> = {}, staff: Staff = jan) =>
    chat.click({ staff, surface: 'console', action: button?.action ?? '', data: button?.data ?? {}, values })
  /** Carries out what was confirmed, as the worker would. */
  const work = async () => {
    for (const run of runs.splice(0)) await chat.runReminders(run)
  }
  const receipt = async () =>
    (await db.chatPost.findFirst({ where: { subject: { startsWith: 'reminders:' } }, orderBy: { id: 'desc' } }))?.card as Card | undefined
  return { ...office, chat, debtors, entries, aReminder, type, press, work, receipt, runs }
}

export const cardOf = (outcome: ClickOutcome): Card => ('card' in outcome ? outcome.card : assert.fail(JSON.stringify(outcome)))
export const picksOf = ({ elements }: Card) => elements.flatMap(element => (element.type === 'pick' ? [element] : []))
export const buttonOf = ({ buttons, more }: Card, action: string) => [...buttons, ...more].find(each => each.action === action)
