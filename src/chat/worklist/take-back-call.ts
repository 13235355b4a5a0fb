import { takeBackAction } from '#dunning'
import { Prisma, recordAudit } from '#platform'
import type { CardElement } from '../card.ts'
import { type Click, type ClickOutcome, idOf } from '../click.ts'
import { refusalOf } from '../commands/entry.ts'
import { openInList } from '../commands/next-in-list.ts'
import type { CommandDeps } from '../commands/registry.ts'
import { callHeads } from './call.ts'
import { callInSight } from './work-sources.ts'

/** What the form of a call that was reached is known by: what was entered on it goes when the call is taken back. */
export const callFormKey = (callId: number, form: string): string => `call ${callId} ${form}`

/** The line under what was done about a call, with the way back. `tries`: how often nobody had answered, of one that nobody answered. */
export function takeBackLine({ id, debtor }: { id: number; debtor: string }, list: string, { words }: CommandDeps['context'], tries?: number): CardElement {
  const data = { call: String(id), list, ...(tries !== undefined && { tries: String(tries) }) }
  return {
    type: 'pick',
    text: words.calls.line(debtor.slice(0, 80)),
    verb: words.calls.takeBack,
    button: { action: 'call.undo', label: words.calls.takeBack, style: 'default', data },
  }
}

/**
 * Takes back what this person did about a call today, with the promise or dispute that was entered on it, as long as nothing went on from it;
 * what was noted stays. The call opens again.
 */
export async function takeBackCall(deps: CommandDeps, { staff, data }: Click): Promise<ClickOutcome> {
  const { client, clock, surface, context } = deps
  const id = idOf(data.call)
  const [call] = await callHeads(client, Prisma.sql`c.id = ${id} AND ${callInSight(staff)}`)
  if (!call) return { kind: 'refused', message: context.words.outcome.gone }
  const actor = `staff:${staff.id}`
  const audited = { actor, subject: `dunning:${id}`, detail: { surface } }
  if (data.tries !== undefined) {
    const seen = { id, status: 'open', tries: idOf(data.tries), callOn: { not: null } }
    const isBack = await client.$transaction(async tx => {
      const { count } = await tx.dunningAction.updateMany({ where: seen, data: { tries: { decrement: 1 }, callOn: null } })
      if (count > 0) await recordAudit(tx, { ...audited, event: 'dunning.no_answer_undone' })
      return count > 0
    })
    return isBack ? openAgain(deps, data, call) : { kind: 'refused', message: context.words.calls.tooLate }
  }
  const own = await client.dunningAction.count({ where: { id, staffId: staff.id, status: { in: ['done', 'skipped'] } } })
  if (own === 0) return { kind: 'refused', message: context.words.calls.tooLate }
  const refused = await takeEntryBack(deps, id)
  if (refused !== undefined) return { kind: 'refused', message: refused }
  const isBack = await client.$transaction(async tx => {
    if (!(await takeBackAction(tx, id, clock.now()))) return false
    await recordAudit(tx, { ...audited, event: 'dunning.undone' })
    return true
  })
  return isBack ? openAgain(deps, data, call) : { kind: 'refused', message: context.words.calls.tooLate }
}

/** Takes back what was entered on the call's form; returns why that cannot be, in words. */
async function takeEntryBack({ client, proposals, staff, surface, context }: CommandDeps, callId: number): Promise<string | undefined> {
  const entered = { formKey: { startsWith: callFormKey(callId, '') }, status: { in: ['done', 'awaiting_second'] } }
  for (const { id, status } of await client.debtorEntry.findMany({ where: entered, orderBy: { id: 'desc' } })) {
    const kind = status === 'done' ? 'undo' : 'withdraw'
    const told = await proposals.voteOnEntry({ kind, entryId: id, staffId: staff.id, surface })
    if (told.kind !== 'entered') return refusalOf(told, context)
  }
  return undefined
}

const openAgain = (deps: CommandDeps, { list = 'mine' }: Click['data'], { id, debtor }: { id: number; debtor: string }): Promise<ClickOutcome> =>
  openInList(deps, deps.staff, list, { kind: 'call', id }, deps.context.words.calls.wasTakenBack(debtor))
