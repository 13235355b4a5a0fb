import { releaseCaughtUp, type SendingHold } from '#mail'
import type { DbClient, Ops, Queue } from '#platform'

type WatchDeps = { client: DbClient; queue: Pick<Queue, 'send'>; ops: Pick<Ops, 'raise' | 'resolve'> }

/** After a restore: lets mail leave again once the mailboxes have told what was sent since the backup; until then an alert says why none leaves. */
export async function watchHeldMail({ client, queue, ops }: WatchDeps): Promise<void> {
  const holds = await releaseCaughtUp({ client, queue })
  if (holds.length === 0) return ops.resolve('outbound:held')
  await ops.raise({
    key: 'outbound:held',
    problem: `Duncan was restored from a backup and does not know yet what was sent since. No mail leaves: ${holds.map(explainHold).join('; ')}.`,
    remedy: 'It ends by itself where nothing else is said. `duncan sending release <mailbox>` ends it at once, for who has looked into the Sent folder.',
  })
}

/** What a mailbox waits for and what to do about it, for a person to read. */
export const explainHold = ({ mailbox, waitsFor }: SendingHold): string => `${mailbox} ${reasons[waitsFor]}`

const reasons: Record<SendingHold['waitsFor'], string> = {
  reading: 'has not been read to its end yet (if that lasts: `duncan doctor`)',
  understanding: 'has mails that are not read yet (if that lasts: `duncan jobs dead`)',
  no_sent_folder: 'has no folder of sent mail that could tell (look at its mail yourself, then release it)',
  paused: 'is paused (switch it on, or release it)',
  released: 'is let go within a minute',
}
