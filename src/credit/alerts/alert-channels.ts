import type { Db } from '#platform'

/** The channel of what credit bureaus say; rules may name others, and suppliers have one of their own. */
export const creditChannel = 'credit'

/** Whom an alert is for: a prospect is told of as debtors are, a supplier apart. */
export const alertParty = (partyType: string | undefined): 'debtor' | 'supplier' => (partyType === 'supplier' ? 'supplier' : 'debtor')

/** The channel of an alert whose rule names none. */
export const channelFor = (party: 'debtor' | 'supplier', supplierChannel: string): string => (party === 'supplier' ? supplierChannel : creditChannel)

/** Keeps which channels a kind of settings names for alerts. */
export async function keepChannels(tx: Db, kind: 'credit' | 'alerts', channels: readonly string[]): Promise<void> {
  await tx.creditChannel.deleteMany({ where: { kind } })
  await tx.creditChannel.createMany({ data: [...new Set(channels)].map(channel => ({ kind, channel })) })
}

/** Every channel that alerts may come to. */
export async function alertChannels(db: Db): Promise<string[]> {
  const rows = await db.creditChannel.findMany({ orderBy: { channel: 'asc' } })
  return [...new Set([creditChannel, ...rows.map(({ channel }) => channel)])]
}
