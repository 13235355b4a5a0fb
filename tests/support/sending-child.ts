// A Duncan process that sends mails and kills itself once each has come to the step where it is to die. The mails are those of one
// installation each: one process dies for all of them, because starting one costs seconds.
import { type Clock, systemClock } from '#platform'
import type { SendStep } from '../../src/mail/send.ts'
import { type SendingProcess, startSending } from './sending-process.ts'

/** Without a step it sends until somebody kills it. */
export type Death = { settings: SendingProcess; at?: SendStep }

// It lived an hour ago, so that those who come after it need not wait to take it for dead.
const now = () => systemClock.now().subtract({ hours: 1 })
const anHourAgo: Clock = { now, today: timeZone => now().toZonedDateTimeISO(timeZone).toPlainDate() }

/** Resolves when it has come to its step, at which it stays. */
const comesToDie = ({ settings, at }: Death): Promise<void> =>
  new Promise<void>((arrive, fail) => {
    startSending(settings, anHourAgo, async step => {
      if (step !== at) return
      arrive()
      await new Promise(() => undefined)
    }).catch(fail)
  })

if (import.meta.main) {
  const deaths = JSON.parse(process.argv[2] ?? '') as Death[]
  await Promise.all(deaths.map(comesToDie))
  process.kill(process.pid, 'SIGKILL')
}
