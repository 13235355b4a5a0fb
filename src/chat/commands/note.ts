import { addNote, searchNumber } from '#ledger'
import { debtorsInSight, may, sightOf } from '#people'
import { recordAudit } from '#platform'
import { cardSchema } from '../card.ts'
import type { Click, ClickOutcome } from '../click.ts'
import { debtorAnswer, oneDebtor } from './debtor.ts'
import type { CommandDeps } from './registry.ts'

const longestNote = 4000

/** `/duncan note`: the form for a note on the one debtor that is meant, or all debtors that could be. */
export const noteCommand = (deps: CommandDeps, query: string): Promise<ClickOutcome> => oneDebtor(deps, query, 'note.open', openNote)

/** The form for a note on a debtor in sight. */
export async function openNote(deps: CommandDeps, debtorId: number): Promise<ClickOutcome> {
  const { words } = deps.context
  const debtor = await debtorOf(deps, debtorId)
  if (!debtor) return { kind: 'refused', message: words.outcome.gone }
  const title = words.notes.title(debtor.name)
  const card = cardSchema.parse({
    title,
    elements: [
      { type: 'field', field: { type: 'text', id: 'text', label: words.notes.text, value: '', multiline: true, required: true } },
      { type: 'field', field: { type: 'text', id: 'invoices', label: words.notes.invoices, value: '' } },
      { type: 'field', field: { type: 'toggle', id: 'pinned', label: words.notes.pinned, value: false } },
    ],
    buttons: [{ action: 'note.save', label: words.button.save, style: 'primary', data: { debtor: String(debtor.id) } }],
    fallback: title,
  })
  return { kind: 'form', card }
}

/** Keeps the note that somebody filled in, with who wrote it, and shows the debtor's card. */
export async function saveNote(deps: CommandDeps, debtorId: number, { staff, values }: Click): Promise<ClickOutcome> {
  const { client, surface, context } = deps
  const debtor = await debtorOf(deps, debtorId)
  if (!debtor) return { kind: 'refused', message: context.words.outcome.gone }
  const text = (values.text ?? '').trim()
  if (text === '' || text.length > longestNote) return { kind: 'refused', message: context.words.outcome.invalid(context.words.notes.text) }
  const pinned = values.pinned === 'true'
  const { ids: invoiceIds, unknown } = await invoicesNamed(deps, debtor.id, values.invoices ?? '')
  if (unknown.length > 0) return { kind: 'refused', message: context.words.entries.unknown(unknown.join(', ').slice(0, 200)) }
  await client.$transaction(async tx => {
    const note = await addNote(tx, { debtorId: debtor.id, text, pinned, invoiceIds, authorId: staff.id })
    await recordAudit(tx, {
      actor: `staff:${staff.id}`,
      event: 'note.added',
      subject: `debtor:${debtor.id}`,
      detail: { note, pinned, invoices: invoiceIds, surface },
    })
  })
  return debtorAnswer(deps, debtor.id)
}

/** The debtor's invoices of these numbers, apart by commas or spaces, and the numbers that are none of them. */
async function invoicesNamed({ client }: CommandDeps, debtorId: number, typed: string): Promise<{ ids: number[]; unknown: string[] }> {
  const numbers = typed.split(/[\s,;]+/).filter(number => searchNumber(number) !== '')
  const found = await client.invoice.findMany({
    where: { debtorId, searchNumber: { in: numbers.map(searchNumber) } },
    orderBy: { id: 'asc' },
    select: { id: true, searchNumber: true },
  })
  const unknown = numbers.filter(number => !found.some(invoice => invoice.searchNumber === searchNumber(number)))
  return { ids: found.map(({ id }) => id), unknown }
}

async function debtorOf({ client, staff }: CommandDeps, id: number): Promise<{ id: number; name: string } | undefined> {
  if (!may(staff, 'note')) return undefined
  return (await client.debtor.findFirst({ where: { id, ...debtorsInSight(sightOf(staff)) }, select: { id: true, name: true } })) ?? undefined
}
