import { cancelTask, createTask } from '#ledger'
import type { Db } from '#platform'
import { phonesOnFile } from '../phones-on-file.ts'
import type { ActionRunner } from './runner.ts'

/** Puts work that no button finishes on a person's list. */
export const createTaskAction: ActionRunner<'create_task'> = {
  run: async ({ tx, payload, actionId, proposal }) => ({
    result: {
      taskId: await createTask(tx, {
        ...payload,
        detail: await withPhones(tx, payload, proposal.debtorId),
        debtorId: proposal.debtorId ?? undefined,
        messageId: proposal.messageId,
        actionId,
      }),
    },
  }),
  undo: ({ tx, actionId }) => cancelTask(tx, { actionId }),
}

/** Who is to call a debtor back finds the numbers to call, one a line: those on file. */
async function withPhones(
  tx: Db,
  { about, detail }: { about?: { code: string } | undefined; detail?: string | undefined },
  debtorId: number | null,
): Promise<string | undefined> {
  if (about?.code !== 'suspicious_mail' || debtorId === null) return detail
  const phones = await phonesOnFile(tx, debtorId)
  return [detail, ...phones.map(({ name, phone }) => [name, phone].filter(Boolean).join(': '))].filter(Boolean).join('\n')
}
