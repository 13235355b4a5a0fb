import { type Completion, completions, duplicateCompanies } from '#credit'
import { fullSight } from '#people'
import type { DbClient } from '#platform'
import { openedKeys, type Proposals, type ShownMasterData, shownMasterData, waitingDebtors } from '#proposals'

type PartyDeps = { client: DbClient; proposals: Pick<Proposals, 'openEntry'> }

/** So many proposals on master data wait in an administration at a time; the next ones come as these are decided. */
const mostWaiting = 3
/** So many groups wait at a time. */
const mostGroups = 5

/** After a night: proposes to fill in what the ledger lacks of a debtor and its bureau knows, once for each value. */
export async function completeMasterData({ client, proposals }: PartyDeps): Promise<void> {
  for (const { id: administrationId } of await client.administration.findMany({ select: { id: true }, orderBy: { id: 'asc' } })) {
    let room = mostWaiting - (await waitingDebtors(client, 'master_data', administrationId)).count
    for await (const page of completions(client, administrationId)) {
      if (room <= 0) break
      const shown = await shownMasterData(
        client,
        page.map(({ debtorId }) => debtorId),
      )
      for (const completion of page) {
        if (room <= 0) break
        if (await propose(proposals, completion, shown.get(completion.debtorId))) room -= 1
      }
    }
  }
}

async function propose(
  proposals: PartyDeps['proposals'],
  { debtorId, bureau, reportedAt, toldOn, changes }: Completion,
  shown?: ShownMasterData,
): Promise<boolean> {
  const fresh = changes.filter(({ field, to }) => !shown?.decided.has(`${field} ${to}`))
  const isKnown = fresh.every(({ field, to }) => shown?.waiting?.has(`${field} ${to}`) ?? false)
  if (fresh.length === 0 || isKnown) return false
  // What is missing is offered to be filled in; what differs is shown, and stays unless somebody ticks it.
  const content = { kind: 'master_data' as const, bureau, toldOn, changes: fresh.map(change => ({ ...change, ticked: change.from === null })) }
  const key = `master_data ${debtorId} ${reportedAt.toISOString()}`
  const outcome = await proposals.openEntry({ debtorId, content, key, why: { code: 'bureau_report', bureau, toldOn } })
  return outcome.kind === 'entered' && outcome.status === 'proposed'
}

/** After a night: proposes one group for the debtors that are one company, once for the same debtors. */
export async function groupDuplicates({ client, proposals }: PartyDeps): Promise<void> {
  const waiting = await waitingDebtors(client, 'group')
  const opened = await openedKeys(client, 'group')
  let room = mostGroups - waiting.count
  for (const { company, debtorIds, groupIds } of await duplicateCompanies(client, fullSight)) {
    const [debtorId] = debtorIds
    const key = `group ${debtorIds.join(' ')}`
    // Which of two groups they belong to is for people to say; a group that waits for a decision is not proposed with one more.
    if (debtorId === undefined || groupIds.length > 1 || opened.has(key) || debtorIds.some(id => waiting.debtorIds.has(id))) continue
    if (room <= 0) return
    const content = { kind: 'group' as const, debtorIds, groupId: groupIds[0] ?? null, name: company.slice(0, 200) }
    await proposals.openEntry({ debtorId, content, key, why: { code: 'one_company', company } })
    room -= 1
  }
}
