import { sendingHolds } from '#mail'
import { type Clock, type DbClient, fromInstant, type Ops } from '#platform'

type WatchDeps = { client: DbClient; clock: Clock; ops: Pick<Ops, 'raise' | 'resolve'> }

/** Raises an alert while mails stand unknown, or should have left, for more than an hour; closes it when none does. */
export async function watchOutbound({ client, clock, ops }: WatchDeps): Promise<void> {
  const hourAgo = fromInstant(clock.now().subtract({ hours: 1 }))
  const unknown = await client.outboundMail.count({ where: { state: 'unknown', claimedAt: { lt: hourAgo } } })
  const isHeld = (await sendingHolds(client)).length > 0 // which an alert of its own tells (watch-held-mail.ts)
  const late = isHeld ? 0 : await client.outboundMail.count({ where: { state: 'scheduled', sendAfter: { lt: hourAgo } } })
  await tell(ops, 'outbound:unknown', unknown, {
    problem: `${unknown} mails may or may not have left more than an hour ago.`,
    remedy: 'Look for them in the Sent folder and say on their cards what became of them; none is sent again by itself.',
  })
  await tell(ops, 'outbound:late', late, {
    problem: `${late} mails should have left more than an hour ago.`,
    remedy: 'See `duncan jobs dead` and `duncan doctor`: the queue or the sending server stands still.',
  })
}

const tell = (ops: WatchDeps['ops'], key: string, count: number, alert: { problem: string; remedy: string }): Promise<void> =>
  count > 0 ? ops.raise({ key, ...alert }) : ops.resolve(key)
