import type { WrittenAction } from '#dunning'
import type { Db } from '#platform'

/** The ways in which a step writes to a debtor. */
export const writtenChannels = ['email', 'letter', 'sms'] as const
export type WrittenChannel = (typeof writtenChannels)[number]

/** Steps of the law: they say what no SMS has the room for. */
export const legalTexts = ['consumer_notice', 'final_notice', 'collection_announced']

/**
 * How a step that writes goes out: as the rule of its debtor says, else as it says itself; undefined for one that does not write. An SMS has no
 * room for what several administrations ask for.
 */
export async function channelOf(db: Db, { debtorId, step, items }: Pick<WrittenAction, 'debtorId' | 'step' | 'items'>): Promise<WrittenChannel | undefined> {
  const own = writtenChannels.find(channel => channel === step.type)
  if (own === undefined) return undefined
  const rule = await db.debtorRule.findUnique({ where: { debtorId }, select: { channel: true } })
  const wished = writtenChannels.find(channel => channel === rule?.channel)
  const isOfSeveral = new Set(items.map(({ administration }) => administration)).size > 1
  const isTooLong = wished === 'sms' && (legalTexts.includes(step.template ?? '') || step.charges !== 'none')
  const channel = wished === undefined || isTooLong ? own : wished
  return channel === 'sms' && isOfSeveral ? 'email' : channel
}
