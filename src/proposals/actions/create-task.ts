import { cancelTask, createTask } from '#ledger'
import type { ActionRunner } from './runner.ts'

/** Puts work that no button finishes on a person's list. */
export const createTaskAction: ActionRunner<'create_task'> = {
  run: async ({ tx, payload, actionId, proposal }) => ({
    result: { taskId: await createTask(tx, { ...payload, debtorId: proposal.debtorId ?? undefined, messageId: proposal.messageId, actionId }) },
  }),
  undo: ({ tx, actionId }) => cancelTask(tx, { actionId }),
}
