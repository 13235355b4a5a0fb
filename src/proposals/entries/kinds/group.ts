import { z } from 'zod'
import { noteGroupChange } from '#dunning'
import { joinGroup, leaveGroup } from '#ledger'
import type { EntryRules } from './kind.ts'

/** `debtorIds`: all that are one company. `groupId`: the group that some of them stand in; null: a new one, of this name. */
const schema = z.object({
  kind: z.literal('group'),
  debtorIds: z.array(z.int()).min(2),
  groupId: z.int().nullable(),
  name: z.string().min(1).max(200),
})
const resultSchema = z.object({ groupId: z.int(), isNew: z.boolean(), debtorIds: z.array(z.int()) })

/** Debtors that are one company, put into one group. */
export const group = {
  schema,
  right: 'decide_risk',
  actionKinds: ['group_debtors'],
  isOnly: false,
  prepare: async ({ tx }, content) => {
    const members = await tx.debtor.findMany({ where: { id: { in: content.debtorIds } }, select: { id: true, groupId: true }, orderBy: { id: 'asc' } })
    const groups = new Set(members.flatMap(({ groupId }) => groupId ?? []))
    // Which of two groups they belong to is not for Duncan to say.
    const isOpen = members.some(({ groupId }) => groupId === null) && groups.size <= 1 && members.length > 1
    return isOpen ? { ...content, debtorIds: members.map(({ id }) => id), groupId: [...groups][0] ?? null } : { code: 'nothing_changes' }
  },
  stake: () => [],
  carryOut: async ({ tx }, { debtorIds, groupId, name }) => {
    const joined = await joinGroup(tx, { debtorIds, groupId, name })
    await noteGroupChange(tx, [joined.groupId])
    return joined
  },
  takeBack: async ({ tx }, result) => {
    const joined = resultSchema.parse(result)
    await noteGroupChange(tx, [joined.groupId])
    await leaveGroup(tx, joined)
    return true
  },
} satisfies EntryRules<z.infer<typeof schema>>
