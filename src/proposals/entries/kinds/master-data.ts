import { z } from 'zod'
import { asMasterValue, type MasterData, masterDataOf, masterFields, setMasterData } from '#ledger'
import type { EntryRules } from './kind.ts'

const change = z.object({
  field: z.enum(masterFields),
  /** As it stood when this was opened; null: nothing did. */
  from: z.string().nullable(),
  to: z.string().min(1).max(500),
  /** Whether approving writes it. */
  ticked: z.boolean(),
})

/** `bureau`, `toldOn` (ISO day): who told it, and when. */
const schema = z.object({ kind: z.literal('master_data'), bureau: z.string(), toldOn: z.iso.date(), changes: z.array(change).min(1) })
const resultSchema = z.object({
  before: z.partialRecord(z.enum(masterFields), z.string().nullable()),
  after: z.partialRecord(z.enum(masterFields), z.string()),
})

/** Master data of the debtor as a credit bureau knows it: what is empty here, and what is another there. */
export const masterData = {
  schema,
  right: 'decide',
  actionKinds: ['change_master_data'],
  isOnly: true,
  prepare: async ({ tx, debtor }, content) => {
    const standing = await standingOf(tx, debtor.id)
    // What is not as it was shown, or not valid in the debtor's country, is not written.
    const country = content.changes.find(({ field }) => field === 'country')?.to ?? debtor.country
    const changes = content.changes.filter(({ field, from, to }) => standing[field] === from && from !== to && asMasterValue(field, to, country) === to)
    return changes.length === 0 ? { code: 'nothing_changes' } : { ...content, changes }
  },
  stake: () => [],
  carryOut: async ({ tx, debtor }, { changes }) => {
    const ticked = changes.filter(each => each.ticked)
    const after = Object.fromEntries(ticked.map(({ field, to }) => [field, to]))
    await setMasterData(tx, debtor.id, after)
    return { before: Object.fromEntries(ticked.map(({ field, from }) => [field, from])), after }
  },
  takeBack: async ({ tx, debtor }, result) => {
    const { before, after } = resultSchema.parse(result)
    const standing = await standingOf(tx, debtor.id)
    if (masterFields.some(field => after[field] !== undefined && standing[field] !== after[field])) return false
    await setMasterData(tx, debtor.id, before)
    return true
  },
  prose: ({ changes }) => ({ changes }),
} satisfies EntryRules<z.infer<typeof schema>>

async function standingOf(tx: Parameters<typeof masterDataOf>[0], debtorId: number): Promise<MasterData> {
  const known = (await masterDataOf(tx, [debtorId])).get(debtorId)
  if (!known) throw new RangeError(`there is no debtor ${debtorId}`)
  return known
}
