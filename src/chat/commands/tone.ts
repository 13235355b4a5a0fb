import { setTone, tones } from '#ledger'
import { debtorsInSight, sightOf } from '#people'
import { recordAudit } from '#platform'
import { cardSchema } from '../card.ts'
import { oneLine } from '../cards/cut.ts'
import type { Click, ClickOutcome } from '../click.ts'
import { toneField } from '../forms/edit-fields.ts'
import { oneDebtor } from './debtor.ts'
import type { CommandDeps } from './registry.ts'

const left = 'default'

/** `/duncan tone <debtor>`: the form for how mails to the one debtor that is meant sound. */
export const toneCommand = (deps: CommandDeps, query: string): Promise<ClickOutcome> => oneDebtor(deps, query, 'tone.open', openTone)

/** The form for how mails to a debtor in sight sound. */
export async function openTone(deps: CommandDeps, debtorId: number): Promise<ClickOutcome> {
  const { words } = deps.context
  const debtor = await debtorOf(deps, debtorId)
  if (!debtor) return { kind: 'refused', message: words.outcome.gone }
  const title = words.disputes.toneTitle(oneLine(debtor.name, 60))
  const field = toneField('tone', debtor.tone ?? left, words, [{ value: left, label: words.disputes.toneDefault }])
  const card = cardSchema.parse({
    title,
    elements: [{ type: 'field', field }],
    buttons: [{ action: 'tone.save', label: words.button.save, style: 'primary', data: { debtor: String(debtor.id) } }],
    fallback: title,
  })
  return { kind: 'form', card }
}

/** Keeps how mails to a debtor sound. */
export async function saveTone(deps: CommandDeps, debtorId: number, { values }: Click): Promise<ClickOutcome> {
  const { client, staff, surface, context } = deps
  const { disputes: say, outcome } = context.words
  const debtor = await debtorOf(deps, debtorId)
  if (!debtor) return { kind: 'refused', message: outcome.gone }
  const tone = tones.find(known => known === values.tone) ?? null
  await client.$transaction(async tx => {
    if (!(await setTone(tx, debtor.id, tone))) return
    await recordAudit(tx, { actor: `staff:${staff.id}`, event: 'debtor.tone', subject: `debtor:${debtor.id}`, detail: { tone, before: debtor.tone, surface } })
  })
  return { kind: 'done', message: tone ? say.toneSaved(say.tone[tone]) : say.toneLeft }
}

const debtorOf = ({ client, staff }: CommandDeps, id: number) =>
  client.debtor.findFirst({ where: { id, ...debtorsInSight(sightOf(staff)) }, select: { id: true, name: true, tone: true } })
